"""The demo logs: rows that belong together, at whatever moment they are made."""

from contextlib import closing
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dialkit.settings import DEFAULT_TIMEZONE
from support.changes import rows_of
from support.database import TestDatabase

from deploy.db.demo import fill_demo_rows
from deploy.db.demo_logs import ARCHIVED

ZONE = ZoneInfo(DEFAULT_TIMEZONE)
MOMENTS = [
    pytest.param(datetime(2026, 2, 11, 14, 30, tzinfo=ZONE), id="afternoon"),
    pytest.param(datetime(2026, 3, 1, 0, 0, 40, tzinfo=ZONE), id="midnight"),
    pytest.param(datetime(2026, 3, 8, 3, 30, tzinfo=ZONE), id="clocks have gone forward"),
    pytest.param(datetime(2026, 11, 1, 1, 30, tzinfo=ZONE, fold=1), id="clocks have gone back"),
]
# The contract's examples are older.
RECENT = "call_date > %s - INTERVAL 4 DAY"


@pytest.fixture
def now(db: TestDatabase, moment: datetime) -> datetime:
    """When the rows were made."""
    fill(db, moment)
    return moment


def fill(db: TestDatabase, moment: datetime) -> None:
    with closing(db.server.connect(database=db.name)) as connection:
        fill_demo_rows(connection, moment)


EACH_MOMENT = pytest.mark.parametrize("moment", MOMENTS)


@EACH_MOMENT
@pytest.mark.parametrize("log", ["vicidial_log", "vicidial_closer_log"])
def test_calls_are_of_leads_and_over_or_at_present(
    db: TestDatabase, now: datetime, log: str
) -> None:
    others = f"SELECT COUNT(*) FROM {log} AS call_log WHERE {RECENT} AND "
    lead = "(SELECT 1 FROM vicidial_list AS l WHERE l.lead_id = call_log.lead_id)"
    begins = "FLOOR(uniqueid) BETWEEN start_epoch - 2 AND start_epoch"
    # In the hour that the clocks skip there is no other second for a time.
    skipped = "call_date BETWEEN '2026-03-08 02:00:00' AND '2026-03-08 03:00:00'"

    assert db.value(f"SELECT COUNT(*) FROM {log} WHERE {RECENT}", now) > 20
    assert db.value(f"{others} (call_date > %s OR NOT EXISTS {lead})", now, now) == 0
    assert db.value(f"{others} end_epoch <> start_epoch + length_in_sec", now) == 0
    assert db.value(f"{others} NOT {begins}", now) == 0
    assert (
        db.value(f"{others} call_date <> FROM_UNIXTIME(start_epoch) AND NOT ({skipped})", now) == 0
    )
    at_present = "status IN ('INCALL', 'QUEUE')"
    assert db.value(f"{others} {at_present} <> (end_epoch IS NULL)", now) == 0


@EACH_MOMENT
def test_agents_have_logged_as_many_calls_as_they_are_said_to_have_had(
    db: TestDatabase, now: datetime
) -> None:
    logged = db.rows(
        """
        SELECT agent.user, COUNT(log.agent_log_id)
        FROM vicidial_live_agents AS agent
        JOIN vicidial_user_log AS login USING (user)
        JOIN vicidial_agent_log AS log ON log.user = agent.user AND log.lead_id > 0
            AND log.event_time BETWEEN login.event_date AND %s
        GROUP BY 1 ORDER BY 1
        """,
        now,
    )

    assert logged == db.rows("SELECT user, calls_today FROM vicidial_campaign_agents ORDER BY 1")


@EACH_MOMENT
@pytest.mark.usefixtures("now")
def test_what_agents_did_with_a_call_has_its_log_rows(db: TestDatabase) -> None:
    alone = db.value(
        """
        SELECT COUNT(*)
        FROM vicidial_agent_log AS log
        LEFT JOIN vicidial_log AS o USING (uniqueid, lead_id, user, status)
        LEFT JOIN vicidial_closer_log AS i USING (uniqueid, lead_id, user, status)
        LEFT JOIN vicidial_log_extended AS code USING (uniqueid, lead_id)
        LEFT JOIN vicidial_carrier_log AS carrier USING (uniqueid, lead_id, caller_code)
        LEFT JOIN vicidial_did_log AS did ON did.uniqueid = log.uniqueid
        WHERE log.uniqueid <> '' AND log.agent_log_id > 40000 AND (
            code.uniqueid IS NULL OR o.uniqueid IS NULL AND i.uniqueid IS NULL
            OR o.uniqueid IS NOT NULL AND carrier.uniqueid IS NULL
            OR i.uniqueid IS NOT NULL AND did.uniqueid IS NULL
        )
        """
    )
    recorded = "SELECT COUNT(*) FROM recording_log AS r WHERE r.recording_id > 534820"
    calls = (
        "SELECT uniqueid AS id, lead_id, user FROM vicidial_log"
        " UNION SELECT closecallid, lead_id, user FROM vicidial_closer_log"
    )

    assert alone == 0
    assert db.value(recorded) > 100
    assert db.value(f"{recorded} AND (r.vicidial_id, r.lead_id, r.user) NOT IN ({calls})") == 0


@EACH_MOMENT
def test_leads_are_as_their_last_calls_have_left_them(db: TestDatabase, now: datetime) -> None:
    left = db.rows(
        f"""
        SELECT lead_id, status, user, called_count, last_local_call_time
        FROM vicidial_list
        WHERE last_local_call_time > %s - INTERVAL 4 DAY AND status <> 'INCALL' AND lead_id IN (
            SELECT lead_id FROM vicidial_log WHERE {RECENT}
            UNION SELECT lead_id FROM vicidial_closer_log WHERE {RECENT}
        )
        """,
        now,
        now,
        now,
    )
    calls = [
        row
        for log, begun in (("vicidial_log", ""), ("vicidial_closer_log", "- INTERVAL 2 SECOND"))
        for row in db.rows(
            f"SELECT lead_id, status, user, called_count, call_date {begun} FROM {log}"
            f" WHERE {RECENT} AND end_epoch IS NOT NULL",
            now,
        )
    ]

    assert len(left) > 50
    assert set(left) == set({call[0]: call for call in sorted(calls, key=last)}.values())


def last(call: tuple[Any, ...]) -> Any:
    return call[4]


@EACH_MOMENT
def test_sip_events_of_the_days_before_are_rolled(db: TestDatabase, now: datetime) -> None:
    kept = db.rows(
        "SELECT wday, start_event_date, end_event_date, record_count"
        " FROM vicidial_sip_event_archive_details ORDER BY 2"
    )
    held = [
        db.row(
            "SELECT %s, MIN(event_date), MAX(event_date), COUNT(*)"
            f" FROM vicidial_sip_event_log_{wday}",
            wday,
        )
        for wday, *_ in kept
    ]
    early = "SELECT COUNT(*) FROM vicidial_sip_event_log WHERE event_date < DATE(%s)"

    assert 2 <= len(kept) <= 3
    assert kept == held
    assert [first.isoweekday() % 7 for _, first, *_ in kept] == [wday for wday, *_ in kept]
    # The contract's example.
    assert db.value(early, now) == 1


def test_the_archive_has_what_is_older_than_today(db: TestDatabase) -> None:
    now = datetime(2026, 2, 11, 14, 30, tzinfo=ZONE)
    fill(db, now)

    for log, column in ARCHIVED.items():
        older = db.rows(f"SELECT * FROM {log} WHERE {column} < '2026-02-11'")
        assert sorted(older, key=repr) == sorted(db.rows(f"SELECT * FROM {log}_archive"), key=repr)
        assert older


def test_the_same_moment_gives_the_same_rows(db: TestDatabase) -> None:
    now = datetime(2026, 2, 11, 14, 30, tzinfo=ZONE)
    logs = [*ARCHIVED, "vicidial_sip_event_log", "live_channels", "vicidial_call_notes"]

    fill(db, now)
    first = rows_of(db, logs)
    db.empty()
    fill(db, now)

    assert rows_of(db, logs) == first
