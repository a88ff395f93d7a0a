"""GET /api/v1/test-call/status: how far one call has come."""

from typing import Any

from support.apps import Telephony
from support.changes import admin_log
from support.database import TestDatabase
from support.queued_rows import (
    CHANNEL,
    caller_id_of,
    code_of,
    log_call,
    make_live_call,
    make_monitor_order,
    make_order,
    make_test_call,
)

STATUS = "/api/v1/test-call/status"
CODE = "V1081530450000000999"
ZERO = "0000-00-00 00:00:00"
# Of which UTC has no date.
END_OF_TIME = "9999-12-31 23:59:59"
KEYS = [
    "caller_code", "manager_id", "entry_date", "status", "response", "action", "channel",
    "context", "extension", "call_date", "lead_id", "server_ip", "call_status", "live_channel",
    "uniqueid", "outbound_cid", "timeout", "sip_hangup_cause", "sip_hangup_reason",
]  # fmt: skip


async def state(telephony: Telephony, code: str = CODE) -> dict[str, Any]:
    """The data of the answer to that code."""
    response = await telephony.get(STATUS, params={"caller_code": code})
    answer: dict[str, Any] = await response.json()
    assert (response.status, answer["message"]) == (200, "Test call status retrieved"), answer
    data: dict[str, Any] = answer["data"]
    assert list(data) == KEYS
    return data


async def test_a_call_that_asterisk_has_taken_shows_its_channel_and_what_it_does(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_order(db, CODE, status="UPDATED", response="Y", channel="SIP/carrier-00000068")
    log_call(db, CODE, uniqueid="1736368245.105")
    make_live_call(db, CODE, status="RINGING", channel="Local/other", uniqueid="1736368245.106")

    data = await state(telephony)

    assert (data["status"], data["response"], data["call_status"]) == ("UPDATED", "Y", "RINGING")
    assert (data["live_channel"], data["uniqueid"]) == ("SIP/carrier-00000068", "1736368245.105")
    assert data["channel"] == CHANNEL


async def test_a_call_that_failed_says_why(telephony: Telephony, db: TestDatabase) -> None:
    make_order(db, CODE, status="DEAD")
    log_call(db, CODE, sip_hangup_cause=486, sip_hangup_reason="Busy Here")

    data = await state(telephony)

    assert (data["status"], data["call_status"]) == ("DEAD", None)
    assert (data["sip_hangup_cause"], data["sip_hangup_reason"]) == (486, "Busy Here")


async def test_without_its_row_of_the_queue_a_call_is_what_the_log_says(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_order(db, code_of(998))
    log_call(db, CODE, uniqueid="1736368245.105")

    assert await state(telephony) == dict.fromkeys(KEYS) | {
        "caller_code": CODE,
        "channel": CHANNEL,
        "context": "default",
        "extension": "138366",
        "call_date": "2025-01-08 15:30:45",
        "lead_id": 999,
        "server_ip": "10.0.0.5",
        "uniqueid": "1736368245.105",
        "outbound_cid": caller_id_of(CODE),
        "timeout": 60000,
        "sip_hangup_cause": 0,
        "sip_hangup_reason": "",
    }


async def test_without_its_row_of_the_log_a_call_is_what_the_queue_says(
    telephony: Telephony, db: TestDatabase
) -> None:
    log_call(db, code_of(998))
    manager_id = make_order(
        db, CODE, server_ip="10.0.0.6", channel="SIP/carrier-00000068", uniqueid="1736368245.106"
    )
    make_live_call(db, CODE, status="LIVE")

    assert await state(telephony) == dict.fromkeys(KEYS) | {
        "caller_code": CODE,
        "manager_id": manager_id,
        "entry_date": "2025-01-08T20:30:45Z",
        "status": "NEW",
        "response": "N",
        "action": "Originate",
        "channel": CHANNEL,
        "context": "default",
        "extension": "138366",
        "server_ip": "10.0.0.6",
        "call_status": "LIVE",
        "live_channel": "SIP/carrier-00000068",
        "uniqueid": "1736368245.106",
    }


async def test_any_call_is_answered_whichever_columns_its_headers_stand_in(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_monitor_order(db, "BM173636824500006666")

    data = await state(telephony, "BM173636824500006666")

    assert (data["channel"], data["context"], data["extension"]) == (
        "Local/010*010*010*016*08600051@default", "default", "8002"
    )  # fmt: skip


async def test_what_the_log_has_goes_before_what_the_queue_has(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_order(db, CODE, uniqueid="1736368245.106")
    log_call(db, CODE, channel="SIP/other", context=None, extension="", server_ip=None, uniqueid="")

    data = await state(telephony)

    assert [data[key] for key in ("channel", "context", "extension", "server_ip", "uniqueid")] == [
        "SIP/other", None, "", None, "1736368245.106"
    ]  # fmt: skip


async def test_of_several_rows_the_newest_count(telephony: Telephony, db: TestDatabase) -> None:
    make_order(db, CODE, status="DEAD")
    newest = make_order(db, CODE, status="SENT", entry_date="2025-01-08 15:00:00")
    make_order(db, CODE, action="Hangup", status="QUEUE")
    make_order(db, CODE, action=None, status="QUEUE")
    log_call(db, CODE, call_date="2025-01-08 15:30:44", extension="1")
    log_call(db, CODE, call_date="2025-01-08 15:30:46", extension="3", uniqueid="1736368246.1")
    log_call(db, CODE, call_date="2025-01-08 15:30:46", extension="2")
    log_call(db, CODE, call_date=None, extension="4")
    make_live_call(db, CODE, status="LIVE")
    make_live_call(db, CODE, status="XFER", call_time="2025-01-08 15:00:00")

    data = await state(telephony)

    assert (data["manager_id"], data["status"], data["entry_date"], data["action"]) == (
        newest, "SENT", "2025-01-08T20:00:00Z", "Originate"
    )  # fmt: skip
    assert (data["extension"], data["call_date"]) == ("3", "2025-01-08 15:30:46")
    assert data["call_status"] == "XFER"


async def test_what_the_queue_has_as_null_or_zero_date_is_null(
    telephony: Telephony, db: TestDatabase
) -> None:
    nothing: dict[str, Any] = dict.fromkeys(
        ("uniqueid", "entry_date", "status", "response", "channel", "cmd_line_b", "cmd_line_c",
         "cmd_line_d")
    )  # fmt: skip
    manager_id = make_order(db, "M1", **nothing)
    make_order(db, "M2", entry_date=ZERO, cmd_line_b="", cmd_line_d="Channel: ")
    make_live_call(db, "M1", status=None)

    assert await state(telephony, "M1") == dict.fromkeys(KEYS) | {
        "caller_code": "M1",
        "manager_id": manager_id,
        "action": "Originate",
        "server_ip": "10.0.0.5",
    }
    zero = await state(telephony, "M2")
    assert [zero[key] for key in ("entry_date", "extension", "channel", "context")] == [
        None, None, "", "default"
    ]  # fmt: skip


async def test_what_the_log_has_as_null_or_zero_date_is_null(
    telephony: Telephony, db: TestDatabase
) -> None:
    nothing: dict[str, Any] = dict.fromkeys(
        ("lead_id", "server_ip", "call_date", "extension", "channel", "context", "timeout",
         "outbound_cid", "sip_hangup_cause", "sip_hangup_reason", "uniqueid")
    )  # fmt: skip
    log_call(db, "D1", **nothing)
    log_call(db, "D2", call_date=ZERO)

    assert await state(telephony, "D1") == dict.fromkeys(KEYS) | {"caller_code": "D1"}
    zero = await state(telephony, "D2")
    assert (zero["call_date"], zero["lead_id"]) == (None, 999)


async def test_a_date_at_the_end_of_time_is_null(telephony: Telephony, db: TestDatabase) -> None:
    make_order(db, CODE, entry_date=END_OF_TIME)
    log_call(db, CODE, call_date=END_OF_TIME)

    data = await state(telephony)

    assert (data["entry_date"], data["call_date"]) == (None, None)


async def test_asking_writes_nothing_but_the_log_of_calls(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_call(db, 999)

    await state(telephony)
    await telephony.close()

    assert admin_log(db) == []
    assert db.rows("SELECT function, result FROM vicidial_api_log") == [
        ("test_call_status", "SUCCESS")
    ]
