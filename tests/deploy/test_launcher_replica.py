"""`REPORT_REPLICA=1 make run`: a second private MariaDB, read by svc-reports alone."""

import signal
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pymysql
import pytest
from dialkit.settings import DatabaseSettings
from pymysql.constants import ER
from support.launcher import Launcher, alive, command, launched

from deploy.local.programs import SERVICES, plan_programs
from deploy.local.settings import LauncherSettings

LIMITS = {
    "REPORT_WINDOW_SECONDS": "1800",
    "REPORT_STATEMENT_SECONDS": "10",
    "REPORT_SECONDS": "30",
    "REPORT_MAX_DAYS": "31",
    "REPORT_CONCURRENCY": "2",
    "EXPORT_MAX_DAYS": "62",
    "EXPORT_MAX_STREAMS": "3",
    "EXPORT_CHUNK_ROWS": "500",
    "EXPORT_IDLE_SECONDS": "20",
}
ELSEWHERE = {
    "REPORT_DB_HOST": "127.0.0.1",
    "REPORT_DB_PORT": "1",
    "REPORT_DB_USER": "reader",
    "REPORT_DB_PASSWORD": "a-password",
    "REPORT_DB_NAME": "copy",
}
DATABASE = DatabaseSettings(host="db.example", port=3306, user="api", password="x", name="asterisk")


def report_variables(launcher: Launcher) -> dict[str, dict[str, str]]:
    """Of each program, the variables about reports that it was started with."""
    return {
        process.cmdline()[-1]: about_reports(process.environ())
        for process in launcher.started()
        if process.cmdline()[-2] == "-m"
    }


def about_reports(variables: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value for name, value in variables.items() if name.startswith(("REPORT_", "EXPORT_"))
    }


def settings_of(folder: Path, database: DatabaseSettings | None) -> LauncherSettings:
    return LauncherSettings(
        folder=folder, api_host="127.0.0.1", api_port=8080, api_key="a-key",
        timezone="America/New_York", log_level="info", database=database, report_replica=False,
    )  # fmt: skip


def as_reports(launcher: Launcher) -> "pymysql.Connection[Any]":
    """A connection as svc-reports has it to the replica."""
    given = report_variables(launcher)["svc_reports"]
    return pymysql.connect(
        host=given["REPORT_DB_HOST"],
        port=int(given["REPORT_DB_PORT"]),
        user=given["REPORT_DB_USER"],
        password=given["REPORT_DB_PASSWORD"],
        database=given["REPORT_DB_NAME"],
        autocommit=True,
    )


def test_reports_get_a_database_of_their_own_that_they_can_only_read(tmp_path: Path) -> None:
    with launched(tmp_path, REPORT_REPLICA="1") as launcher:
        told = launcher.line("Reports read")
        variables = report_variables(launcher)
        with closing(as_reports(launcher)) as connection, connection.cursor() as cursor:
            leads = cursor.execute("SELECT lead_id FROM vicidial_list")
            statuses = cursor.execute("SELECT status FROM vicidial_statuses")
            with pytest.raises(pymysql.err.OperationalError) as refused:
                cursor.execute("UPDATE vicidial_log SET status = 'SALE'")
            (folder,) = rows_of(cursor, "SELECT @@datadir")[0]
        processes, servers = launcher.started(), servers_of(launcher)
        code = launcher.end(signal.SIGINT)

    assert "nothing is replicated" in told
    assert {name for name, given in variables.items() if given} == {"svc_reports"}
    assert leads > 300
    assert statuses == 50
    assert refused.value.args[0] == ER.TABLEACCESS_DENIED_ERROR
    assert Path(folder).is_relative_to(tmp_path / "report-db")
    assert code == 0
    assert servers == 2
    assert alive(processes) == []


def test_after_a_kill_neither_server_is_left_and_the_next_start_finds_the_same_rows(
    tmp_path: Path,
) -> None:
    with launched(tmp_path, REPORT_REPLICA="1") as launcher:
        made = tables_made(launcher)
        processes = launcher.started()
        launcher.end(signal.SIGKILL)
    left = alive(processes)

    with launched(tmp_path, REPORT_REPLICA="1") as again:
        found = tables_made(again)
        code = again.end(signal.SIGTERM)

    assert left == []
    assert found == made
    assert code == 0


@pytest.mark.parametrize("variables", [{}, {"REPORT_REPLICA": "0"}])
def test_without_it_reports_read_the_one_database(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    with launched(tmp_path, **variables) as launcher:
        given = report_variables(launcher)
        servers = servers_of(launcher)
        launcher.end(signal.SIGINT)

    assert given["svc_reports"] == {}
    assert servers == 1
    assert not (tmp_path / "report-db").exists()
    assert not [line for line in launcher.printed if "replica" in line]


@pytest.mark.parametrize("existing", [DATABASE, None])
def test_limits_reach_svc_reports_and_so_does_the_replica_of_an_existing_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: DatabaseSettings | None
) -> None:
    for name, value in (LIMITS | ELSEWHERE).items():
        monkeypatch.setenv(name, value)

    programs = plan_programs(
        settings_of(tmp_path, existing), dict.fromkeys(SERVICES, DATABASE), replica=None
    )

    given = {program.name: about_reports(program.environment) for program in programs}
    # No replica of somebody else's is one of the private database.
    assert given.pop("svc-reports") == LIMITS | (ELSEWHERE if existing else {})
    # It cuts off the clients of exports, too, and waits for reports.
    both = ("EXPORT_IDLE_SECONDS", "REPORT_SECONDS")
    assert given.pop("gateway") == {name: LIMITS[name] for name in both}
    assert not any(given.values())


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param({"REPORT_REPLICA": "maybe"}, id="a word"),
        pytest.param({"REPORT_REPLICA": "2"}, id="two"),
        pytest.param({"REPORT_REPLICA": ""}, id="empty"),
        pytest.param(
            {"REPORT_REPLICA": "1", "DB_HOST": "127.0.0.1", "DB_USER": "api", "DB_PASSWORD": "x"},
            id="beside an existing database",
        ),
        pytest.param({"REPORT_DB_HOST": "10.0.0.6"}, id="a replica of the private database"),
    ],
)
def test_a_bad_value_ends_the_start_with_a_line_that_names_it(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    ended = subprocess.run(
        **command(tmp_path, **variables), capture_output=True, timeout=20, check=False
    )

    assert ended.returncode == 1
    assert "REPORT_REPLICA" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (tmp_path / "db").exists()


def tables_made(launcher: Launcher) -> list[tuple[Any, ...]]:
    """When the replica's tables were made."""
    with closing(as_reports(launcher)) as connection, connection.cursor() as cursor:
        return rows_of(
            cursor,
            "SELECT table_name, create_time FROM information_schema.tables"
            " WHERE table_schema = DATABASE() AND engine = 'MyISAM' ORDER BY table_name",
        )


def rows_of(cursor: pymysql.cursors.Cursor, sql: str) -> list[tuple[Any, ...]]:
    cursor.execute(sql)
    return list(cursor.fetchall())


def servers_of(launcher: Launcher) -> int:
    return sum(process.name() in {"mariadbd", "mysqld"} for process in launcher.started())
