"""Fixtures: the engines of a run, started once, with the images in them.

`podman` and `dockerd` have the base images; `podman_with_suite` and `dockerd_with_suite` have the
suite's too. Where one cannot start, its tests are left out, and the summary says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import pytest
from docker.errors import DockerException
from requests.exceptions import RequestException
from support.engines.ahead import Ahead, needs_engines
from support.engines.bases import PYTHON, ensure_bases
from support.engines.dockerd import docker_of_run
from support.engines.engine import Engine
from support.engines.errors import EngineMissing
from support.engines.folder import EngineFolder, engine_folder
from support.engines.podman import Podman
from support.engines.progress import Progress, timed
from support.engines.report import PROOF, Proof
from support.engines.suite_images import SuiteImages

AnyEngine = TypeVar("AnyEngine", bound=Engine)
_AHEAD = pytest.StashKey[Ahead]()
_PROBE_LIMIT_S = 60


def pytest_configure(config: pytest.Config) -> None:
    config.stash[PROOF] = Proof()
    config.stash[_AHEAD] = Ahead()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no engine is first."""
    items.sort(key=needs_engines)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let what engines need be made meanwhile."""
    if any(map(needs_engines, session.items)) and not session.config.option.collectonly:
        session.config.stash[_AHEAD].begin()


@pytest.fixture(scope="session")
def engines(request: pytest.FixtureRequest, progress: Progress) -> EngineMissing | None:
    """What the engines need is there; or why it is not.

    To be named by whatever asks for an engine by `getfixturevalue`, which nobody sees beforehand.
    """
    try:
        request.config.stash[_AHEAD].wait(progress)
    except EngineMissing as missing:
        return missing
    return None


@pytest.fixture(scope="session")
def progress(request: pytest.FixtureRequest) -> Progress:
    """Shows a line to the person who waits."""
    return Progress(request.config)


@pytest.fixture(scope="session")
def proof(request: pytest.FixtureRequest) -> Proof:
    """Where tests note what they have proven, for the summary."""
    return request.config.stash[PROOF]


@pytest.fixture(scope="session")
def podman(_podman: Podman | EngineMissing, proof: Proof) -> Podman:
    """podman, with the images of Python and MariaDB."""
    if isinstance(_podman, EngineMissing):
        _leave_out("what podman runs", _podman, proof)
    return _podman


@pytest.fixture(scope="session")
def dockerd(_dockerd: Engine | EngineMissing, proof: Proof) -> Engine:
    """dockerd, with the images of Python and MariaDB."""
    if isinstance(_dockerd, EngineMissing):
        _leave_out("what dockerd runs", _dockerd, proof)
    return _dockerd


@pytest.fixture(scope="session")
def podman_with_suite(podman: Podman, _suite_images: SuiteImages) -> Podman:
    """podman, with the images of all programs."""
    _suite_images.provide(podman)
    return podman


@pytest.fixture(scope="session")
def dockerd_with_suite(dockerd: Engine, _suite_images: SuiteImages) -> Engine:
    """dockerd, with the images of all programs."""
    _suite_images.provide(dockerd)
    return dockerd


@pytest.fixture(scope="session")
def _suite_images(
    _dockerd: Engine | EngineMissing,
    _podman: Podman | EngineMissing,
    progress: Progress,
) -> SuiteImages:
    """Built by dockerd where there is one: it commits a layer three times as fast as podman."""
    builder = _podman if isinstance(_dockerd, EngineMissing) else _dockerd
    assert not isinstance(builder, EngineMissing)
    return SuiteImages(builder, progress)


@pytest.fixture(scope="session")
def _podman(
    _folder: EngineFolder | EngineMissing, progress: Progress
) -> Iterator[Podman | EngineMissing]:
    if isinstance(_folder, EngineMissing):
        yield _folder
        return
    block, _ = _folder.block.subnets()
    with _started(Podman(_folder, block), _folder, progress) as podman:
        yield podman


@pytest.fixture(scope="session")
def _dockerd(
    _folder: EngineFolder | EngineMissing, progress: Progress
) -> Iterator[Engine | EngineMissing]:
    if isinstance(_folder, EngineMissing):
        yield _folder
        return
    _, block = _folder.block.subnets()
    with _started(docker_of_run(_folder, block), _folder, progress) as dockerd:
        yield dockerd


@pytest.fixture(scope="session")
def _folder(
    engines: EngineMissing | None, progress: Progress
) -> Iterator[EngineFolder | EngineMissing]:
    if engines is not None:
        yield engines
        return
    with engine_folder(progress) as folder:
        yield folder
        progress("Cleaning up after the engines ...")


@contextmanager
def _started(
    engine: AnyEngine, folder: EngineFolder, progress: Progress
) -> Iterator[AnyEngine | EngineMissing]:
    """The engine with the base images, seen to run a container; else why that is impossible."""
    try:
        with timed(progress, f"Starting {engine.name}"):
            engine.start()
    except EngineMissing as missing:
        yield missing
        return
    try:
        ensure_bases(engine, progress)
        _probe(engine)
    except EngineMissing as missing:
        yield missing
    else:
        yield engine
    finally:
        engine.stop()


def _probe(engine: Engine) -> None:
    """Run a container; not with `run`, whose look at the log podman may never answer."""
    try:
        container = engine.client.containers.create(PYTHON, ["true"])
        try:
            container.start()
            code = container.wait(timeout=_PROBE_LIMIT_S)["StatusCode"]
        finally:
            container.remove(force=True)
    except (DockerException, RequestException) as error:
        raise EngineMissing(f"{engine.name} cannot run a container here: {error}") from error
    if code:
        raise EngineMissing(f"{engine.name} cannot run a container here: it ended with {code}")


def _leave_out(what: str, missing: EngineMissing, proof: Proof) -> NoReturn:
    proof.was_only_checked(what, because=str(missing))
    pytest.skip(str(missing))
