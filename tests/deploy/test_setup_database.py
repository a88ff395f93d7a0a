"""`python -m deploy.setup database` builds the embedded database once, to its end."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dialkit.settings import SERVICES
from support.setup import NAMES, RunSetup, Vicidial, login_of, start_setup, until

from deploy.setup.folder import SecretFolder

NAME = "embedded"
BUILDING = "Building VICIdial's tables and the demo rows ..."
LIVE_CALL = f"SELECT MAX(call_date) FROM {NAME}.vicidial_log_extended WHERE lead_id = 12345"
READY = f"Database {NAME} is ready"


@pytest.fixture
def options(folder: SecretFolder, vicidial: Vicidial) -> Iterator[list[str]]:
    """The command line of a database that does not exist yet."""
    forget(vicidial)
    yield ["database", f"--folder={folder.path}", *vicidial.options, f"--database={NAME}"]
    forget(vicidial)


def test_it_has_demo_rows_of_now_and_each_services_account(
    folder: SecretFolder, vicidial: Vicidial, options: list[str], run_setup: RunSetup
) -> None:
    built = run_setup(*options)

    assert (built.code, built.err) == (0, "")
    assert built.out.splitlines() == [
        BUILDING,
        *(f"{name}: '{name.replace('-', '_')}'@'%' made" for name in SERVICES),
        READY,
    ]
    assert vicidial.accounts() == NAMES
    with vicidial.connect(*login_of(folder, "svc-leads"), database=NAME) as connection:
        cursor = connection.cursor()
        cursor.execute(LIVE_CALL)
        ((begun,),) = cursor.fetchall()
    assert is_now(begun, "America/New_York")


def test_rows_are_dated_in_the_zone_of_timezone(
    vicidial: Vicidial, options: list[str], run_setup: RunSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMEZONE", "Asia/Tokyo")

    run_setup(*options)

    assert is_now(vicidial.database.value(LIVE_CALL), "Asia/Tokyo")


def test_a_zone_that_is_none_is_refused_before_anything_is_done(
    vicidial: Vicidial, options: list[str], run_setup: RunSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMEZONE", "Mars/Olympus")

    refused = run_setup(*options)

    assert refused.err == (
        "deploy.setup database: TIMEZONE is no time zone, such as America/New_York: Mars/Olympus\n"
    )
    assert databases(vicidial) == []


def test_a_complete_database_stays_as_it_is(
    vicidial: Vicidial, options: list[str], run_setup: RunSetup
) -> None:
    run_setup(*options)
    vicidial.database.execute(f"DELETE FROM {NAME}.vicidial_list WHERE lead_id <> 12345")

    again = run_setup(*options)

    assert again.code == 0
    assert BUILDING not in again.out
    assert vicidial.database.value(f"SELECT COUNT(*) FROM {NAME}.vicidial_list") == 1
    assert databases(vicidial) == [NAME, f"{NAME}_is_complete"]


def test_a_run_that_was_killed_is_repaired_by_the_next(
    vicidial: Vicidial, options: list[str], run_setup: RunSetup
) -> None:
    process = start_setup(*options)
    until(lambda: tables(vicidial) > 100)
    process.kill()
    process.communicate()
    left = tables(vicidial)

    again = run_setup(*options)

    assert 100 < left < tables(vicidial)
    assert again.out.startswith(BUILDING)
    assert again.out.endswith(f"{READY}\n")
    assert vicidial.database.value(f"SELECT COUNT(*) FROM {NAME}.vicidial_list") == 305
    assert databases(vicidial) == [NAME, f"{NAME}_is_complete"]


def test_two_runs_at_once_build_it_once(vicidial: Vicidial, options: list[str]) -> None:
    runs = [start_setup(*options) for _ in range(2)]

    said = [run.communicate()[0] for run in runs]

    assert [run.returncode for run in runs] == [0, 0], said
    assert sorted(BUILDING in one for one in said) == [False, True]
    assert vicidial.database.value(f"SELECT COUNT(*) FROM {NAME}.vicidial_list") == 305


def test_somebody_elses_tables_are_left_alone(
    vicidial: Vicidial, options: list[str], run_setup: RunSetup
) -> None:
    vicidial.database.execute(f"CREATE DATABASE {NAME}")
    vicidial.database.execute(f"CREATE TABLE {NAME}.somebodys (id INT)")

    refused = run_setup(*options)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"deploy.setup database: Database {NAME} has tables that this program did not make:"
        " nothing was done. An existing VICIdial needs accounts only:"
        " python -m deploy.setup accounts\n"
    )
    assert databases(vicidial) == [NAME]
    assert tables(vicidial) == 1
    assert vicidial.accounts() == []


def test_the_administrators_password_is_that_of_the_folder(
    folder: SecretFolder, vicidial: Vicidial, options: list[str], run_setup: RunSetup
) -> None:
    folder.write("database", "root-password", vicidial.database.server.password)
    without = [one for one in options if "password-file" not in one]

    built = run_setup(*without)

    assert built.code == 0
    assert vicidial.accounts() == NAMES


def is_now(time: datetime, zone: str) -> bool:
    now = datetime.now(ZoneInfo(zone)).replace(tzinfo=None)
    return now - timedelta(minutes=1) < time <= now


def databases(vicidial: Vicidial) -> list[str]:
    return [name for (name,) in vicidial.database.rows(f"SHOW DATABASES LIKE '{NAME}%'")]


def tables(vicidial: Vicidial) -> int:
    return int(
        vicidial.database.value(
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = %s", NAME
        )
    )


def forget(vicidial: Vicidial) -> None:
    for name in databases(vicidial):
        vicidial.database.execute(f"DROP DATABASE {name}")
