"""The generator of logs: any number of calls, the same in every run, that belong together."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pymysql
import pytest
from support.builders import make_campaign
from support.database import ENGINES, TestDatabase

from deploy.db.command_line import CannotBuild
from deploy.db.generate_logs import generate_logs
from deploy.db.logs.sizes import LARGE, Sizes

_UNTIL = datetime.fromisoformat("2025-07-08T15:30:00")
_SIZES = Sizes(calls=6000, inbound=1200, agent_events=3600, recordings=1200, leads=500)
_ROWS = {
    "vicidial_log": 6000,
    "vicidial_closer_log": 1200,
    "vicidial_agent_log": 3600,
    "recording_log": 1200,
    "vicidial_list": 500,
    # Of ten inbound calls one is a transferred outbound call, which keeps its row.
    "vicidial_log_extended": 6000 + 1080,
    "vicidial_carrier_log": 6000,
    "vicidial_dial_log": 600,
    "vicidial_inbound_caller_codes": 1200,
    # One caller out of 20 hangs up before an in-group.
    "vicidial_did_log": 1080 + 60,
    "vicidial_call_notes": 67,
}


@pytest.fixture
def connection(db: TestDatabase) -> Iterator["pymysql.Connection[Any]"]:
    """The administrator's."""
    with closing(db.server.connect(database=db.name)) as connection:
        yield connection


@pytest.fixture
def logs(db: TestDatabase, connection: "pymysql.Connection[Any]") -> TestDatabase:
    """The database with logs."""
    generate_logs(connection, _SIZES, _UNTIL)
    return db


@ENGINES
def test_each_log_has_as_many_rows_as_asked_for(logs: TestDatabase) -> None:
    assert {table: logs.count(table) for table in _ROWS} == _ROWS


@ENGINES
def test_two_runs_make_the_same_rows(
    logs: TestDatabase, connection: "pymysql.Connection[Any]"
) -> None:
    first = _all_rows(logs)

    logs.empty()
    generate_logs(connection, _SIZES, _UNTIL)

    assert _all_rows(logs) == first


def test_no_leads_are_made_unless_a_number_is_given(
    db: TestDatabase, connection: "pymysql.Connection[Any]"
) -> None:
    sizes = Sizes(calls=100, inbound=20, agent_events=60, recordings=20)

    generate_logs(connection, sizes, _UNTIL)

    assert [db.count("vicidial_log"), db.count("vicidial_list")] == [100, 0]


def test_calls_are_spread_over_90_days_most_of_them_by_day(logs: TestDatabase) -> None:
    for table in ("vicidial_log", "vicidial_closer_log"):
        days = logs.rows(f"SELECT DATE(call_date), COUNT(*) FROM {table} GROUP BY 1 ORDER BY 1")
        night = logs.value(
            f"SELECT COUNT(*) FROM {table} WHERE HOUR(call_date) NOT BETWEEN 8 AND 20"
        )
        usual = logs.count(table) / 90

        assert [str(day) for day, _ in (days[0], days[-1])] == ["2025-04-10", "2025-07-08"]
        assert len(days) == 90
        assert all(0.9 * usual < calls < 1.1 * usual for _, calls in days[:-1])
        assert 0.02 < night / logs.count(table) < 0.1


def test_no_call_begins_after_the_end(logs: TestDatabase) -> None:
    newest = logs.value("SELECT MAX(call_date) FROM vicidial_log")

    assert timedelta() <= _UNTIL - newest < timedelta(minutes=30)


def test_ids_grow_with_time(logs: TestDatabase) -> None:
    for table, number, epoch in (
        ("vicidial_log", "CAST(SUBSTRING_INDEX(uniqueid, '.', -1) AS INT)", "start_epoch"),
        ("vicidial_closer_log", "closecallid", "start_epoch"),
        ("vicidial_agent_log", "agent_log_id", "pause_epoch"),
        ("recording_log", "recording_id", "start_epoch"),
        ("vicidial_sip_event_log", "sip_event_id", "event_date"),
    ):
        moments = logs.rows(f"SELECT {epoch} FROM {table} ORDER BY {number}")

        assert moments == sorted(moments), table


def test_local_times_are_those_of_the_epochs_where_summer_time_ends(
    db: TestDatabase, connection: "pymysql.Connection[Any]"
) -> None:
    generate_logs(connection, _SIZES, datetime.fromisoformat("2024-11-12T09:00:00"))

    for table, local, epoch in (
        ("vicidial_log", "call_date", "start_epoch"),
        ("vicidial_closer_log", "call_date", "start_epoch"),
        ("vicidial_agent_log", "event_time", "pause_epoch"),
        ("recording_log", "start_time", "start_epoch"),
    ):
        wrong = db.rows(f"SELECT {local} FROM {table} WHERE {local} <> FROM_UNIXTIME({epoch})")

        assert wrong == [], table


@ENGINES
def test_rows_of_a_call_have_its_uniqueid_and_lead(logs: TestDatabase) -> None:
    for table, calls in {
        "vicidial_log_extended": ("vicidial_log", "vicidial_closer_log"),
        "vicidial_carrier_log": ("vicidial_log",),
        "vicidial_dial_log": ("vicidial_log",),
        "vicidial_inbound_caller_codes": ("vicidial_closer_log",),
    }.items():
        columns = "uniqueid, lead_id"

        assert _keys(logs, columns, table) <= _keys(logs, columns, *calls), table


def test_agents_records_are_of_calls_or_without_a_lead(logs: TestDatabase) -> None:
    columns = "uniqueid, IFNULL(lead_id, ''), IF(lead_id, user, '')"
    of_agents = _keys(logs, columns, "vicidial_agent_log")

    assert of_agents - _keys(logs, columns, "vicidial_log", "vicidial_closer_log") == {("", "", "")}
    assert logs.value("SELECT COUNT(*) FROM vicidial_agent_log WHERE sub_status = 'LOGIN'") > 10


def test_the_vicidial_id_is_a_uniqueid_or_a_closecallid(logs: TestDatabase) -> None:
    outbound = _keys(logs, "uniqueid, lead_id", "vicidial_log")
    inbound = _keys(logs, "closecallid, lead_id", "vicidial_closer_log")

    for table in ("recording_log", "vicidial_call_notes"):
        found = _keys(logs, "vicidial_id, lead_id", table)

        assert found <= outbound | inbound, table
        assert found & outbound, table
        assert found & inbound, table


def test_most_inbound_calls_came_in_on_a_did_a_second_earlier(logs: TestDatabase) -> None:
    came_in = logs.value(
        """
        SELECT COUNT(*) FROM vicidial_closer_log AS c
        JOIN vicidial_did_log AS d
            ON (d.uniqueid, d.caller_id_number) = (c.uniqueid, c.phone_number)
            AND d.call_date = c.call_date - INTERVAL 1 SECOND
        """
    )
    transferred = logs.value(
        """
        SELECT COUNT(*) FROM vicidial_closer_log AS c
        JOIN vicidial_log AS l ON (l.uniqueid, l.lead_id) = (c.uniqueid, c.lead_id)
        """
    )

    assert (came_in, transferred) == (1080, 120)


def test_a_call_has_number_and_list_of_its_lead(logs: TestDatabase) -> None:
    for table in ("vicidial_log", "vicidial_closer_log"):
        same = logs.value(
            f"SELECT COUNT(*) FROM {table} AS c JOIN vicidial_list AS l"
            " ON (l.lead_id, l.phone_number, l.list_id) = (c.lead_id, c.phone_number, c.list_id)"
        )

        assert same == logs.count(table)


def test_what_logs_name_is_defined(logs: TestDatabase) -> None:
    for log, columns, table, key in (
        ("vicidial_log", "list_id, campaign_id", "vicidial_lists", "list_id, campaign_id"),
        ("vicidial_lists", "campaign_id", "vicidial_campaigns", "campaign_id"),
        ("vicidial_closer_log", "campaign_id", "vicidial_inbound_groups", "group_id"),
        ("vicidial_did_log", "did_id, extension", "vicidial_inbound_dids", "did_id, did_pattern"),
        ("vicidial_agent_log", "user, user_group", "vicidial_users", "user, user_group"),
        ("vicidial_agent_log", "user_group", "vicidial_user_groups", "user_group"),
        ("recording_log", "user", "vicidial_users", "user"),
        ("vicidial_log", "status", "vicidial_statuses", "status"),
        ("vicidial_closer_log", "status", "vicidial_statuses", "status"),
    ):
        assert _keys(logs, columns, log) <= _keys(logs, key, table), (log, columns)


def test_some_calls_have_no_length(logs: TestDatabase) -> None:
    for table in ("vicidial_log", "vicidial_closer_log"):
        unknown = logs.value(f"SELECT COUNT(*) FROM {table} WHERE length_in_sec IS NULL")
        wrong = logs.value(
            f"SELECT COUNT(*) FROM {table} WHERE end_epoch - start_epoch <> length_in_sec"
        )

        assert 0 < unknown < logs.count(table) / 50
        assert wrong == 0


def test_sip_events_are_those_of_today(logs: TestDatabase) -> None:
    days = logs.rows("SELECT DATE(event_date), sip_event FROM vicidial_sip_event_log")

    assert {str(day) for day, _ in days} == {"2025-07-08"}
    assert {event for _, event in days} == {"INVITE", "100", "180", "200"}


def test_definitions_that_are_there_stay(
    db: TestDatabase, connection: "pymysql.Connection[Any]"
) -> None:
    make_campaign(db, "OUT1", campaign_name="Mine")

    generate_logs(connection, _SIZES, _UNTIL)

    assert db.rows(
        "SELECT campaign_name FROM vicidial_campaigns WHERE campaign_id IN ('OUT1', 'OUT2')"
    ) == [("Mine",), ("Outbound 2",)]


def test_logs_with_rows_are_left_alone(
    db: TestDatabase, connection: "pymysql.Connection[Any]"
) -> None:
    db.insert("vicidial_log", uniqueid="1700000000.1", lead_id=1)

    with pytest.raises(CannotBuild, match="These logs have rows already: vicidial_log"):
        generate_logs(connection, _SIZES, _UNTIL)

    assert [db.count("vicidial_log"), db.count("vicidial_agent_log")] == [1, 0]


def test_agents_cannot_take_more_calls_than_there_are() -> None:
    with pytest.raises(ValueError, match="fewer calls"):
        Sizes(calls=10, inbound=10, agent_events=60, recordings=1)


def test_the_large_size_is_that_of_the_issue() -> None:
    assert (
        Sizes(calls=5_000_000, inbound=1_000_000, agent_events=3_000_000, recordings=1_000_000)
        == LARGE
    )


def test_the_command_fills_a_database(db: TestDatabase) -> None:
    done = _command(db, "--size=small")

    assert (done.returncode, done.stdout) == (0, f"Database {db.name} has 60,000 outbound calls\n")
    assert db.count("vicidial_log") == 60_000


def test_the_command_says_in_one_line_why_it_cannot(db: TestDatabase) -> None:
    db.insert("recording_log", lead_id=1)

    refused = _command(db)

    assert refused.returncode == 1
    assert refused.stderr == (
        "deploy.db.generate_logs: These logs have rows already: recording_log; empty them first\n"
    )


def _all_rows(db: TestDatabase) -> dict[str, list[tuple[Any, ...]]]:
    tables = (*_ROWS, "vicidial_sip_event_log")
    return {table: sorted(db.rows(f"SELECT * FROM {table}"), key=repr) for table in tables}


def _keys(db: TestDatabase, columns: str, *tables: str) -> set[tuple[str, ...]]:
    """The columns' values in the tables' rows, as text."""
    rows = [row for table in tables for row in db.rows(f"SELECT DISTINCT {columns} FROM {table}")]
    return {tuple(map(str, row)) for row in rows}


def _command(db: TestDatabase, *options: str) -> subprocess.CompletedProcess[str]:
    access = db.server
    return subprocess.run(
        [
            *(sys.executable, "-m", "deploy.db.generate_logs", f"--host={access.host}"),
            *(f"--port={access.port}", f"--user={access.user}", "--password-env=SECRET"),
            *(f"--database={db.name}", *options),
        ],
        env=os.environ | {"SECRET": access.password},
        capture_output=True,
        text=True,
        check=False,
    )
