"""Each program gets what it reads, no more, and could start with it."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from dialkit.settings import service_settings
from environs import Env
from environs.exceptions import EnvValidationError
from gateway.settings import gateway_settings
from svc_reports.settings import report_settings

from deploy.check.composing import EXISTING, OWN, Suite, composed_with, services, variables
from deploy.check.dockerfile import DOCKERFILE, environment
from deploy.check.rendering import DEV, PROGRAMS
from deploy.check.workloads import Workload
from deploy.setup.__main__ import main as setup

READERS: Mapping[str, Callable[[Env], object]] = {
    **dict.fromkeys(PROGRAMS, service_settings),
    "gateway": gateway_settings,
    "svc-reports": report_settings,
}
TEXT = DOCKERFILE.read_text(encoding="utf-8")
# By the interpreter, by `python -m dialkit` and by the logs; the programs' settings know the rest.
READ_ELSEWHERE = re.compile(
    "PYTHON[A-Z]+|PROGRAM|LOG_FORMAT|PROMETHEUS_DISABLE_CREATED_SERIES|RES_OPTIONS"
)
MOUNTED_AT = "/run/secrets/suite"
Read = Callable[[Mapping[str, str]], dict[str, Any]]

every_program = pytest.mark.parametrize(
    ("suite", "name"), [(suite, name) for suite in (OWN, EXISTING) for name in PROGRAMS], ids=str
)


@pytest.fixture
def given(suite: Suite, name: str) -> dict[str, str]:
    """What the program finds in its environment, of its image and of the compose files."""
    own = variables(services(suite)[name])
    return environment(TEXT, name) | {key: text for key, text in own.items() if text is not None}


@pytest.fixture
def read(suite: Suite, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads the program's settings from given variables; what was looked up, by name."""
    command = services(suite)["secrets"]["command"]
    monkeypatch.setattr("os.environ", {})
    assert setup([str(tmp_path) if word == "/secrets" else word for word in command]) == 0

    def read_from(given: Mapping[str, str]) -> dict[str, Any]:
        own = {key: text.replace(MOUNTED_AT, f"{tmp_path}/{name}") for key, text in given.items()}
        monkeypatch.setattr("os.environ", own)
        env = Env(eager=False)
        READERS[name](env)
        env.seal()
        return dict(env.dump())

    return read_from


@every_program
def test_a_program_lacks_nothing(given: dict[str, str], read: Read) -> None:
    looked_up = read(given)

    required = {key for key in given if key.endswith("_FILE") or key == "DB_HOST"}
    assert "INTERNAL_JWT_KEYS_FILE" in required <= set(looked_up)
    for key in required:
        if key.startswith("REPORT_"):
            continue
        with pytest.raises(EnvValidationError, match=key.removesuffix("_FILE")):
            read({other: text for other, text in given.items() if other != key})


@every_program
def test_a_program_reads_each_of_its_variables(
    suite: Suite, name: str, given: dict[str, str], read: Read
) -> None:
    offered = set(variables(services(suite)[name])) | set(given)
    looked_up = set(read(given))

    assert {key for key in offered - looked_up if not READ_ELSEWHERE.fullmatch(key)} == set()
    assert "LOGLEVEL" not in looked_up


@every_program
def test_a_secret_is_in_a_file_and_in_no_variable(given: dict[str, str], read: Read) -> None:
    looked_up = read(given)
    secrets = {key for key in looked_up if f"{key}_FILE" in looked_up}

    assert {"INTERNAL_JWT_KEYS"} < secrets
    assert not secrets & set(given)


@every_program
def test_each_program_is_told_of_the_services_that_kubernetes_tells_it_of(
    name: str, given: dict[str, str]
) -> None:
    def addresses(variables: Mapping[str, str]) -> dict[str, str]:
        return {key: text for key, text in variables.items() if key.startswith("SVC_")}

    assert addresses(given) == addresses(Workload(DEV, name).variables)


@every_program
def test_addresses_lead_to_services_beside_the_program(
    suite: Suite, name: str, given: dict[str, str]
) -> None:
    beside = set(services(suite)[name]["networks"])

    for url in (text for key, text in given.items() if key.startswith("SVC_")):
        other, port = url.removeprefix("http://").split(":")
        assert environment(TEXT, other)["PORT"] == port
        assert beside & set(services(suite)[other]["networks"])


@pytest.mark.parametrize("suite", [OWN, EXISTING], ids=str)
def test_setup_understands_its_arguments_and_reads_its_variables(
    suite: Suite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = services(suite)["setup"]
    monkeypatch.setattr("os.environ", {})

    code = setup(one["command"])

    # Without its variables it knows no server: so far it gets, and no further.
    assert (code, "Which server?" in capsys.readouterr().err) == (1, True)
    assert one["command"][:3] == [
        "accounts" if suite.existing else "database",
        "--folder",
        "/secrets",
    ]
    expected = {"DB_HOST", "TIMEZONE"}
    if suite.existing:
        keys = ("DB_HOST", "DB_PORT", "DB_NAME")
        expected |= {"DB_ADMIN_PASSWORD", *keys, *(f"REPORT_{key}" for key in keys)}
    assert set(variables(one)) == expected


def test_the_api_key_is_the_user_s_where_there_is_one() -> None:
    given = composed_with(OWN, {"API_KEY": "a-key-of-my-own"})["services"]

    assert variables(given["secrets"]) == {"API_KEY": "a-key-of-my-own"}
    assert not [name for name in given if name != "secrets" and "API_KEY" in variables(given[name])]


def test_the_database_gets_the_password_that_setup_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.environ", {})
    command = services(OWN)["secrets"]["command"]
    assert setup([str(tmp_path) if word == "/secrets" else word for word in command]) == 0
    database = services(OWN)["database"]

    path = Path(str(variables(database)["MARIADB_ROOT_PASSWORD_FILE"]))

    targets = {one["source"]: one["target"] for one in database["volumes"]}
    assert str(path.parent) == targets["database-secrets"]
    assert (tmp_path / "database" / path.name).is_file()
