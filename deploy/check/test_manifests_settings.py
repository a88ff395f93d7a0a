"""Each program gets what it reads, no more, and could start with it.

The settings are read by the programs' own readers, from the variables and secret files of the
manifests; what a reader has looked up is what there is.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from dialkit.settings import service_settings
from environs import Env
from environs.exceptions import EnvValidationError
from gateway.settings import gateway_settings
from svc_reports.settings import report_settings

from deploy.check.rendering import DEV, PROD, PROGRAMS, changed, named, of_kind, rendered
from deploy.check.workloads import Workload, contents, workloads
from deploy.setup.__main__ import main as setup

ALL = workloads((DEV, PROD))
PROGRAMS_RUN = [one for one in ALL if one.name in PROGRAMS]
READERS: Mapping[str, Callable[[Env], object]] = {
    **dict.fromkeys(PROGRAMS, service_settings),
    "gateway": gateway_settings,
    "svc-reports": report_settings,
}
MOUNTED_AT = "/run/secrets/suite"
Read = Callable[[Mapping[str, str]], dict[str, Any]]

every_program = pytest.mark.parametrize("workload", PROGRAMS_RUN, ids=str)
every_pod = pytest.mark.parametrize("workload", ALL, ids=str)


@pytest.fixture
def read(workload: Workload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads the workload's settings from given variables; what was looked up, by name."""
    secret = named(workload.objects, "Secret", workload.name)
    for key, text in contents(secret).items():
        (tmp_path / key).write_text(text)

    def read_from(variables: Mapping[str, str]) -> dict[str, Any]:
        monkeypatch.setattr(
            "os.environ",
            {name: value.replace(MOUNTED_AT, str(tmp_path)) for name, value in variables.items()},
        )
        env = Env(eager=False)
        READERS[workload.name](env)
        env.seal()
        return dict(env.dump())

    return read_from


@every_program
def test_a_program_reads_each_of_its_variables_and_lacks_none(
    workload: Workload, read: Read
) -> None:
    looked_up = read(workload.variables)

    assert set(workload.variables) <= set(looked_up)


@every_program
def test_a_variable_that_no_program_reads_would_be_noticed(workload: Workload, read: Read) -> None:
    misspelled = workload.variables | {"LOGLEVEL": "info"}

    assert set(misspelled) - set(read(misspelled)) == {"LOGLEVEL"}


@every_program
def test_a_required_variable_that_is_not_there_would_be_noticed(
    workload: Workload, read: Read
) -> None:
    required = {"INTERNAL_JWT_KEYS_FILE"}
    required |= (
        {"API_KEY_FILE"}
        if workload.name == "gateway"
        else {"DB_HOST", "DB_USER_FILE", "DB_PASSWORD_FILE"}
    )

    for name in required:
        without = {key: value for key, value in workload.variables.items() if key != name}
        with pytest.raises(EnvValidationError, match=name.removesuffix("_FILE")):
            read(without)


@every_program
def test_what_a_site_must_think_about_is_not_left_to_defaults(workload: Workload) -> None:
    expected = {"TIMEZONE", "LOG_LEVEL", "METRICS_PORT", "DRAIN_SECONDS", "SHUTDOWN_SECONDS"}
    if workload.name != "gateway":
        expected |= {"DB_HOST", "DB_PORT", "DB_NAME", "DB_POOL_SIZE"}

    assert expected <= set(workload.variables)


@every_program
def test_a_program_listens_where_its_container_says(workload: Workload) -> None:
    assert listens_where_it_says(workload.pod, workload.variables)
    moved = changed(workload.pod, "spec.containers.0.ports.0.containerPort", 8000)
    assert not listens_where_it_says(moved, workload.variables)


def listens_where_it_says(pod: dict[str, Any], variables: Mapping[str, str]) -> bool:
    """Whether the named ports are those of the variables."""
    (container,) = pod["spec"]["containers"]
    ports = {one["name"]: str(one["containerPort"]) for one in container["ports"]}
    http = variables.get("API_PORT") or variables.get("PORT")
    return ports == {"http": http, "metrics": variables["METRICS_PORT"]}


@every_program
def test_a_program_s_secret_holds_the_files_that_it_reads_and_no_others(
    workload: Workload,
) -> None:
    secret = named(workload.objects, "Secret", workload.name)

    files = {value for name, value in workload.variables.items() if name.endswith("_FILE")}

    assert files == {f"{MOUNTED_AT}/{key}" for key in contents(secret)}


@every_program
def test_only_a_program_s_group_may_read_its_secret(workload: Workload) -> None:
    (volume,) = (one for one in workload.pod["spec"]["volumes"] if one["name"] == "secrets")
    mounts = {one["name"]: one for one in workload.container["volumeMounts"]}

    assert volume["secret"] == {"secretName": workload.name, "defaultMode": 0o440}
    assert mounts["secrets"] == {"name": "secrets", "mountPath": MOUNTED_AT, "readOnly": True}


@every_pod
def test_no_secret_is_in_a_variable_or_a_config_map(workload: Workload) -> None:
    secrets = {
        text
        for secret in of_kind(workload.objects, "Secret")
        for key, text in contents(secret).items()
        if not key.endswith("-user")
    }

    assert secrets
    assert not [one for one in workload.variables.values() if any(map(one.count, secrets))]
    assert not any("valueFrom" in one for one in workload.container.get("env", ()))
    assert not any("secretRef" in one for one in workload.container.get("envFrom", ()))


@pytest.mark.parametrize("workload", [one for one in ALL if one.name == "setup"], ids=str)
def test_setup_sees_the_database_accounts_and_no_key(workload: Workload) -> None:
    (volume,) = workload.pod["spec"]["volumes"]
    paths = set()
    for source in (one["secret"] for one in volume["projected"]["sources"]):
        keys = contents(named(workload.objects, "Secret", source["name"]))
        for item in source["items"]:
            assert item["key"] in keys
            assert item["path"] == f"{source['name']}/{item['key']}"
            paths.add(item["path"])

    assert paths == {
        "database/root-password",
        *(f"{service}/{key}" for service in PROGRAMS[1:] for key in ("db-user", "db-password")),
    }
    assert volume["projected"]["defaultMode"] == 0o440


@pytest.mark.parametrize("workload", [one for one in ALL if one.name == "setup"], ids=str)
def test_setup_understands_its_arguments_and_reads_its_variables(
    workload: Workload, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (mount,) = workload.container["volumeMounts"]
    arguments = workload.container["args"]
    monkeypatch.setattr("os.environ", {})

    code = setup(arguments)

    # Without its variables it knows no server: so far it gets, and no further.
    assert (code, "Which server?" in capsys.readouterr().err) == (1, True)
    assert arguments == [
        "database" if workload.variant == DEV else "accounts",
        "--folder",
        mount["mountPath"],
    ]
    zone = {"TIMEZONE"} if workload.variant == DEV else set()
    assert set(workload.variables) == {"DB_HOST", "DB_PORT", "DB_NAME"} | zone


def test_the_embedded_database_gets_the_password_that_setup_uses() -> None:
    database = Workload(DEV, "database")
    (mount,) = (one for one in database.container["volumeMounts"] if one["name"] == "secrets")
    (volume,) = (one for one in database.pod["spec"]["volumes"] if one["name"] == "secrets")
    secret = named(rendered(DEV), "Secret", volume["secret"]["secretName"])

    path = Path(database.variables["MARIADB_ROOT_PASSWORD_FILE"])

    assert (str(path.parent), list(contents(secret))) == (mount["mountPath"], [path.name])
