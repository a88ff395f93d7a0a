"""dockerd with data and networks of this run's own, or the Docker engine that is there already."""

import os
from ipaddress import IPv4Network
from pathlib import Path

import docker
from docker.models.containers import Container
from support.engines.addresses import default_subnet, pool
from support.engines.commands import run
from support.engines.daemon import WITHOUT_REGISTRY, Daemon, connect, listens
from support.engines.engine import Engine
from support.engines.errors import CommandFailed, EngineMissing
from support.engines.folder import EngineFolder

from deploy.local.docker_server import docker_answers

_MACHINES_OWN = "unix:///var/run/docker.sock"
_ADDED = ("python:", "mariadb:", "dialer-api/")


class Dockerd:
    """A Docker daemon of its own."""

    name = "dockerd"
    command = "docker"

    def __init__(self, folder: EngineFolder, block: IPv4Network) -> None:
        socket = folder.path / "docker.sock"
        self._bridge = f"dialer{int(block.network_address) >> 13 & 0x1FF}d"
        self._block = block
        self._daemon = Daemon(
            (
                # What it mounts is gone with it.
                *("unshare", "--mount", "--propagation", "slave", "dockerd"),
                *("--host", f"unix://{socket}"),
                *("--data-root", str(folder.path / "docker-data")),
                *("--exec-root", str(folder.path / "docker-run")),
                *("--pidfile", str(folder.path / "dockerd-own.pid")),
                *("--bridge", self._bridge),
                *("--default-address-pool", f"base={pool(block)},size=24"),
            ),
            socket=socket,
            pid_file=folder.pid_file("dockerd"),
        )
        self.host = self._daemon.host
        # Debian's dockerd has no BuildKit.
        self.environment = {"DOCKER_HOST": self.host, "DOCKER_BUILDKIT": "0"}
        self.client: docker.DockerClient

    def start(self) -> None:
        """Make its bridge, start it and wait until it answers. Raises: EngineMissing."""
        subnet = default_subnet(self._block)
        gateway = f"{subnet.network_address + 1}/{subnet.prefixlen}"
        try:
            # Its default, docker0, may be the machine's own.
            run("ip", "link", "add", "name", self._bridge, "type", "bridge")
            run("ip", "address", "add", gateway, "dev", self._bridge)
            run("ip", "link", "set", self._bridge, "up")
        except CommandFailed as failed:
            raise EngineMissing(f"dockerd gets no bridge: {failed}") from failed
        self._daemon.start(WITHOUT_REGISTRY)
        self.client = connect(self.host)

    def stop(self) -> None:
        """Remove containers and networks, and end it."""
        for container in self.client.containers.list(all=True, ignore_removed=True):
            container.remove(force=True, v=True)
        self.client.networks.prune()
        self.client.close()
        self._daemon.stop()

    def is_healthy(self, container: Container) -> bool:
        """Whether its last health check went well."""
        return docker_health(container)


def docker_health(container: Container) -> bool:
    """What Docker says of the container's health."""
    container.reload()
    return container.health == "healthy"


class MachinesDocker:
    """The Docker engine that this machine runs already.

    A second dockerd beside it would empty its chains of the packet filter.
    """

    name = "the machine's Docker"
    command = "docker"

    def __init__(self) -> None:
        self.host = os.environ.get("DOCKER_HOST", _MACHINES_OWN)
        self.environment = {"DOCKER_HOST": self.host}
        self.client: docker.DockerClient
        self._before: set[str] = set()

    def start(self) -> None:
        """Connect."""
        self.client = connect(self.host)
        self._before = self._images()

    def stop(self) -> None:
        """Take away the images that this run added, stand-ins above all, and disconnect."""
        for image in self._images() - self._before:
            self.client.images.remove(image, force=True)
        self.client.close()

    def _images(self) -> set[str]:
        """The names of those that a run of these tests may add."""
        return {
            tag
            for image in self.client.images.list()
            for tag in image.tags
            if tag.startswith(_ADDED)
        }

    def is_healthy(self, container: Container) -> bool:
        """Whether its last health check went well."""
        return docker_health(container)


def docker_of_run(folder: EngineFolder, block: IPv4Network) -> Engine:
    """The engine that is there, else one of this run's own; not started yet."""
    return MachinesDocker() if _machine_has_one() else Dockerd(folder, block)


def _machine_has_one() -> bool:
    scheme, _, path = os.environ.get("DOCKER_HOST", _MACHINES_OWN).partition("://")
    return (scheme != "unix" or listens(Path(path))) and docker_answers()
