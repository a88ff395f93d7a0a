"""POST /api/v1/test-call/send: what is refused, before there is a lead or a call."""

from typing import Any

import pytest
from support.answers import refused
from support.apps import Telephony
from support.changes import changes
from support.database import TestDatabase
from support.sent_calls import (
    BODY,
    NO_ROWS,
    SEND,
    make_test_campaign,
    rows_of_calls,
    send,
)
from support.telephony import make_server


@pytest.fixture(autouse=True)
def campaign(db: TestDatabase) -> None:
    """A campaign, a server that qualifies, and two that do not."""
    make_server(db, server_id="server1")
    make_server(db, "10.0.0.6", active="N")
    make_server(db, "10.0.0.7", active_asterisk_server="N")
    make_test_campaign(db)


BAD_INPUT: list[Any] = [
    pytest.param("campaign_id", None, id="no campaign"),
    pytest.param("campaign_id", "", id="empty campaign"),
    pytest.param("campaign_id", "TOOLONGID", id="campaign of nine"),
    pytest.param("campaign_id", "TEST CMP", id="campaign with a space"),
    pytest.param("campaign_id", "TEST|CMP", id="campaign with a bar"),
    pytest.param("campaign_id", "TESTCAM\n", id="campaign with a line break"),
    pytest.param("campaign_id", "TESTCÄMP", id="campaign with an umlaut"),
    pytest.param("campaign_id", ["TESTCAMP"], id="array of campaigns"),
    pytest.param("campaign_id", True, id="campaign true"),
    pytest.param("phone_number", None, id="no number"),
    pytest.param("phone_number", "", id="empty number"),
    pytest.param("phone_number", "12345", id="number of five"),
    pytest.param("phone_number", "(12) 345", id="number of five after clean-up"),
    pytest.param("phone_number", "1234567890123456789", id="number of nineteen"),
    pytest.param("phone_number", "555123456x", id="number with a letter"),
    pytest.param("phone_number", "555123\n4567", id="number with a line break"),
    pytest.param("phone_number", "5551234567\r\nAction: Logoff", id="number with a header"),
    pytest.param("phone_number", "٥٥٥١٢٣٤٥٦٧", id="number in other digits"),
    pytest.param("phone_number", ["5551234567"], id="array of numbers"),
    pytest.param("phone_number", True, id="number true"),
    pytest.param("phone_code", "12345678901", id="phone code of eleven"),
    pytest.param("phone_code", "1a", id="phone code with a letter"),
    pytest.param("phone_code", "1|1", id="phone code with a bar"),
    pytest.param("phone_code", "1\n", id="phone code with a line break"),
    pytest.param("phone_code", "\N{ARABIC-INDIC DIGIT ONE}", id="phone code in other digits"),
    pytest.param("phone_code", ["1"], id="array of phone codes"),
    pytest.param("user", "a" * 21, id="user of 21"),
    pytest.param("user", "a.b", id="user with a point"),
    pytest.param("user", "a b", id="user with a space"),
    pytest.param("user", "agent1\n", id="user with a line break"),
    pytest.param("user", "agent\N{GRINNING FACE}", id="user with an emoji"),
    pytest.param("user", {"user": "a"}, id="user as an object"),
    pytest.param("vdad_exten", "8" * 21, id="extension of 21"),
    pytest.param("vdad_exten", "83a6", id="extension with a letter"),
    pytest.param("vdad_exten", "8366,1", id="extension with a comma"),
    pytest.param("vdad_exten", "8366\r\nContext: x", id="extension with a header"),
    pytest.param("vdad_exten", "8366\0", id="extension with a NUL"),
    pytest.param("vdad_exten", [8366], id="array of extensions"),
    pytest.param("server_ip", "10.0.0.9", id="unknown server"),
    pytest.param("server_ip", "10.0.0.6", id="server that is not active"),
    pytest.param("server_ip", "10.0.0.7", id="server without Asterisk"),
    pytest.param("server_ip", "server1", id="server by its id"),
    pytest.param("server_ip", "1" * 100, id="server much too long"),
    pytest.param("server_ip", "10.0.0.5\0", id="server with a NUL"),
    pytest.param("server_ip", "10.0.0.5\r\n", id="server with a line break"),
    pytest.param("server_ip", ["10.0.0.5"], id="array of servers"),
    pytest.param("stage", "MONITOR", id="unknown field"),
]


@pytest.mark.parametrize(("field", "value"), BAD_INPUT)
async def test_bad_input_is_a_400_that_names_the_field(
    telephony: Telephony, db: TestDatabase, field: str, value: Any
) -> None:
    status, envelope = await send(telephony, **{field: value})

    assert (status, list(envelope["details"])) == (400, [field])
    assert envelope["error"].startswith(f"Invalid parameters: {field}: ")
    check_nothing_was_done(db)


async def test_all_bad_fields_are_named(telephony: Telephony, db: TestDatabase) -> None:
    status, envelope = await send(telephony, {"phone_code": "x", "vdad_exten": "x", "user": "."})

    assert status == 400
    assert set(envelope["details"]) == {
        "campaign_id", "phone_number", "phone_code", "vdad_exten", "user",
    }  # fmt: skip
    check_nothing_was_done(db)


@pytest.mark.parametrize(
    ("changed", "servers", "status", "error"),
    [
        pytest.param("campaign_id = 'OTHER'", "Y", 404, "Campaign not found", id="no campaign"),
        pytest.param("active = 'N'", "Y", 409, "Campaign is not active", id="campaign not active"),
        pytest.param("active = 'N'", "N", 409, "Campaign is not active", id="nor a server"),
        pytest.param("active = 'Y'", "N", 409, "No active server", id="no server"),
    ],
)
async def test_states_that_allow_no_call(
    telephony: Telephony, db: TestDatabase, changed: str, servers: str, status: int, error: str
) -> None:
    db.execute(f"UPDATE vicidial_campaigns SET {changed}")
    db.execute("UPDATE servers SET active = %s", servers)

    assert await send(telephony) == refused(status, error)
    check_nothing_was_done(db)


async def test_a_server_given_is_wrong_also_where_none_qualifies(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE servers SET active = 'N'")

    status, envelope = await send(telephony, server_ip="10.0.0.5")

    assert (status, list(envelope["details"])) == (400, ["server_ip"])
    check_nothing_was_done(db)


async def test_a_body_that_is_no_object_is_a_400(telephony: Telephony, db: TestDatabase) -> None:
    response = await telephony.post(SEND, json=[BODY])

    assert response.status == 400
    check_nothing_was_done(db)


def check_nothing_was_done(db: TestDatabase) -> None:
    """No call, no lead, nothing logged."""
    assert rows_of_calls(db) == NO_ROWS
    assert (db.count("vicidial_list"), changes(db)) == (0, [])
