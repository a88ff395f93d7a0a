"""POST /api/v1/test-call/send: what is read is found by index, however much there is."""

import re
from contextlib import closing
from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_list
from support.cid_groups import make_many_cids
from support.database import ENGINES, TestDatabase
from support.sent_calls import make_group, make_test_campaign, sent
from support.statements import Statement, rows_read, statements_sent
from support.telephony import make_server

CIDS = "vicidial_campaign_cid_areacodes"
OF_A_GROUP = 50


@pytest.fixture(autouse=True)
def much(db: TestDatabase) -> None:
    """Many campaigns, lists, groups and entries; three groups of the call have no number."""
    db.execute(
        "INSERT INTO vicidial_campaigns (campaign_id, active) SELECT seq, 'Y' FROM seq_1_to_300"
    )
    db.execute(
        "INSERT INTO vicidial_lists (list_id, active) SELECT 1000 + seq, 'Y' FROM seq_1_to_300"
    )
    db.execute(
        "INSERT INTO vicidial_cid_groups (cid_group_id, cid_group_type)"
        " SELECT CONCAT('G', seq), 'NONE' FROM seq_1_to_300"
    )
    db.execute(
        f"INSERT INTO {CIDS} (campaign_id, areacode, outbound_cid, active)"
        " SELECT CONCAT('G', seq DIV 10), 201 + seq MOD 100, 7270000000 + seq, 'Y'"
        " FROM seq_1_to_3000"
    )
    for group, kind in {"AREAS": "AREACODE", "STATES": "STATE", "ALLCIDS": "NONE"}.items():
        make_group(db, group, kind)
        make_many_cids(db, OF_A_GROUP, group)
        db.execute(f"UPDATE {CIDS} SET active = 'N' WHERE campaign_id = %s", group)
    make_many_cids(db, OF_A_GROUP, "TESTCAMP")
    for place in range(1, 4):
        make_server(db, f"10.0.0.{place}")
    make_test_campaign(
        db, cid_group_id="STATES", cid_group_id_two="ALLCIDS", use_custom_cid="AREACODE"
    )
    make_list(db, 998, cid_group_id="AREAS")


@ENGINES
async def test_all_but_the_handful_of_servers_is_found_by_index(
    telephony: Telephony, db: TestDatabase
) -> None:
    with statements_sent() as statements:
        data = await sent(telephony, phone_number="2505551234")

    reads = [one for one in statements if re.match(r"[\s(]*SELECT\b.*\bFROM\b", one.sql, re.DOTALL)]
    plans = [plan for one in reads for plan in plans_of(db, one)]
    scanned = [int(plan["rows"]) for plan in plans if plan["type"] == "ALL"]
    assert data["caller_id"].endswith("<7270000049>")
    # The server's choice: both indexes of the entries begin with their group.
    assert {plan["key"] for plan in plans} <= {
        "PRIMARY",
        "campareacode",
        "campaign_id",
        "server_id",
        None,
    }
    assert scanned in ([], [db.count("servers")])
    assert sum(rows_read(db, one, "svc-telephony") for one in reads) < 4 * OF_A_GROUP


def plans_of(db: TestDatabase, statement: Statement) -> list[dict[str, Any]]:
    """The plan of a read, without what only gathers the rows of others."""
    with closing(db.connect_as("svc-telephony")) as connection, connection.cursor() as cursor:
        cursor.execute("SET NAMES utf8mb3")  # as services speak: else indexes may not serve
        cursor.execute(f"EXPLAIN {statement.sql}", statement.params)
        names = [column[0] for column in cursor.description]
        plans = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [plan for plan in plans if not str(plan["table"]).startswith("<")]
