"""The suite's images on engines that speak Docker's API, started by Docker's own SDK."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.engines.engine import Engine
from support.engines.errors import EngineMissing
from support.engines.report import Proof
from support.engines.suite_containers import SuiteContainers
from support.launcher import answer_of

from deploy.local.welcome import welcome

PROGRAMS = ("svc-leads", "svc-lists", "gateway")


@pytest.fixture(params=["dockerd", "podman"])
def suite(
    request: pytest.FixtureRequest, engines: EngineMissing | None, tmp_path: Path
) -> Iterator[SuiteContainers]:
    """A gateway and two services beside MariaDB."""
    engine: Engine = request.getfixturevalue(f"{request.param}_with_suite")
    containers = SuiteContainers(engine, tmp_path / "secrets")
    try:
        containers.start(dict.fromkeys(PROGRAMS, 1))
        yield containers
    finally:
        containers.stop()


def test_programs_answer_through_the_gateway_and_end_when_they_are_told_to(
    suite: SuiteContainers, proof: Proof
) -> None:
    (url,) = suite.gateways()
    key = suite.secret("gateway", "api-key")
    printed = welcome(url, key, seconds=1, demo=True, replica=False).splitlines()

    answers = [answer_of(line) for line in printed if line.startswith("  curl ")]
    codes = {program: suite.terminate(*suite.pods(program)) for program in PROGRAMS}

    assert [answer["success"] for answer in answers] == [True, True, True]
    assert answers[1]["data"]["lead_id"] == 12345
    assert codes == dict.fromkeys(PROGRAMS, 0)
    proof.has_run(f"{suite.name}: gateway, two services and MariaDB answer")
