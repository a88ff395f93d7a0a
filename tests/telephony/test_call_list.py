"""GET /api/v1/test-call/list: which calls are listed, and how."""

from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_lead
from support.changes import admin_log
from support.database import TestDatabase
from support.queued_rows import (
    code_of,
    log_call,
    log_caller_id,
    make_order,
    make_test_call,
    make_test_lead,
)

LIST = "/api/v1/test-call/list"


async def calls(telephony: Telephony, **query: Any) -> list[dict[str, Any]]:
    """The calls of the answer, which is all that there is."""
    response = await telephony.get(LIST, params=query)
    answer = await response.json()
    assert (response.status, answer["message"]) == (200, "Test calls retrieved"), answer
    assert "Link" not in response.headers
    data: dict[str, Any] = answer["data"]
    assert list(data) == ["count", "calls"]
    assert data["count"] == len(data["calls"])
    return list(data["calls"])


async def test_calls_come_by_lead_newest_first_each_with_its_own_order(
    telephony: Telephony, db: TestDatabase
) -> None:
    for lead_id in (998, 1000, 999):
        make_test_call(db, lead_id)
    ids = dict(db.rows("SELECT callerid, man_id FROM vicidial_manager"))
    db.execute(
        "UPDATE vicidial_manager SET status = 'SENT', response = 'Y' WHERE callerid = %s",
        code_of(998),
    )

    listed = await calls(telephony)

    shown = [
        (call["lead_id"], call["caller_code"], call["status"], call["response"]) for call in listed
    ]
    assert shown == [
        (1000, "V1081530450000001000", "NEW", "N"),
        (999, "V1081530450000000999", "NEW", "N"),
        (998, "V1081530450000000998", "SENT", "Y"),
    ]
    assert [call["manager_id"] for call in listed] == [ids[call["caller_code"]] for call in listed]


async def test_without_test_calls_the_list_is_empty(telephony: Telephony, db: TestDatabase) -> None:
    make_lead(db, lead_id=999)
    log_call(db, code_of(999))

    assert await calls(telephony) == []


async def test_only_calls_with_a_campaigns_settings_to_test_leads_are_listed(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_call(db, 1)
    make_test_lead(db, 2)
    log_call(db, code_of(2), lead_id=2)  # no caller id
    make_test_lead(db, 3)
    log_call(db, code_of(3), lead_id=3)
    log_caller_id(db, code_of(3), outbound_cid_type="CAMPAIGN")
    make_test_lead(db, 4)
    log_call(db, "M4444444444444444444", lead_id=4)
    log_caller_id(db, "M4444444444444444444")
    make_test_call(db, 5)
    db.execute("UPDATE vicidial_list SET owner = 'agent1' WHERE lead_id = 5")
    make_test_call(db, 6)
    db.execute("DELETE FROM vicidial_list WHERE lead_id = 6")
    make_test_call(db, 7)
    db.execute("DELETE FROM vicidial_dial_log WHERE lead_id = 7")

    assert [call["lead_id"] for call in await calls(telephony)] == [1]


async def test_a_lead_has_one_entry_its_latest_call(telephony: Telephony, db: TestDatabase) -> None:
    make_test_call(db, 1)
    make_test_lead(db, 2)
    for code, date in (
        ("V1A", "2025-01-08 15:30:45"),
        ("V1C", "2025-01-09 15:30:45"),
        ("V1B", "2025-01-09 15:30:45"),
        ("V1D", None),
        ("M1E", "2025-01-10 15:30:45"),
        ("V1F", "2025-01-10 15:30:45"),
    ):
        log_call(db, code, lead_id=2, call_date=date)
        log_caller_id(db, code, outbound_cid_type="OTHER" if code == "V1F" else "CAMPAIGN_TEST")
    log_caller_id(db, "V1C", call_date="2025-01-09 15:30:46")

    assert [call["caller_code"] for call in await calls(telephony)] == ["V1C", code_of(1)]
    assert [call["caller_code"] for call in await calls(telephony, phone_login="a")] == ["V1A"]


@pytest.mark.parametrize(
    ("phone_login", "found"),
    [
        pytest.param("7", ["V17", "V07"], id="one digit"),
        pytest.param("07", ["V07"], id="two digits"),
        pytest.param("V07", ["V07"], id="a whole code"),
        pytest.param("cc100a", ["VCC100A"], id="in any case"),
        pytest.param("CC100", [], id="its middle"),
        pytest.param("V077", [], id="longer than a code"),
        pytest.param("", ["V17", "VCC100A", "V07"], id="empty"),
    ],
)
async def test_a_phone_login_chooses_codes_that_end_with_it(
    telephony: Telephony, db: TestDatabase, phone_login: str, found: list[str]
) -> None:
    codes = {1: "V07", 2: "VCC100A", 3: "V17"}
    for lead_id, code in codes.items():
        make_test_lead(db, lead_id)
        log_call(db, code, lead_id=lead_id)
        log_caller_id(db, code)

    listed = await calls(telephony, phone_login=phone_login)

    assert [call["caller_code"] for call in listed] == found


async def test_of_several_orders_the_newest_counts(telephony: Telephony, db: TestDatabase) -> None:
    code = make_test_call(db, 999)
    newest = make_order(db, code.lower(), status="DEAD", response="Y")
    make_order(db, code, action="Hangup", status="QUEUE")

    (call,) = await calls(telephony)

    assert (call["manager_id"], call["status"], call["response"]) == (newest, "DEAD", "Y")


@pytest.mark.parametrize("no_date", ["0000-00-00 00:00:00", "9999-12-31 23:59:59"])
async def test_what_is_gone_null_or_no_date_is_null(
    telephony: Telephony, db: TestDatabase, no_date: str
) -> None:
    nothing = dict.fromkeys(("call_date", "extension", "channel", "server_ip"))
    for lead_id, columns in ((1, nothing), (2, {"call_date": no_date})):
        make_test_lead(db, lead_id)
        log_call(db, code_of(lead_id), **{"lead_id": lead_id} | columns)
        log_caller_id(db, code_of(lead_id))

    undated, empty = await calls(telephony)

    assert empty == {
        "caller_code": code_of(1),
        "call_date": None,
        "extension": None,
        "channel": None,
        "server_ip": None,
        "status": None,
        "response": None,
        "lead_id": 1,
        "manager_id": None,
    }
    assert (undated["lead_id"], undated["call_date"]) == (2, None)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"limit": "0"}, "limit", id="limit 0"),
        pytest.param({"limit": "501"}, "limit", id="limit 501"),
        pytest.param({"limit": "x"}, "limit", id="limit x"),
        pytest.param({"limit": "1.5"}, "limit", id="limit 1.5"),
        pytest.param({"before": "0"}, "before", id="before 0"),
        pytest.param({"before": "-1"}, "before", id="before -1"),
        pytest.param({"before": "4294967297"}, "before", id="before more than any lead"),
        pytest.param({"before": "x"}, "before", id="before x"),
        pytest.param({"phone_login": "1" * 31}, "phone_login", id="phone login too long"),
        pytest.param({"phone_login": "%"}, "phone_login", id="phone login percent"),
        pytest.param({"phone_login": "cc_100"}, "phone_login", id="phone login underscore"),
        pytest.param({"phone_login": "cc\n"}, "phone_login", id="phone login line break"),
        pytest.param({"phone_login": "\U0001f600"}, "phone_login", id="phone login emoji"),
    ],
)
async def test_bad_input_names_the_field(
    telephony: Telephony, query: dict[str, str], field: str
) -> None:
    response = await telephony.get(LIST, params=query)

    answer = await response.json()
    assert (response.status, list(answer["details"])) == (400, [field])


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "1"},
        {"limit": "500"},
        {"before": "1"},
        {"before": "4294967296"},
        {"phone_login": "1" * 30},
        {"limit": "", "before": "", "phone_login": "", "user": "6666", "other": "x"},
    ],
)
async def test_limits_are_allowed_and_empty_or_unknown_parameters_count_as_absent(
    telephony: Telephony, query: dict[str, str]
) -> None:
    assert await calls(telephony, **query) == []


async def test_listing_writes_nothing_but_the_log_of_calls(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_call(db, 999)

    await calls(telephony)
    await telephony.close()

    assert admin_log(db) == []
    assert db.rows("SELECT function, result FROM vicidial_api_log") == [
        ("test_call_list", "SUCCESS")
    ]
