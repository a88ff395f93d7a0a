"""What runs has few rights, says how it is, knows its limits, and ends without loss.

Each rule is a function of a pod's template; each test sees it fail once, on a changed copy.
"""

import pytest
from dialkit.pods import AVOID_S, KEEP_IDLE_S

from deploy.check.composing import OWN, services
from deploy.check.rendering import DEV, PROD, PROGRAMS, Manifest, changed
from deploy.check.workloads import Workload, containers, port_numbers, workloads
from gateway import __version__

ALL = workloads((DEV, PROD))
LASTING = [one for one in ALL if one.manifest["kind"] != "Job"]
PROGRAMS_RUN = [one for one in ALL if one.name in PROGRAMS]
# What the admission level "restricted" lets a pod mount.
HARMLESS_VOLUMES = {"configMap", "emptyDir", "projected", "secret", "persistentVolumeClaim"}
_POD, _OF_CONTAINER = "spec.securityContext", "spec.containers.0.securityContext"
_PROBES = ("startupProbe", "livenessProbe", "readinessProbe")

every_pod = pytest.mark.parametrize("workload", ALL, ids=str)
every_program = pytest.mark.parametrize("workload", PROGRAMS_RUN, ids=str)


def test_all_programs_run_in_both_places() -> None:
    assert [str(one) for one in PROGRAMS_RUN] == [
        f"{place}/{name}" for place in ("dev", "prod") for name in sorted(PROGRAMS)
    ]


@every_pod
def test_no_pod_runs_as_root(workload: Workload) -> None:
    assert runs_as_a_user(workload.pod)
    assert not runs_as_a_user(changed(workload.pod, f"{_POD}.runAsNonRoot", False))
    assert not runs_as_a_user(changed(workload.pod, f"{_POD}.runAsUser", 0))


def runs_as_a_user(pod: Manifest) -> bool:
    """Whether the kubelet refuses root, and the user is a number that it can check."""
    context = pod["spec"]["securityContext"]
    overrides = [one.get("securityContext", {}) for one in containers(pod)]
    return (
        context["runAsNonRoot"] is True
        and context["runAsUser"] > 0
        and context["runAsGroup"] > 0
        and not any("runAsUser" in one or "runAsNonRoot" in one for one in overrides)
    )


@every_program
def test_a_program_runs_as_the_user_of_its_image_whose_group_reads_the_secrets(
    workload: Workload,
) -> None:
    context = workload.pod["spec"]["securityContext"]

    assert [context[key] for key in ("runAsUser", "runAsGroup", "fsGroup")] == [65532] * 3


@every_pod
def test_no_container_writes_to_its_image_or_gains_rights(workload: Workload) -> None:
    assert is_confined(workload.pod)
    for key, value in (
        ("readOnlyRootFilesystem", False),
        ("allowPrivilegeEscalation", True),
        ("capabilities", {"drop": ["NET_RAW"]}),
        ("privileged", True),
    ):
        assert not is_confined(changed(workload.pod, f"{_OF_CONTAINER}.{key}", value)), key
    assert not is_confined(changed(workload.pod, f"{_POD}.seccompProfile.type", "Unconfined"))
    assert not is_confined(changed(workload.pod, "spec.hostNetwork", True))


def is_confined(pod: Manifest) -> bool:
    """Whether system calls are filtered, nothing is the node's, and no right is left."""
    own = [one["securityContext"] for one in containers(pod)]
    confined = {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    return (
        pod["spec"]["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        and not any(pod["spec"].get(key) for key in ("hostNetwork", "hostPID", "hostIPC"))
        and all(one == confined for one in own)
    )


@every_pod
def test_no_pod_mounts_what_is_the_node_s(workload: Workload) -> None:
    volumes = workload.pod["spec"].get("volumes", [])

    kinds = {kind for volume in volumes for kind in volume if kind != "name"}

    assert kinds <= HARMLESS_VOLUMES


@every_pod
def test_no_pod_gets_a_token_of_the_cluster_or_variables_of_its_services(
    workload: Workload,
) -> None:
    assert knows_nothing_of_the_cluster(workload.pod)
    for key in ("automountServiceAccountToken", "enableServiceLinks"):
        assert not knows_nothing_of_the_cluster(changed(workload.pod, f"spec.{key}", True))


def knows_nothing_of_the_cluster(pod: Manifest) -> bool:
    """Whether neither is there; both are by default."""
    spec = pod["spec"]
    return (
        spec["automountServiceAccountToken"] is False
        and spec["enableServiceLinks"] is False
        and "serviceAccountName" not in spec
    )


@every_pod
def test_every_container_asks_for_what_it_needs_and_has_a_limit_of_memory(
    workload: Workload,
) -> None:
    resources = "spec.containers.0.resources"

    assert knows_its_limits(workload.pod)
    assert not knows_its_limits(changed(workload.pod, f"{resources}.limits", {}))
    assert not knows_its_limits(changed(workload.pod, f"{resources}.requests.memory", "8Gi"))
    assert not knows_its_limits(changed(workload.pod, f"{resources}.limits.cpu", "1"))


def knows_its_limits(pod: Manifest) -> bool:
    """Whether requests are there, memory has a limit above them, and cpu has none."""
    for resources in (container["resources"] for container in containers(pod)):
        requests, limits = resources["requests"], resources["limits"]
        if not requests.get("cpu") or set(limits) != {"memory"}:
            return False
        if not 0 < in_bytes(requests["memory"]) < in_bytes(limits["memory"]):
            return False
    return True


@every_program
def test_a_program_may_take_twice_the_memory_that_was_measured(workload: Workload) -> None:
    resources = workload.container["resources"]

    assert in_bytes(resources["requests"]["memory"]) > 65e6
    assert in_bytes(resources["limits"]["memory"]) > 2 * 65e6


def in_bytes(quantity: str) -> int:
    """`96Mi` in bytes."""
    units = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
    return int(quantity[:-2]) * units[quantity[-2:]]


@pytest.mark.parametrize("workload", LASTING, ids=str)
def test_what_lasts_has_all_three_probes(workload: Workload) -> None:
    assert is_probed(workload.pod)
    for probe in _PROBES:
        assert not is_probed(changed(workload.pod, f"spec.containers.0.{probe}", None)), probe


@pytest.mark.parametrize("workload", [one for one in LASTING if one.name != "database"], ids=str)
def test_a_probe_asks_a_port_of_the_pod_s_own(workload: Workload) -> None:
    assert not is_probed(changed(workload.pod, "spec.containers.0.ports.0.name", "other"))


def test_the_database_in_dev_is_asked_as_compose_does() -> None:
    # A connection without a login is one more line "aborted" in the server's log.
    _, *command = services(OWN)["database"]["healthcheck"]["test"]

    for probe in _PROBES:
        asked = Workload(DEV, "database").container[probe]
        assert asked["exec"]["command"] == command
        assert asked["timeoutSeconds"] == 5


def is_probed(pod: Manifest) -> bool:
    """Whether each container has the probes, and each runs a command or asks one of its ports."""
    found = [container.get(probe) for container in containers(pod) for probe in _PROBES]
    asked = [one.get("httpGet") or one.get("tcpSocket") for one in found if one]
    return all(found) and all(one["port"] in port_numbers(pod) for one in asked if one)


@every_program
def test_a_program_lives_while_it_answers_and_is_ready_with_its_database(
    workload: Workload,
) -> None:
    asked = {probe: workload.container[probe]["httpGet"] for probe in _PROBES}

    assert asked == {
        "startupProbe": {"path": "/health/live", "port": "http"},
        "livenessProbe": {"path": "/health/live", "port": "http"},
        "readinessProbe": {"path": "/health/ready", "port": "http"},
    }


@every_program
def test_a_program_has_a_minute_to_start_and_half_a_minute_to_hang(workload: Workload) -> None:
    def patience(probe: str) -> int:
        seconds: int = workload.container[probe]["periodSeconds"]
        return seconds * int(workload.container[probe]["failureThreshold"])

    assert patience("startupProbe") >= 60
    assert patience("livenessProbe") >= 30
    assert patience("readinessProbe") <= 15


@every_program
def test_a_pod_that_ends_is_killed_only_after_all_that_it_may_wait_for(
    workload: Workload,
) -> None:
    assert has_time_to_end(workload.pod, workload.variables)
    assert not has_time_to_end(workload.pod, workload.variables | {"DRAIN_SECONDS": "15"})
    assert not has_time_to_end(workload.pod, workload.variables | {"SHUTDOWN_SECONDS": "30"})
    assert not has_time_to_end(
        changed(workload.pod, "spec.containers.0.lifecycle.preStop", None), workload.variables
    )


@every_program
def test_a_pod_drains_longer_than_callers_keep_connections_and_less_than_they_avoid_it(
    workload: Workload,
) -> None:
    assert KEEP_IDLE_S < int(workload.variables["DRAIN_SECONDS"]) < AVOID_S


def has_time_to_end(pod: Manifest, variables: dict[str, str]) -> bool:
    """Whether it waits to be forgotten, drains, finishes the longest report, and is not killed."""
    (container,) = pod["spec"]["containers"]
    hook = container["lifecycle"]["preStop"]
    drain, shutdown = int(variables["DRAIN_SECONDS"]), int(variables["SHUTDOWN_SECONDS"])
    longest_report = int(variables.get("REPORT_SECONDS", "55"))
    if not hook or min(waiting_s(hook["exec"]["command"]), drain) <= 0:
        return False
    needed = waiting_s(hook["exec"]["command"]) + drain + shutdown
    return shutdown > longest_report and needed < pod["spec"]["terminationGracePeriodSeconds"]


def waiting_s(command: list[str]) -> int:
    """How long `python -c "import time; time.sleep(5)"` waits: no image has a shell or `sleep`."""
    python, option, code = command
    assert (python, option) == ("python", "-c")
    return int(code.removeprefix("import time; time.sleep(").removesuffix(")"))


@every_pod
def test_only_images_of_this_version_or_pinned_ones_run(workload: Workload) -> None:
    name, _, tag = workload.container["image"].partition(":")

    if name.startswith("dialer-api/"):
        assert (name, tag) == (f"dialer-api/{workload.name}", __version__)
    else:
        assert (name, tag) in {("mariadb", "10.11"), ("redis", "7-alpine")}
