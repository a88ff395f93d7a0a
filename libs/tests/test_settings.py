"""Settings from the environment: what they are, and how a bad one ends the start."""

import pytest
from dialkit.settings import (
    DatabaseSettings,
    ServiceSettings,
    read_settings,
    service_settings,
)
from dialkit.tokens import TokenKeys

SECRET = "s" * 32
GOOD = {
    "DB_HOST": "db.example",
    "DB_USER": "leads",
    "DB_PASSWORD": "hunter22",
    "INTERNAL_JWT_KEYS": f"k1:{SECRET}",
}
KNOWN = [*GOOD, "HOST", "PORT", "DB_PORT", "DB_NAME", "DB_POOL_SIZE", "TIMEZONE", "LOG_LEVEL",
         "SVC_LEADS_URL", "SVC_LISTS_URL", "SVC_USERS_URL", "SVC_TELEPHONY_URL",
         "SVC_REPORTS_URL"]  # fmt: skip


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What a service needs at least, and nothing else."""
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_what_is_not_set_has_its_default() -> None:
    assert read_settings("svc-leads", service_settings) == ServiceSettings(
        host="127.0.0.1",
        port=8081,
        database=DatabaseSettings(
            host="db.example", port=3306, user="leads", password="hunter22", name="asterisk"
        ),
        token_keys=TokenKeys({"k1": SECRET}),
        timezone="America/New_York",
        log_level="info",
        service_urls={},
    )


def test_all_can_be_set(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HOST", "0.0.0.0")
    environment.setenv("PORT", "9000")
    environment.setenv("DB_PORT", "3307")
    environment.setenv("DB_NAME", "vicidial")
    environment.setenv("DB_POOL_SIZE", "3")
    environment.setenv("TIMEZONE", "Europe/Berlin")
    environment.setenv("LOG_LEVEL", "WARNING")
    environment.setenv("SVC_REPORTS_URL", "http://reports:8085/")
    environment.setenv("INTERNAL_JWT_KEYS", f"k2:{SECRET}2, k1:{SECRET}1:with:colons")

    assert read_settings("svc-leads", service_settings) == ServiceSettings(
        host="0.0.0.0",
        port=9000,
        database=DatabaseSettings(
            host="db.example", port=3307, user="leads", password="hunter22", name="vicidial",
            pool_size=3,
        ),
        token_keys=TokenKeys({"k2": f"{SECRET}2", "k1": f"{SECRET}1:with:colons"}),
        timezone="Europe/Berlin",
        log_level="warning",
        service_urls={"svc-reports": "http://reports:8085"},
    )  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_variable_ends_the_start_with_a_line_that_names_it(
    name: str, environment: pytest.MonkeyPatch
) -> None:
    environment.delenv(name)

    line = ending()

    assert line.startswith("svc-leads: ")
    assert name in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("DB_PORT", "3306x"),
        ("DB_POOL_SIZE", "0"),
        ("TIMEZONE", "New York"),
        ("TIMEZONE", "../../etc/passwd"),
        ("TIMEZONE", ""),
        ("LOG_LEVEL", "loud"),
        ("INTERNAL_JWT_KEYS", "k1:short"),
        ("INTERNAL_JWT_KEYS", SECRET),
        ("INTERNAL_JWT_KEYS", f"k1:{SECRET},"),
        ("INTERNAL_JWT_KEYS", f":{SECRET}"),
        ("INTERNAL_JWT_KEYS", f"k1:{SECRET},k1:{SECRET}2"),
        ("INTERNAL_JWT_KEYS", ""),
        ("DB_HOST", ""),
        ("DB_USER", ""),
        ("SVC_LISTS_URL", "localhost:8081"),
        ("SVC_LISTS_URL", "http://localhost:80810"),
        ("SVC_LISTS_URL", "http://[::1"),
        ("SVC_LISTS_URL", "http://:8081"),
        ("SVC_LISTS_URL", "http://user:password@localhost:8081"),
        ("SVC_LISTS_URL", "http://localhost:8081?x"),
    ],
)
def test_a_bad_variable_ends_the_start_with_a_line_that_names_it(
    name: str, value: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv(name, value)

    line = ending()

    assert name in line
    assert "\n" not in line
    assert SECRET not in line
    assert "hunter22" not in line


def test_all_bad_variables_are_named_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("DB_HOST")
    environment.setenv("PORT", "http")
    environment.setenv("TIMEZONE", "Mars")

    line = ending()

    assert all(name in line for name in ("DB_HOST", "PORT", "TIMEZONE"))
    assert "DB_USER" not in line


def test_secrets_are_not_shown() -> None:
    shown = repr(read_settings("svc-leads", service_settings))

    assert SECRET not in shown
    assert "hunter22" not in shown


def ending() -> str:
    """The line with which the start ends."""
    with pytest.raises(SystemExit) as ended:
        read_settings("svc-leads", service_settings)
    return str(ended.value)
