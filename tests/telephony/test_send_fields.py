"""POST /api/v1/test-call/send: what may be left out, limits, and who placed the call."""

import asyncio
from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Start, Telephony, clock_at
from support.builders import read_row
from support.changes import admin_log
from support.database import TestDatabase
from support.queued_rows import header_lines
from support.sent_calls import (
    BODY,
    NOW,
    SEND,
    make_test_campaign,
    rows_of_calls,
    send,
    sent,
)
from support.telephony import make_server

UNTAGGED = Caller("", "192.0.2.7", "gateway")


@pytest.fixture(autouse=True)
def campaign(db: TestDatabase) -> None:
    """A campaign and a server, as in the documented example."""
    make_server(db, server_id="server1")
    make_test_campaign(db)


async def test_the_number_alone_is_enough(telephony: Telephony, db: TestDatabase) -> None:
    data = await sent(telephony)

    assert (data["phone_code"], data["server_id"], data["extension"]) == ("1", "server1", "138368")
    assert db.value("SELECT user FROM user_call_log") == "6666"


@pytest.mark.parametrize("nothing", ["", None])
async def test_empty_counts_as_absent(
    telephony: Telephony, db: TestDatabase, nothing: str | None
) -> None:
    absent = dict.fromkeys(("phone_code", "user", "vdad_exten", "server_ip"), nothing)

    data = await sent(telephony, **absent)

    assert (data["phone_code"], data["server_ip"]) == ("1", "10.0.0.5")
    assert data["extension"] == "138368"
    assert db.value("SELECT user FROM user_call_log") == "6666"


@pytest.mark.parametrize(
    ("given", "called"),
    [
        pytest.param("(555) 123-4567", "5551234567", id="punctuation"),
        pytest.param("+555.123.4567", "5551234567", id="plus and points"),
        pytest.param("123456", "123456", id="six digits"),
        pytest.param("123456789012345678", "123456789012345678", id="eighteen digits"),
        pytest.param("1234-56789-012345678", "123456789012345678", id="eighteen after clean-up"),
    ],
)
async def test_numbers_are_cleaned(
    telephony: Telephony, db: TestDatabase, given: str, called: str
) -> None:
    data = await sent(telephony, phone_number=given)

    assert (data["phone_number"], data["dial_string"]) == (called, f"9{called}")
    for table in ("vicidial_list", "user_call_log", "vicidial_auto_calls"):
        assert db.value(f"SELECT phone_number FROM {table}") == called


async def test_the_longest_of_all_is_placed_whole(telephony: Telephony, db: TestDatabase) -> None:
    make_server(db, "100.100.100.100", server_id="a", routing_prefix="1" * 10, ext_context="c" * 20)
    make_test_campaign(
        db, "LONGCAMP", campaign_name="n" * 40, omit_phone_code="N", dial_prefix="7" * 20,
        dial_timeout=255, campaign_cid="5" * 20,
    )  # fmt: skip
    fields = {
        "campaign_id": "LONGCAMP",
        "phone_number": "3" * 18,
        "phone_code": "2" * 10,
        "user": "u" * 20,
        "vdad_exten": "8" * 20,
        "server_ip": "100.100.100.100",
    }

    data = await sent(telephony, fields)

    dialled = "7" * 20 + "2" * 10 + "3" * 18
    lead_id, code = data["lead_id"], data["caller_code"]
    assert (data["dial_string"], data["extension"]) == (dialled, "1" * 10 + "8" * 20)
    assert header_lines(db) == {
        "b": f"Exten: {data['extension']}",
        "c": f"Context: {'c' * 20}",
        "d": f"Channel: Local/{dialled}@{'c' * 20}",
        "e": "Priority: 1",
        "f": f'Callerid: "{code}" <{"5" * 20}>',
        "g": "Timeout: 255000",
        "h": "",
        "i": "",
        "j": "",
        "k": f"VDACnote: LONGCAMP|{lead_id}|{'2' * 10}|{'3' * 18}|OUT|MAIN|99",
    }
    assert read_row(db, "user_call_log", lead_id=lead_id)["number_dialed"] == dialled[:30]


@pytest.mark.parametrize(
    ("caller", "fields", "user", "tag"),
    [
        pytest.param("6666", {"user": "agent1"}, "agent1", "6666", id="of the body"),
        pytest.param("", {"user": "Agent_2-b"}, "Agent_2-b", "api", id="of the body, no tag"),
        pytest.param("6666", {}, "6666", "6666", id="the tag"),
        pytest.param("6666", {"user": ""}, "6666", "6666", id="the tag for an empty one"),
        pytest.param("my.app", {}, "my.app", "my.app", id="a tag with a point"),
        pytest.param("", {}, "API", "api", id="nobody"),
        pytest.param("", {"user": ""}, "API", "api", id="nobody, empty"),
        pytest.param("", {"user": "API"}, "API", "api", id="by name"),
    ],
)
async def test_who_placed_the_call(
    start_telephony: Start, db: TestDatabase, caller: str, fields: dict[str, str], user: str,
    tag: str,
) -> None:  # fmt: skip
    telephony = await start_telephony(caller=Caller(caller, "192.0.2.7", "gateway"))

    await sent(telephony, **fields)
    await telephony.close()

    assert db.value("SELECT user FROM vicidial_user_dial_log") == user
    assert db.value("SELECT user FROM user_call_log") == user
    assert [row[0] for row in admin_log(db)] == [user, user]
    assert db.value("SELECT user FROM vicidial_api_log") == tag


async def test_a_form_is_taken_too(telephony: Telephony, db: TestDatabase) -> None:
    response = await telephony.post(SEND, data=BODY | {"user": "agent1", "phone_code": "44"})

    assert response.status == 200
    assert db.value("SELECT user FROM user_call_log") == "agent1"
    assert db.value("SELECT phone_code FROM vicidial_auto_calls") == "44"


async def test_the_code_is_the_local_time_and_the_lead(start_telephony: Start) -> None:
    telephony = await start_telephony(clock=clock_at("2025-11-01T03:59:59"))

    data = await sent(telephony)

    # Still yesterday here.
    assert data["caller_code"] == f"V031235959{data['lead_id']:010}"


async def test_calls_of_one_second_have_codes_of_their_own(
    start_telephony: Start, db: TestDatabase
) -> None:
    telephony = await start_telephony(clock=NOW)

    answers = await asyncio.gather(*(send(telephony) for _ in range(5)))

    assert {status for status, _ in answers} == {200}
    calls: list[Any] = [envelope["data"] for _, envelope in answers]
    assert len({call["caller_code"] for call in calls}) == 5
    assert len({call["lead_id"] for call in calls}) == 5
    assert set(rows_of_calls(db).values()) == {5}
    for call in calls:
        row = read_row(db, "vicidial_manager", callerid=call["caller_code"])
        assert (row["man_id"], row["cmd_line_k"].split("|")[1]) == (
            call["manager_id"], str(call["lead_id"]),
        )  # fmt: skip


async def test_a_repeat_is_a_second_call_with_a_second_lead(
    telephony: Telephony, db: TestDatabase
) -> None:
    first, second = await sent(telephony), await sent(telephony)

    assert first["lead_id"] != second["lead_id"]
    assert set(rows_of_calls(db).values()) == {2}
    assert db.count("vicidial_list") == 2


async def test_switches_of_the_admin_page_and_the_dnc_list_are_not_asked(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute(
        "UPDATE system_settings SET test_campaign_calls = '0', outbound_autodial_active = '0'"
    )
    db.insert("vicidial_dnc", phone_number="5551234567")
    db.execute("UPDATE vicidial_campaigns SET use_internal_dnc = 'Y', dial_method = 'MANUAL'")

    assert (await send(telephony))[0] == 200
