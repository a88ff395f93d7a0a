"""GET /api/v1/calls/{call_id}/info: which statements it takes, and how the server reads them."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from support.answers import refused
from support.apps import Reports, Start
from support.archives import without
from support.call_info import INBOUND, OUTBOUND, asked, told
from support.call_logs import (
    CLOSECALLID,
    INBOUND_CODE,
    LEAD_ID,
    MANUAL_CODE,
    UNIQUEID,
    make_dialled,
    make_extended,
    make_inbound_call,
    make_inbound_code,
    make_note,
    make_outbound_call,
    make_talk,
)
from support.database import ENGINES, TestDatabase
from support.replica import Replica
from support.statements import Statement, explained, statements_sent

# A table and the indexes that serve its look-ups; `vddla` is one of the archive only. The ten
# minutes around a call may be fewer rows than its lead's (`call_date`).
INDEXES = {
    "vicidial_log_extended": {"vlecc", "PRIMARY"},
    "vicidial_inbound_caller_codes": {"cicc_cd"},
    "vicidial_dial_log": {"caller_code", "vddla"},
    "vicidial_log": {"PRIMARY", "lead_id", "call_date"},
    "vicidial_closer_log": {"PRIMARY", "uniqueid"},
    "vicidial_agent_log": {"lead_id"},
    "vicidial_call_notes": {"lead_id"},
}
MADE: Sequence[Callable[..., Any]] = (
    make_extended,
    make_dialled,
    make_outbound_call,
    make_talk,
    make_note,
    make_inbound_code,
    make_inbound_call,
)
# What other calls there are: 3000 of as many leads, one a minute, 40 of them of the lead itself.
OTHERS = """
    INSERT INTO {table} ({columns})
    SELECT {values}
    FROM (
        SELECT seq, IF(seq % 75 = 0, 12345, 900000 + seq) AS lead_id,
            '2025-01-07 00:00:00' + INTERVAL seq MINUTE AS call_date,
            CONCAT(1736226000 + seq * 60, '.', seq) AS uniqueid,
            CONCAT('V', LPAD(seq, 19, '0')) AS caller_code
        FROM seq_1_to_3000
    ) AS calls
"""
FILLED = {
    "vicidial_log_extended": ("uniqueid, call_date, lead_id, caller_code",) * 2,
    "vicidial_inbound_caller_codes": (
        "uniqueid, call_date, lead_id, caller_code, group_id, prev_caller_code",
        "uniqueid, call_date, lead_id, caller_code, 'SALES', ''",
    ),
    "vicidial_dial_log": ("uniqueid, call_date, lead_id, caller_code",) * 2,
    "vicidial_log": (
        "uniqueid, call_date, lead_id, campaign_id, user",
        "uniqueid, call_date, lead_id, 'TESTCAMP', '6666'",
    ),
    "vicidial_closer_log": (
        "closecallid, uniqueid, call_date, lead_id, campaign_id, user",
        "seq + 1000, uniqueid, call_date, lead_id, 'SALES', '7777'",
    ),
    "vicidial_agent_log": (
        "agent_log_id, uniqueid, event_time, lead_id, user, server_ip, talk_sec",
        "seq + 1000, uniqueid, call_date, lead_id, IF(seq % 2, '6666', '7777'), '192.0.2.10', 30",
    ),
    "vicidial_call_notes": (
        "notesid, vicidial_id, call_date, lead_id, call_notes",
        "seq + 1000, uniqueid, call_date, lead_id, 'of another call'",
    ),
}


def fill(db: TestDatabase) -> None:
    """Other calls, in the live tables and in the archives."""
    for table, (columns, values) in FILLED.items():
        for name in (table, f"{table}_archive"):
            db.execute(OTHERS.format(table=name, columns=columns, values=values))
            db.execute(f"ANALYZE TABLE {name}")  # else InnoDB's statistics come some time later


def tables_read(statements: Sequence[Statement]) -> list[str]:
    """The table of each statement."""
    return [statement.sql.split("FROM ")[1].split()[0] for statement in statements]


def check_indexes(db: TestDatabase, statements: Sequence[Statement]) -> None:
    """Each table is read by an index of the contract, or not at all, and little of it."""
    for table, statement in zip(tables_read(statements), statements, strict=True):
        (plan,) = explained(db, statement, "svc-reports")
        if plan["table"] is None:  # the key is in no row
            continue
        # Where a second index filters, it comes as `lead_id|PRIMARY`, and the number as `1 (0%)`.
        key = plan["key"].split("|")[0]
        assert key in INDEXES[table.removesuffix("_archive")], (table, plan)
        assert int(str(plan["rows"]).split()[0]) < 100, (table, plan)


@ENGINES
@pytest.mark.parametrize(
    ("call_id", "archived", "tables"),
    [
        pytest.param(
            MANUAL_CODE,
            False,
            ["vicidial_log_extended", "vicidial_log", "vicidial_agent_log", "vicidial_call_notes"],
            id="outbound code",
        ),
        pytest.param(
            INBOUND_CODE,
            False,
            [
                "vicidial_log_extended",
                "vicidial_inbound_caller_codes",
                "vicidial_closer_log",
                "vicidial_agent_log",
                "vicidial_agent_log_archive",
                "vicidial_call_notes",
                "vicidial_call_notes_archive",
            ],
            id="inbound code",
        ),
        pytest.param(
            UNIQUEID,
            False,
            ["vicidial_log", "vicidial_log_extended", "vicidial_agent_log", "vicidial_call_notes"],
            id="uniqueid",
        ),
        pytest.param(
            UNIQUEID,
            True,
            [
                "vicidial_log",
                "vicidial_closer_log",
                "vicidial_log_archive",
                "vicidial_log_extended",
                "vicidial_log_extended_archive",
                "vicidial_agent_log",
                "vicidial_agent_log_archive",
                "vicidial_call_notes",
                "vicidial_call_notes_archive",
            ],
            id="archived uniqueid",
        ),
        pytest.param(
            MANUAL_CODE,
            True,
            [
                "vicidial_log_extended",
                "vicidial_dial_log",
                "vicidial_log_extended_archive",
                "vicidial_log",
                "vicidial_closer_log",
                "vicidial_log_archive",
                "vicidial_agent_log",
                "vicidial_agent_log_archive",
                "vicidial_call_notes",
                "vicidial_call_notes_archive",
            ],
            id="archived code",
        ),
    ],
)
async def test_each_look_up_is_one_statement_by_an_index(
    reports: Reports,
    db: TestDatabase,
    engine: str,
    call_id: str,
    archived: bool,
    tables: list[str],
) -> None:
    fill(db)
    for make in MADE:
        make(db, archived=archived)

    with statements_sent() as statements:
        await told(reports, call_id)

    assert tables_read(statements) == tables
    check_indexes(db, statements)


@ENGINES
@pytest.mark.parametrize("call_id", [MANUAL_CODE, INBOUND_CODE, UNIQUEID, str(CLOSECALLID)])
async def test_what_is_nowhere_is_looked_up_by_indexes(
    reports: Reports, db: TestDatabase, engine: str, call_id: str
) -> None:
    fill(db)

    with statements_sent() as statements:
        assert await asked(reports, call_id) == refused(404, "Call ID not found")

    assert len(statements) <= 4
    check_indexes(db, statements)


@ENGINES
@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(lambda db: make_dialled(db, uniqueid=""), MANUAL_CODE, id="by time"),
        pytest.param(make_extended, MANUAL_CODE, id="outbound"),
        pytest.param(make_inbound_code, INBOUND_CODE, id="inbound"),
    ],
)
async def test_a_call_that_is_in_no_log_is_looked_up_by_indexes(
    reports: Reports, db: TestDatabase, engine: str, make: Callable[..., Any], code: str
) -> None:
    fill(db)
    make(db)

    with statements_sent() as statements:
        assert await asked(reports, code) == refused(404, "Call log not found")

    assert len(statements) <= 8
    check_indexes(db, statements)


async def test_an_id_of_no_form_is_not_looked_up(reports: Reports) -> None:
    with statements_sent() as statements:
        await asked(reports, "4294967296")

    assert not statements


async def test_calls_are_asked_for_on_the_dialers_database(
    start_reports: Start, db: TestDatabase, replica: Replica
) -> None:
    reports = await start_reports(replica=replica)
    make_outbound_call(db)
    make_outbound_call(replica, status="LAGS")

    assert await told(reports, UNIQUEID) == OUTBOUND | {"call_id": UNIQUEID, "caller_code": None}


@pytest.mark.parametrize("limit", ["report_s", "statement_s"])
async def test_what_takes_too_long_is_a_504(
    start_reports: Start, db: TestDatabase, limit: str
) -> None:
    reports = await start_reports(**{limit: 1})
    make_inbound_call(db)
    found = await told(reports, CLOSECALLID)  # the connection stands

    with db.hold("vicidial_closer_log"):
        answer = await asked(reports, CLOSECALLID)

    assert found == INBOUND | {"call_id": "777", "caller_code": None}
    assert answer == refused(504, "Report took too long")


async def test_a_live_table_that_is_missing_is_no_404(reports: Reports, db: TestDatabase) -> None:
    with without(db, "vicidial_closer_log"):
        status, _ = await asked(reports, LEAD_ID)

    assert status == 500
