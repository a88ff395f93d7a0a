"""POST /api/v1/test-call/send: nothing of the database breaks out of an AMI header line."""

from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_list
from support.database import TestDatabase
from support.queued_rows import header_lines
from support.sent_calls import make_test_campaign, sent
from support.telephony import make_server

# Table, column, what it holds, and the header line that it goes into.
HOSTILE: list[Any] = [
    pytest.param("servers", "ext_context", "de\r\nfa\0ult", "c", "Context: default",
                 id="context"),
    pytest.param("servers", "ext_context", "tru\nnks", "d", "Channel: Local/95551234567@trunks",
                 id="context in the channel"),
    pytest.param("servers", "ext_context", "\r\n\0", "c", "Context: default",
                 id="context of nothing else"),
    pytest.param("servers", "routing_prefix", "1\r\n3\0", "b", "Exten: 138368",
                 id="routing prefix"),
    pytest.param("servers", "answer_transfer_agent", "83\r\n6\x005", "b", "Exten: 138365",
                 id="extension of the server"),
    pytest.param("vicidial_campaigns", "campaign_vdad_exten", "\r83\n66\0", "b", "Exten: 138366",
                 id="extension of the campaign"),
    pytest.param("vicidial_campaigns", "campaign_vdad_exten", "\r\n", "b", "Exten: 138365",
                 id="extension of nothing else"),
    pytest.param("vicidial_campaigns", "dial_prefix", "7\r\n8\0", "d",
                 "Channel: Local/785551234567@default", id="prefix of the campaign"),
    pytest.param("vicidial_campaigns", "dial_prefix", "\n", "d",
                 "Channel: Local/95551234567@default", id="prefix of nothing else"),
    pytest.param("vicidial_lists", "dial_prefix", "7\r\n7\0", "d",
                 "Channel: Local/775551234567@default", id="prefix of the list"),
    pytest.param("vicidial_campaigns", "campaign_cid", "1555\r\n987\x006543", "f",
                 "<15559876543>", id="number of the campaign"),
    pytest.param("vicidial_lists", "campaign_cid_override", "\r\n1555\x009876543\n", "f",
                 "<15559876543>", id="number of the list"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "value", "letter", "end"), HOSTILE)
async def test_line_breaks_and_nuls_of_the_database_are_dropped(
    telephony: Telephony, db: TestDatabase, table: str, column: str, value: str, letter: str,
    end: str,
) -> None:  # fmt: skip
    of_server = column == "answer_transfer_agent" or value == "\r\n"
    make_server(db)
    make_test_campaign(db, campaign_vdad_exten="" if of_server else "8368")
    make_list(db, 998)
    db.execute(f"UPDATE {table} SET {column} = %s", value)

    data = await sent(telephony)

    lines = header_lines(db)
    assert lines[letter].endswith(end)
    assert [line for line in lines.values() if set(line) & set("\r\n\0")] == []
    assert lines["b"] == f"Exten: {data['extension']}"
    assert lines["d"] == f"Channel: {data['channel']}"
    assert lines["f"] == f"Callerid: {data['caller_id']}"
    assert data["channel"] == f"Local/{data['dial_string']}@{lines['c'][len('Context: ') :]}"
    assert db.row("SELECT extension, channel, outbound_cid FROM vicidial_dial_log") == (
        data["extension"], data["channel"], data["caller_id"],
    )  # fmt: skip
