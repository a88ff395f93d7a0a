"""POST /api/v1/test-call/send: server, extension, context, prefix and timeout of the call."""

from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_list, read_row
from support.changes import changes
from support.database import TestDatabase
from support.sent_calls import header_lines, make_test_campaign, sent
from support.telephony import make_server

Columns = dict[str, Any]


async def test_the_first_server_by_its_id_that_qualifies_places_the_call(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_campaign(db)
    make_server(db, "10.0.0.1", server_id="srv5")
    make_server(db, "10.0.0.2", server_id="srv4")
    make_server(db, "10.0.0.3", server_id="srv3", active="N")
    make_server(db, "10.0.0.4", server_id="srv2", active_asterisk_server="N")
    make_server(db, "10.0.0.6", server_id="srv1", active=None)
    make_server(db, "10.0.0.7", server_id="srv0", active_asterisk_server=None)

    data = await sent(telephony)

    assert (data["server_id"], data["server_ip"]) == ("srv4", "10.0.0.2")
    for table in ("vicidial_dial_log", "user_call_log", "vicidial_auto_calls", "vicidial_manager"):
        assert db.value(f"SELECT server_ip FROM {table}") == "10.0.0.2"
    assert changes(db)[1][4] == "Placed call to 1 5551234567 from 10.0.0.2 - srv4"


async def test_the_server_given_places_the_call_with_its_own_settings(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_campaign(db)
    make_server(db, "10.0.0.1", server_id="srv1")
    make_server(
        db, "10.0.0.2", server_id="srv2", asterisk_version="11.25.3", ext_context="trunks"
    )  # fmt: skip

    data = await sent(telephony, server_ip="10.0.0.2", vdad_exten="8366")

    assert (data["server_id"], data["server_ip"]) == ("srv2", "10.0.0.2")
    assert (data["extension"], data["channel"]) == ("8366", "Local/95551234567@trunks")
    assert read_row(db, "vicidial_dial_log", lead_id=data["lead_id"])["context"] == "trunks"
    assert header_lines(db)["c"] == "Context: trunks"


@pytest.mark.parametrize(
    ("fields", "of_campaign", "of_server", "extension"),
    [
        pytest.param({"vdad_exten": "*1#"}, "8366", "8365", "*1#", id="the one given"),
        pytest.param({"vdad_exten": ""}, "8366", "8365", "8366", id="the campaign's"),
        pytest.param({}, "", "8365", "8365", id="the server's"),
        pytest.param({}, None, "8365", "8365", id="the server's, for NULL"),
        pytest.param({}, "", "", "8368", id="VICIdial's"),
    ],
)
@pytest.mark.parametrize(("version", "prefix"), [("13.29.2-vici", "13"), ("11.25.3", "")])
async def test_the_extension_is_the_first_that_is_not_blank(
    telephony: Telephony, db: TestDatabase, fields: dict[str, str], of_campaign: str | None,
    of_server: str, extension: str, version: str, prefix: str,
) -> None:  # fmt: skip
    make_test_campaign(db, campaign_vdad_exten=of_campaign)
    make_server(db, answer_transfer_agent=of_server, asterisk_version=version)

    data = await sent(telephony, **fields)

    assert data["extension"] == prefix + extension
    assert header_lines(db)["b"] == f"Exten: {prefix}{extension}"
    assert db.value("SELECT extension FROM vicidial_dial_log") == prefix + extension


@pytest.mark.parametrize(
    ("version", "prefix", "extension"),
    [
        pytest.param("12.0.0", "13", "138368", id="twelve"),
        pytest.param("18.20.1-vici", "77", "778368", id="eighteen"),
        pytest.param("100.1", "13", "138368", id="a hundred"),
        pytest.param("11.9", "13", "8368", id="eleven"),
        pytest.param("1.8.23.0-vici", "13", "8368", id="one and eight"),
        pytest.param("certified/13.8", "13", "8368", id="no number"),
        pytest.param("", "13", "8368", id="empty"),
        pytest.param(None, "13", "8368", id="NULL"),
        pytest.param("16.30.0", "", "8368", id="empty prefix"),
        pytest.param("16.30.0", None, "8368", id="prefix NULL"),
    ],
)
async def test_asterisk_from_twelve_on_has_a_routing_prefix(
    telephony: Telephony, db: TestDatabase, version: str | None, prefix: str | None, extension: str
) -> None:
    make_test_campaign(db)
    make_server(db, asterisk_version=version, routing_prefix=prefix)

    assert (await sent(telephony))["extension"] == extension


async def test_a_server_without_context_has_the_default_one(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_campaign(db)
    make_server(db, ext_context="")

    assert (await sent(telephony))["channel"] == "Local/95551234567@default"
    assert header_lines(db)["c"] == "Context: default"


@pytest.mark.parametrize(
    ("of_list", "of_campaign", "prefix"),
    [
        pytest.param("77", "88", "77", id="the list's"),
        pytest.param("", "88", "88", id="the campaign's"),
        pytest.param(None, "88", "88", id="the campaign's, for NULL"),
        pytest.param("", "", "9", id="nine"),
        pytest.param(None, None, "9", id="nine, for NULL"),
        pytest.param("x", "88", "", id="x in the list"),
        pytest.param("7X7", "88", "", id="x within the list's"),
        pytest.param("", "9x", "", id="x in the campaign"),
        pytest.param("77", "X", "77", id="x where it does not matter"),
    ],
)
@pytest.mark.parametrize(("omitted", "code"), [("Y", ""), ("N", "44")])
async def test_the_dial_string_is_prefix_and_code_and_number(
    telephony: Telephony, db: TestDatabase, of_list: str | None, of_campaign: str | None,
    prefix: str, omitted: str, code: str,
) -> None:  # fmt: skip
    make_test_campaign(db, dial_prefix=of_campaign, omit_phone_code=omitted)
    make_list(db, 998, dial_prefix=of_list)
    make_list(db, 999, dial_prefix="66")
    make_server(db)

    data = await sent(telephony, phone_code="44")

    dialled = f"{prefix}{code}5551234567"
    assert (data["dial_string"], data["phone_code"]) == (dialled, "44")
    assert data["channel"] == f"Local/{dialled}@default"
    assert header_lines(db)["d"] == f"Channel: Local/{dialled}@default"
    assert header_lines(db)["k"].endswith("|44|5551234567|OUT|MAIN|99")
    assert db.value("SELECT channel FROM vicidial_dial_log") == data["channel"]
    assert db.value("SELECT number_dialed FROM user_call_log") == dialled


@pytest.mark.parametrize(
    ("manual_dial_list_id", "list_id", "prefix"),
    [
        pytest.param(102, 102, "2", id="the campaign's"),
        pytest.param(None, 998, "8", id="998 for NULL"),
        pytest.param(103, 103, "9", id="one that is not there"),
    ],
)
async def test_the_list_is_the_campaigns_list_of_manual_calls(
    telephony: Telephony, db: TestDatabase, manual_dial_list_id: int | None, list_id: int,
    prefix: str,
) -> None:  # fmt: skip
    make_test_campaign(db, manual_dial_list_id=manual_dial_list_id)
    make_list(db, 102, "OTHER", dial_prefix="2")
    make_list(db, 998, dial_prefix="8", active="N")
    make_server(db)

    data = await sent(telephony)

    assert data["dial_string"] == f"{prefix}5551234567"
    assert db.value("SELECT list_id FROM vicidial_list") == list_id


@pytest.mark.parametrize(
    ("seconds", "milliseconds"),
    [(None, 60_000), (0, 60_000), (4, 60_000), (5, 5_000), (26, 26_000), (255, 255_000)],
)
async def test_the_timeout_is_the_campaigns_from_five_seconds_on(
    telephony: Telephony, db: TestDatabase, seconds: int | None, milliseconds: int
) -> None:
    make_test_campaign(db, dial_timeout=seconds)
    make_server(db)

    await sent(telephony)

    assert db.value("SELECT timeout FROM vicidial_dial_log") == milliseconds
    assert header_lines(db)["g"] == f"Timeout: {milliseconds}"
