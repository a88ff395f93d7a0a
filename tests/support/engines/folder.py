"""The folder of a run's engines, and how a run, or the next one, cleans up after them."""

import fcntl
import json
import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from ipaddress import IPv4Network
from pathlib import Path

import psutil
from support.engines import firewall
from support.engines.addresses import free_block
from support.engines.commands import run
from support.engines.errors import CommandFailed
from support.engines.progress import Say

# Short: podman takes no path of 50 characters for its run folder, and sockets none of 108.
_PREFIX = "dialer-api-"
_STOP_LIMIT_S = 30
_POLL_S = 0.05


class EngineFolder:
    """Where the engines keep all that they have; its name holds the process that made it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def block(self) -> IPv4Network:
        """The addresses of this run's networks."""
        return IPv4Network(self._block_file.read_text())

    def make(self) -> None:
        """Make it, and write down what cleaning up has to know."""
        self.path.mkdir(mode=0o711)
        self._block_file.write_text(str(free_block()))
        firewall.keep(self._firewall_file)

    def clean(self) -> None:
        """End what runs in it, give back networks and rules, remove it; safe to repeat."""
        self._remove_podmans_containers()
        self._end_daemons()
        for mounted in reversed(self._mounts()):
            run("umount", "--lazy", mounted)
        # Without these, it was cut short while it was made, or removed.
        if self._block_file.exists() and self._firewall_file.exists():
            self._restore_network()
        shutil.rmtree(self.path, ignore_errors=True)

    def _restore_network(self) -> None:
        interfaces = self._interfaces()
        for name in interfaces:
            with suppress(CommandFailed):
                run("ip", "link", "delete", name)
        firewall.restore(self._firewall_file, self.block, interfaces)

    @property
    def podman_environment(self) -> dict[str, str]:
        """The variables that lead podman to this folder."""
        return {
            "CONTAINERS_CONF": str(self.path / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(self.path / "storage.conf"),
        }

    def pid_file(self, daemon: str) -> Path:
        """Where a daemon's process id is kept."""
        return self.path / f"{daemon}.pid"

    @property
    def _block_file(self) -> Path:
        return self.path / "block"

    @property
    def _firewall_file(self) -> Path:
        return self.path / "firewall"

    def _remove_podmans_containers(self) -> None:
        if not (self.path / "containers.conf").exists():
            return
        for command in (
            ("pod", "rm", "--all", "--force"),
            ("rm", "--all", "--force", "--time", "0"),
            ("network", "prune", "--force"),
        ):
            with suppress(CommandFailed):
                run("podman", *command, environment=self.podman_environment)

    def _end_daemons(self) -> None:
        for pid_file in self.path.glob("*.pid"):
            with suppress(ValueError, psutil.NoSuchProcess):
                daemon = psutil.Process(int(pid_file.read_text()))
                if str(self.path) in " ".join(daemon.cmdline()):
                    _end(daemon)

    def _mounts(self) -> list[str]:
        lines = Path("/proc/mounts").read_text().splitlines()
        points = [line.split()[1] for line in lines]
        return [point for point in points if Path(point).is_relative_to(self.path)]

    def _interfaces(self) -> list[str]:
        """The machine's interfaces with an address of this run's block."""
        return [
            link["ifname"]
            for link in json.loads(run("ip", "-json", "-4", "address", "show") or "[]")
            for address in link.get("addr_info", ())
            if IPv4Network(address["local"]).subnet_of(self.block)
        ]


@contextmanager
def engine_folder(say: Say) -> Iterator[EngineFolder]:
    """A new folder, cleaned up afterwards; those of runs that were killed are cleaned up first."""
    with _only_run(say):
        _clean_leftovers()
        folder = EngineFolder(on_disk() / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(3)}")
        try:
            folder.make()
            yield folder
        finally:
            folder.clean()


@contextmanager
def _only_run(say: Say) -> Iterator[None]:
    """One run at a time: a dockerd that starts empties the chains of those that run."""
    with (on_disk() / f"{_PREFIX}lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run has the engines of this machine; waiting for its end ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def on_disk() -> Path:
    """A folder for what is large: many machines keep /tmp in memory."""
    disk = Path("/var/tmp")
    return disk if disk.is_dir() else Path(tempfile.gettempdir())


def _clean_leftovers() -> None:
    for path in on_disk().glob(f"{_PREFIX}[0-9]*-*"):
        if not psutil.pid_exists(int(path.name.removeprefix(_PREFIX).split("-")[0])):
            EngineFolder(path).clean()


def _end(daemon: psutil.Process) -> None:
    """Politely, then not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(psutil.NoSuchProcess):
            daemon.send_signal(number)
        deadline = time.monotonic() + _STOP_LIMIT_S
        while daemon.is_running() and daemon.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > deadline:
                break
            time.sleep(_POLL_S)
        else:
            return
