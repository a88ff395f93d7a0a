"""POST /api/v1/test-call/send: server, extension, context, prefix and timeout of the call."""

from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_list, read_row
from support.changes import changes
from support.database import TestDatabase
from support.queued_rows import header_lines
from support.sent_calls import make_test_campaign, sent
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


async def test_the_campaigns_settings_make_the_call(telephony: Telephony, db: TestDatabase) -> None:
    make_test_campaign(
        db, campaign_vdad_exten="8366", dial_prefix="88", dial_timeout=26, omit_phone_code="N"
    )
    make_list(db, 998)
    make_server(db, routing_prefix="77", ext_context="trunks", answer_transfer_agent="8365")

    data = await sent(telephony, phone_code="44")

    channel = "Local/88445551234567@trunks"
    assert (data["extension"], data["channel"]) == ("778366", channel)
    assert (data["dial_string"], data["phone_code"]) == ("88445551234567", "44")
    logged = "SELECT extension, channel, context, timeout FROM vicidial_dial_log"
    assert db.row(logged) == ("778366", channel, "trunks", 26_000)
    assert db.value("SELECT number_dialed FROM user_call_log") == "88445551234567"
    lines = header_lines(db)
    assert [lines[letter] for letter in "bcdg"] == [
        "Exten: 778366", "Context: trunks", f"Channel: {channel}", "Timeout: 26000"
    ]  # fmt: skip
    assert lines["k"].endswith("|44|5551234567|OUT|MAIN|99")


@pytest.mark.parametrize("nothing", [None, ""])
async def test_where_nothing_is_set_the_call_is_as_vicidials(
    telephony: Telephony, db: TestDatabase, nothing: str | None
) -> None:
    make_test_campaign(
        db, campaign_vdad_exten=nothing, dial_prefix=nothing, dial_timeout=None, omit_phone_code="N"
    )
    make_list(db, 998, dial_prefix=nothing)
    make_server(
        db, routing_prefix=nothing, ext_context=nothing or "", answer_transfer_agent=nothing or ""
    )

    data = await sent(telephony)

    assert (data["extension"], data["channel"]) == ("8368", "Local/915551234567@default")
    assert db.value("SELECT timeout FROM vicidial_dial_log") == 60_000


@pytest.mark.parametrize("version", [None, "11.25.3-vici"])
async def test_the_extension_is_the_one_given_else_the_campaigns_else_the_servers(
    telephony: Telephony, db: TestDatabase, version: str | None
) -> None:
    make_test_campaign(db, campaign_vdad_exten="8366")
    make_server(db, asterisk_version=version, answer_transfer_agent="8365")

    given = await sent(telephony, vdad_exten="*1#")
    of_campaign = await sent(telephony, vdad_exten="")
    db.execute("UPDATE vicidial_campaigns SET campaign_vdad_exten = ''")
    of_server = await sent(telephony)

    extensions = [data["extension"] for data in (given, of_campaign, of_server)]
    assert extensions == ["*1#", "8366", "8365"]


async def test_the_prefix_of_the_list_goes_before_the_campaigns(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_campaign(db, dial_prefix="88")
    make_list(db, 998, dial_prefix="77")
    make_list(db, 999, dial_prefix="66")
    make_server(db)

    assert (await sent(telephony))["dial_string"] == "775551234567"


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
