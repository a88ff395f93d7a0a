"""The launcher of a user who has Docker, and neither MariaDB nor root's rights."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from docker.models.containers import Container
from support.engines.bases import MARIADB
from support.engines.containers import remove
from support.engines.daemon import wait_until
from support.engines.dockerd import MachinesDocker
from support.engines.engine import Engine
from support.engines.errors import EngineMissing
from support.engines.report import Proof
from support.engines.stranger import USER, as_stranger
from support.launcher import ROOT, Launcher, answer_of, command

from deploy.local.find_server import find_programs

_END_LIMIT_S = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    """The launcher's; not pytest's own, which is closed to others."""
    with tempfile.TemporaryDirectory(prefix="launcher-", dir="/var/tmp") as name:
        path = Path(name)
        path.chmod(0o755)
        kept = path / "kept"
        kept.mkdir()
        os.chown(kept, USER, USER)
        yield kept


@pytest.fixture(params=["dockerd"])
def engine(
    request: pytest.FixtureRequest, engines: EngineMissing | None, folder: Path
) -> Iterator[Engine]:
    """An engine that the stranger may use; no container is left when the folder goes."""
    assert folder.exists()
    found: Engine = request.getfixturevalue(request.param)
    os.chown(found.host.removeprefix("unix://"), USER, USER)
    yield found
    for left in containers(found):
        remove(left)


@pytest.mark.parametrize("engine", ["podman"], indirect=True)
def test_the_suite_runs_on_a_container_that_ends_with_it_while_the_data_stays(
    engine: Engine, folder: Path, proof: Proof
) -> None:
    with launched(engine, folder) as launcher:
        added = answer_of(launcher.commands()[0])
        during = containers(engine)
        code = ended(launcher, signal.SIGINT)
    after = containers(engine)
    with launched(engine, folder) as again:
        search = again.commands()[2].replace("5551234567", "5552340001")
        found = answer_of(search)["data"]
        ended(again, signal.SIGTERM)

    assert any("using Docker" in line for line in launcher.printed)
    assert not any("demo rows" in line for line in again.printed)
    assert added["success"]
    assert len(during) == 1
    assert code == 0
    assert after == []
    assert [row["lead_id"] for row in found] == [added["data"]["lead_id"]]
    assert {path.stat().st_uid for path in folder.rglob("*")} == {USER}
    proof.has_run(f"the launcher without root and MariaDB, on {engine.name}")


def test_what_a_killed_launcher_left_is_replaced(
    engine: Engine, folder: Path, proof: Proof
) -> None:
    with launched(engine, folder) as launcher:
        added = answer_of(launcher.commands()[0])
        (left,) = containers(engine)
        ended(launcher, signal.SIGKILL)
    still_there = containers(engine)
    with launched(engine, folder) as again:
        search = again.commands()[2].replace("5551234567", "5552340001")
        found = answer_of(search)["data"]
        (new,) = containers(engine)
        code = ended(again, signal.SIGINT)

    assert any("using Docker" in line for line in launcher.printed)
    assert not any("demo rows" in line for line in again.printed)
    assert [one.id for one in still_there] == [left.id]
    assert new.id != left.id
    assert new.name == left.name
    assert [row["lead_id"] for row in found] == [added["data"]["lead_id"]]
    assert code == 0
    assert containers(engine) == []
    assert {path.stat().st_uid for path in folder.rglob("*")} == {USER}
    proof.has_run(f"the launcher without root and MariaDB, killed and again, on {engine.name}")


def test_a_first_start_that_was_cut_short_spoils_nothing(engine: Engine, folder: Path) -> None:
    with started(engine, folder) as process:
        wait_until(
            lambda: containers(engine) and any((folder / "db" / "docker-data").iterdir()),
            time_limit_s=_END_LIMIT_S,
            otherwise=lambda: "no container",
        )
        containers(engine)[0].kill()
        os.killpg(process.pid, signal.SIGKILL)
    with launched(engine, folder) as launcher:
        lead = answer_of(launcher.commands()[1])
        ended(launcher, signal.SIGINT)

    assert lead["data"]["lead_id"] == 12345


def test_without_image_and_registry_one_line_says_so(engine: Engine, folder: Path) -> None:
    if isinstance(engine, MachinesDocker):
        pytest.skip("the machine's own Docker may have a registry")
    image = engine.client.images.get(MARIADB)
    image.tag("kept-by-test", "latest")
    engine.client.images.remove(MARIADB)
    try:
        said = finished(engine.host, folder)
    finally:
        image.tag(*MARIADB.rsplit(":", 1))
        engine.client.images.remove("kept-by-test:latest")

    assert said.returncode == 1
    assert "mariadb:10.11" in said.stderr
    assert "cannot fetch" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_without_docker_one_line_says_what_to_install(folder: Path) -> None:
    said = finished(f"unix://{folder}/nobody.sock", folder)

    assert said.returncode == 1
    assert "start Docker" in said.stderr
    assert len(said.stderr.splitlines()) == 1


@contextmanager
def launched(engine: Engine, folder: Path) -> Iterator[Launcher]:
    """The stranger's launcher, ready."""
    with started(engine, folder) as process:
        launcher = Launcher(process)
        launcher.wait_until_ready()
        yield launcher


@contextmanager
def started(engine: Engine, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        **stranger(engine.host, folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def finished(docker_host: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        **stranger(docker_host, folder), capture_output=True, timeout=_END_LIMIT_S, check=False
    )


def stranger(docker_host: str, folder: Path) -> dict[str, Any]:
    run = command(folder, DOCKER_HOST=docker_host, HOME=str(folder))
    programs = find_programs()
    found = (programs.server, programs.install_db) if programs else ()
    stage = folder.parent / "stage"
    stage.mkdir(exist_ok=True)
    return run | {
        "args": as_stranger(
            run["args"],
            hidden={Path(path).resolve() for path in found},
            needed=(Path(sys.base_prefix), Path(sys.prefix), ROOT),
            stage=stage,
        )
    }


def containers(engine: Engine) -> list[Container]:
    """Those of launchers, ended ones too."""
    return engine.client.containers.list(
        all=True, filters={"name": "dialer-api-db-"}, ignore_removed=True
    )


def ended(launcher: Launcher, number: int) -> int:
    """Send the signal as a terminal does; the exit code, when the container is gone, too."""
    os.killpg(launcher.process.pid, number)
    launcher.process.communicate(timeout=_END_LIMIT_S)
    return launcher.process.returncode
