"""What the kubelet would ask of a pod and run in it, asked and run inside one."""

import pytest
from support.engines.report import Proof

from deploy.check.rendering import DEV
from deploy.check.running import SERVICES, Running
from deploy.check.workloads import Workload, port_numbers

PROGRAMS = ("gateway", *SERVICES)
_PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
_STATUS = """
import sys
from urllib.request import urlopen
print(urlopen(sys.argv[1]).status)
"""

in_pods = pytest.mark.parametrize("running", ["pods"], indirect=True, scope="session")


@in_pods
@pytest.mark.parametrize("program", PROGRAMS)
def test_every_probe_of_a_pod_is_answered_200_at_its_port(running: Running, program: str) -> None:
    workload, pod = Workload(DEV, program), running.pods(program)[0]
    asked = [workload.container[probe]["httpGet"] for probe in _PROBES]
    urls = [f"http://127.0.0.1:{port_numbers(workload.pod)[a['port']]}{a['path']}" for a in asked]

    statuses = [running.inside(pod, "python", "-c", _STATUS, url).strip() for url in urls]

    assert statuses == ["200"] * len(_PROBES)


@in_pods
def test_the_command_of_the_database_s_probes_succeeds(running: Running) -> None:
    container, (pod,) = Workload(DEV, "database").container, running.pods("database")

    for probe in _PROBES:
        running.inside(pod, *container[probe]["exec"]["command"])


@in_pods
def test_the_hook_before_the_end_of_a_pod_succeeds_without_a_shell(
    running: Running, proof: Proof
) -> None:
    # All programs have the same one.
    hook = Workload(DEV, "gateway").container["lifecycle"]["preStop"]["exec"]["command"]

    running.inside(running.pods("gateway")[0], *hook)

    proof.has_run(f"{running.name}: the paths of all probes, and the preStop hook, inside pods")
