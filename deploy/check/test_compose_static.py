"""The compose files: hardened, limited, apart from one another, and begun and ended in order."""

import re
from pathlib import Path

import pytest
from dialkit.pods import AVOID_S, KEEP_IDLE_S
from dialkit.settings import SERVICES

from deploy.check.composing import (
    EVERY_SUITE,
    EXISTING,
    OWN,
    Service,
    Suite,
    composed,
    composed_with,
    members,
    mounts,
    of_every,
    ours,
    services,
    variables,
)
from deploy.check.dockerfile import ROOT
from deploy.check.rendering import changed
from deploy.images.__main__ import PYTHON_IMAGE, suite_version
from deploy.setup.layout import DATABASE

PROGRAMS = ("gateway", *SERVICES)
ONE_SHOT = ("secrets", "setup")
_PINNED = re.compile(r"docker\.io/[a-z/]+:v?\d[-.\w]*")

every_program = pytest.mark.parametrize(
    ("suite", "name"), of_every((OWN, EXISTING), PROGRAMS), ids=str
)
every_one_of_ours = pytest.mark.parametrize(
    ("suite", "name"), of_every((OWN, EXISTING), (*PROGRAMS, *ONE_SHOT)), ids=str
)
every_service = pytest.mark.parametrize(
    ("suite", "name"), [(suite, name) for suite in (OWN, EXISTING) for name in services(suite)]
)


@pytest.mark.parametrize("suite", EVERY_SUITE, ids=str)
def test_docker_compose_takes_each_choice_without_a_warning(suite: Suite) -> None:
    assert {*PROGRAMS, "secrets"} <= set(composed(suite)["services"])


def test_the_server_of_an_existing_vicidial_must_be_named() -> None:
    with pytest.raises(RuntimeError, match="name the server of VICIdial's database"):
        composed_with(EXISTING, {})


def test_an_existing_vicidial_needs_no_database_beside_it() -> None:
    assert set(services(OWN)) - set(services(EXISTING)) == {"database"}
    # Accounts are made when somebody asks for it, not at each start.
    assert services(EXISTING)["setup"]["profiles"] == ["setup"]


@every_service
def test_a_container_can_neither_write_nor_gain_rights(suite: Suite, name: str) -> None:
    one = services(suite)[name]
    added = ["CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"] if name == "database" else []

    assert is_hardened(one, added)
    assert not is_hardened(changed(one, "read_only", False), added)
    assert not is_hardened(changed(one, "cap_drop", []), added)
    assert not is_hardened(changed(one, "cap_add", ["NET_ADMIN"]), added)
    assert not is_hardened(changed(one, "privileged", True), added)
    assert not is_hardened(changed(one, "user", "root"), added)
    assert not is_hardened(changed(one, "network_mode", "host"), added)
    assert not is_hardened(changed(one, "security_opt", None), added)


def is_hardened(one: Service, added: list[str]) -> bool:
    """Whether root file system, capabilities and user are as they should be."""
    return (
        one.get("read_only") is True
        and one.get("cap_drop") == ["ALL"]
        and one.get("cap_add", []) == added
        and one.get("security_opt") == ["no-new-privileges:true"]
        # The images of ours bring their user: 65532.
        and one.get("user", "65532:65532") == "65532:65532"
        and one.get("network_mode", "none") == "none"
        and not {"privileged", "pid", "ipc", "devices", "userns_mode"} & set(one)
    )


@every_service
def test_no_container_takes_more_than_its_share(suite: Suite, name: str) -> None:
    one = services(suite)[name]
    limits = one["deploy"]["resources"]["limits"]

    assert {"memory", "pids"} <= set(limits)
    assert name == "database" or limits["cpus"] == 1
    assert one["logging"]["options"] == {"max-file": "3", "max-size": "10m"}


@every_program
def test_a_program_ends_in_its_own_time(suite: Suite, name: str) -> None:
    one = services(suite)[name]

    assert ends_in_time(one)
    assert not ends_in_time(changed(one, "stop_grace_period", "1m0s"))
    assert not ends_in_time(changed(one, "environment.SHUTDOWN_SECONDS", "600"))


def ends_in_time(one: Service) -> bool:
    """Whether the engine waits longer than the program needs."""
    ((minutes, seconds),) = re.findall(r"(?:(\d+)m)?(\d+)s", one["stop_grace_period"])
    given = variables(one)
    needed = int(given["DRAIN_SECONDS"] or 0) + int(given["SHUTDOWN_SECONDS"] or 0)
    return needed < int(minutes or 0) * 60 + int(seconds)


@every_program
def test_a_program_drains_longer_than_callers_keep_connections_and_less_than_they_avoid_it(
    suite: Suite, name: str
) -> None:
    assert KEEP_IDLE_S < int(variables(services(suite)[name])["DRAIN_SECONDS"] or 0) < AVOID_S


@every_one_of_ours
def test_an_image_of_ours_is_that_of_the_suite_s_version(suite: Suite, name: str) -> None:
    one, program = services(suite)[name], "setup" if name in ONE_SHOT else name

    assert one["image"] == f"dialer-api/{program}:{suite_version()}"
    assert one["build"]["args"] == {
        "PROGRAM": program,
        "PYTHON_IMAGE": PYTHON_IMAGE,
        "REVISION": "unknown",
        "VERSION": suite_version(),
    }
    assert Path(one["build"]["context"]) == ROOT
    assert (ROOT / one["build"]["dockerfile"]).is_file()


def test_images_are_built_on_the_user_s_base_and_marked_with_the_user_s_commit() -> None:
    chosen = {"PYTHON_IMAGE": "mirror/python:3.12-slim", "REVISION": "f00ba4"}
    given = composed_with(OWN, chosen)["services"]

    for name in ours(OWN):
        assert chosen.items() <= given[name]["build"]["args"].items()


def test_images_may_come_from_a_registry_under_another_tag() -> None:
    given = composed_with(OWN, {"REGISTRY": "registry/team", "TAG": "7.8.9"})["services"]

    assert {given[name]["image"] for name in ours(OWN)} == {
        f"registry/team/dialer-api/{program}:7.8.9" for program in (*PROGRAMS, "setup")
    }


@pytest.mark.parametrize("name", sorted(set(services(OWN)) - set(ours(OWN))))
def test_an_image_of_others_is_pinned_by_its_version(name: str) -> None:
    assert _PINNED.fullmatch(services(OWN)[name]["image"])
    assert not _PINNED.fullmatch("docker.io/library/redis:latest")


@every_service
def test_only_the_gateway_and_the_dashboards_can_be_reached_and_from_this_machine_only(
    suite: Suite, name: str
) -> None:
    ports = [(one["host_ip"], one["target"]) for one in services(suite)[name].get("ports", ())]

    assert ports == {"gateway": [("127.0.0.1", 8080)], "grafana": [("127.0.0.1", 3000)]}.get(
        name, []
    )


def test_the_gateway_listens_where_the_user_says() -> None:
    given = composed_with(OWN, {"API_HOST": "192.0.2.1", "API_PORT": "80"})["services"]["gateway"]

    (port,) = given["ports"]
    assert (port["host_ip"], port["published"], port["target"]) == ("192.0.2.1", "80", 8080)


@every_one_of_ours
def test_a_service_can_be_scaled(suite: Suite, name: str) -> None:
    one = services(suite)[name]

    assert not {"container_name", "hostname", "links"} & set(one)
    assert name == "gateway" or "ports" not in one


def test_only_services_and_their_setup_reach_the_database() -> None:
    assert members(OWN, "database") == {*SERVICES, "setup", "database"}
    assert members(OWN, "services") == {*PROGRAMS, "prometheus"}
    assert members(OWN, "front") == {"gateway", "grafana"}
    assert members(OWN, "limits") == {"gateway", "redis"}
    assert services(OWN)["secrets"]["network_mode"] == "none"


def test_only_the_front_leads_out() -> None:
    def leading_out(suite: Suite) -> set[str]:
        networks = composed(suite)["networks"]
        return {name for name, one in networks.items() if not one.get("internal")}

    assert leading_out(OWN) == {"front"}
    # The way to a database that is elsewhere.
    assert leading_out(EXISTING) == {"front", "database"}


@every_program
def test_a_program_sees_its_own_secrets_and_cannot_change_them(suite: Suite, name: str) -> None:
    expected = {(f"{name}-secrets", "/run/secrets/suite", False)}
    if name == "svc-leads":
        expected |= {("", "/tmp", True)}

    assert mounts(services(suite)[name]) == expected


@pytest.mark.parametrize(("suite", "name"), of_every((OWN, EXISTING), ONE_SHOT), ids=str)
def test_setup_sees_the_secrets_of_all(suite: Suite, name: str) -> None:
    assert mounts(services(suite)[name]) == {
        (f"{program}-secrets", f"/secrets/{program}", True) for program in (*PROGRAMS, DATABASE)
    }


@every_program
def test_a_program_is_asked_for_its_health_as_its_image_says(suite: Suite, name: str) -> None:
    one = services(suite)[name]

    assert "healthcheck" not in one
    assert one["restart"] == "unless-stopped"
    assert not {"command", "entrypoint"} & {key for key, value in one.items() if value}


@pytest.mark.parametrize("name", sorted(set(services(OWN)) - set(ours(OWN))))
def test_what_others_made_has_a_health_check_too(name: str) -> None:
    assert services(OWN)[name]["healthcheck"]["test"][0] == "CMD"
    assert services(OWN)[name]["restart"] == "unless-stopped"


def test_each_begins_when_what_it_needs_is_there() -> None:
    assert waits_for(OWN, "database") == {"secrets": "service_completed_successfully"}
    assert waits_for(OWN, "setup") == {"database": "service_healthy"}
    for name in SERVICES:
        assert waits_for(OWN, name) == {"setup": "service_completed_successfully"}
        assert waits_for(EXISTING, name) == {"secrets": "service_completed_successfully"}
    for suite in (OWN, EXISTING):
        assert waits_for(suite, "gateway") == dict.fromkeys((*SERVICES, "redis"), "service_healthy")


def waits_for(suite: Suite, name: str) -> dict[str, str]:
    """What a service waits for, and how far that must be."""
    needed = services(suite)[name]["depends_on"]
    return {other: how["condition"] for other, how in needed.items()}


def test_the_server_runs_in_the_zone_that_the_programs_believe() -> None:
    given = composed_with(OWN, {"TIMEZONE": "Europe/Berlin"})["services"]
    zones = {
        (variables(one).get("TIMEZONE") or variables(one).get("TZ"))
        for name, one in given.items()
        if name in (*PROGRAMS, "setup", "database")
    }

    assert zones == {"Europe/Berlin"}
