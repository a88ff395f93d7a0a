"""Fixtures: the suite as it runs in containers, one way after the other."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from support.engines.engine import Engine
from support.engines.errors import EngineMissing
from support.engines.podman import Podman
from support.engines.report import Proof

from deploy.check.compose_project import ComposeProject
from deploy.check.podman_pods import PodmanPods
from deploy.check.rendering import DEV, rendered, secrets_of
from deploy.check.running import Running


@contextmanager
def _pods(request: pytest.FixtureRequest) -> Iterator[PodmanPods]:
    podman: Podman = request.getfixturevalue("podman_with_suite")
    paths: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    folder: Path = paths.mktemp("pods") / "secrets"
    shutil.copytree(secrets_of("dev"), folder)
    pods = PodmanPods(podman, rendered(DEV), folder)
    try:
        pods.start()
        yield pods
    finally:
        pods.stop()


@contextmanager
def _compose(request: pytest.FixtureRequest) -> Iterator[ComposeProject]:
    engine: Engine = request.getfixturevalue("dockerd_with_suite")
    proof: Proof = request.getfixturevalue("proof")
    project = ComposeProject(engine)
    try:
        begun = time.monotonic()
        project.start()
        passed = time.monotonic() - begun
        proof.has_run(f"{project.name}: up --wait, all is healthy after {passed:.0f} s")
        yield project
    finally:
        project.stop()


_WAYS: Mapping[str, Callable[[pytest.FixtureRequest], AbstractContextManager[Running]]] = {
    "pods": _pods,
    "compose": _compose,
}


@pytest.fixture(scope="session", params=list(_WAYS))
def running(request: pytest.FixtureRequest, engines: EngineMissing | None) -> Iterator[Running]:
    """The suite, running one way; it ends before the next way begins."""
    with _WAYS[request.param](request) as suite:
        yield suite
