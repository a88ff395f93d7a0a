"""What svc-reports reads from the environment: its limits, and where its two databases are."""

from dataclasses import replace

import pytest
from dialkit.settings import DatabaseSettings, read_settings
from svc_reports.settings import Limits, ReportSettings, report_settings

GOOD = {
    "DB_HOST": "db.example",
    "DB_PORT": "3307",
    "DB_USER": "reports",
    "DB_PASSWORD": "hunter22",
    "DB_NAME": "vicidial",
    "DB_POOL_SIZE": "7",
    "INTERNAL_JWT_KEYS": "k1:" + "s" * 32,
}
REPLICA = {
    "REPORT_DB_HOST": "replica.example",
    "REPORT_DB_PORT": "3308",
    "REPORT_DB_USER": "reader",
    "REPORT_DB_PASSWORD": "hunter33",
    "REPORT_DB_NAME": "copy",
}
# Of each limit: its name here, its default, its bounds.
LIMITS = {
    "REPORT_WINDOW_SECONDS": ("window_s", 3600, 1, 604_800),
    "REPORT_STATEMENT_SECONDS": ("statement_s", 20, 1, 3600),
    "REPORT_SECONDS": ("report_s", 55, 1, 3600),
    "REPORT_MAX_DAYS": ("report_days", 93, 1, 3660),
    "EXPORT_MAX_DAYS": ("export_days", 366, 1, 3660),
    "REPORT_CONCURRENCY": ("reports", 4, 1, 500),
    "EXPORT_MAX_STREAMS": ("streams", 4, 1, 500),
    "EXPORT_CHUNK_ROWS": ("chunk_rows", 2000, 1, 50_000),
    "EXPORT_IDLE_SECONDS": ("idle_s", 60, 1, 3600),
}
DIALER = DatabaseSettings(
    host="db.example", port=3307, user="reports", password="hunter22", name="vicidial", pool_size=7
)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What the service needs at least, and nothing about reports."""
    for name in (*REPLICA, *LIMITS):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_without_more_there_is_no_replica_and_every_limit_has_its_default() -> None:
    settings = read()

    assert settings.replica is None
    assert settings.database == DIALER
    assert settings.limits == Limits(**{name: default for name, default, *_ in LIMITS.values()})


def test_without_a_replica_reports_read_the_dialers_database(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("REPORT_DB_HOST", "")

    settings = read()

    assert settings.replica is None
    # A connection for each of four reports and four exports.
    assert settings.report_database == replace(
        DIALER, read_only=True, pool_size=8,
        acquire_timeout_s=5, connect_timeout_s=5, statement_timeout_s=20,
    )  # fmt: skip


def test_a_replica_has_its_own_access_and_windows_of_a_day(environment: pytest.MonkeyPatch) -> None:
    for name, value in REPLICA.items():
        environment.setenv(name, value)

    settings = read()

    assert settings.database == DIALER
    assert settings.limits == Limits(window_s=86_400)
    assert settings.report_database == DatabaseSettings(
        host="replica.example", port=3308, user="reader", password="hunter33", name="copy",
        read_only=True, pool_size=8,
        acquire_timeout_s=5, connect_timeout_s=5, statement_timeout_s=20,
    )  # fmt: skip


def test_what_is_not_said_of_a_replica_is_as_in_the_dialers_database(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("REPORT_DB_HOST", "replica.example")

    assert read().replica == replace(DIALER, host="replica.example")


def test_the_dialers_database_is_written_and_waited_for_as_long_as_the_replica(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("REPORT_DB_HOST", "replica.example")
    environment.setenv("REPORT_STATEMENT_SECONDS", "12")

    assert read().dialer_database == replace(
        DIALER, acquire_timeout_s=5, connect_timeout_s=5, statement_timeout_s=12
    )


def test_the_report_database_has_a_connection_for_each_report_and_export(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("REPORT_CONCURRENCY", "3")
    environment.setenv("EXPORT_MAX_STREAMS", "2")

    assert read().report_database.pool_size == 5


@pytest.mark.parametrize("variable", LIMITS)
def test_each_limit_can_be_set_within_its_bounds(
    variable: str, environment: pytest.MonkeyPatch
) -> None:
    name, _, least, most = LIMITS[variable]
    for value in (least, most):
        environment.setenv(variable, str(value))
        assert read().limits == Limits(**{name: value})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        *((variable, str(least - 1)) for variable, (_, _, least, _) in LIMITS.items()),
        *((variable, str(most + 1)) for variable, (_, _, _, most) in LIMITS.items()),
        *((variable, "many") for variable in LIMITS),
        *((variable, "") for variable in LIMITS),
        ("REPORT_DB_PORT", "3306x"),
        ("REPORT_DB_PORT", "0"),
        ("REPORT_DB_PORT", "65536"),
    ],
)
def test_a_bad_value_ends_the_start_with_a_line_that_names_it(
    variable: str, value: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("REPORT_DB_HOST", "replica.example")
    environment.setenv("REPORT_DB_PASSWORD", "hunter33")
    environment.setenv(variable, value)

    line = ending()

    assert line.startswith("svc-reports: ")
    assert variable in line
    assert "\n" not in line
    assert "hunter" not in line


def test_all_bad_values_are_named_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DB_PORT", "x")
    environment.setenv("REPORT_DB_HOST", "replica.example")
    environment.setenv("REPORT_DB_PORT", "x")
    environment.setenv("REPORT_SECONDS", "long")

    line = ending()

    assert all(name in line for name in ("'DB_PORT'", "'REPORT_DB_PORT'", "'REPORT_SECONDS'"))


def test_the_replicas_password_is_not_shown(environment: pytest.MonkeyPatch) -> None:
    for name, value in REPLICA.items():
        environment.setenv(name, value)

    assert "hunter" not in repr(read())


def read() -> ReportSettings:
    return read_settings("svc-reports", report_settings)


def ending() -> str:
    """The line with which the start ends."""
    with pytest.raises(SystemExit) as ended:
        read()
    return str(ended.value)
