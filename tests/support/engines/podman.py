"""podman with a store, networks and locks of this run's own; by command line and by its socket."""

import json
import subprocess
from ipaddress import IPv4Network
from typing import BinaryIO

import docker
from docker.models.containers import Container
from support.engines.addresses import default_subnet, pool
from support.engines.commands import run
from support.engines.daemon import WITHOUT_REGISTRY, Daemon, connect
from support.engines.errors import CommandFailed
from support.engines.folder import EngineFolder

# Without the limits, a container gets ones that a process without CAP_SYS_RESOURCE may not set;
# with locks in shared memory, a new store would free those of the machine's own podman.
_CONTAINERS = """\
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=8192:8192"]
log_driver = "k8s-file"

[network]
network_backend = "netavark"
network_config_dir = "{path}/networks"
default_subnet = "{default}"
default_subnet_pools = [{{"base" = "{pool}", "size" = 24}}]

[engine]
runtime = "runc"
events_logger = "file"
lock_type = "file"
tmp_dir = "{path}/podman-tmp"
"""
_STORAGE = """\
[storage]
driver = "overlay"
runroot = "{path}/run"
graphroot = "{path}/podman-store"
"""
_NETWORK_ID = "d1a1e4a9" * 8


class Podman:
    """podman's command line, and a client of its API."""

    name = "podman"
    command = "podman"

    def __init__(self, folder: EngineFolder, block: IPv4Network) -> None:
        self.environment = folder.podman_environment
        self._folder = folder
        self._block = block
        socket = folder.path / "podman.sock"
        self._service = Daemon(
            ("podman", "system", "service", "--time=0", f"unix://{socket}"),
            socket=socket,
            pid_file=folder.pid_file("podman"),
        )
        self.host = self._service.host
        self.client: docker.DockerClient

    def start(self) -> None:
        """Write its configuration and start its socket. Raises: EngineMissing."""
        path, block = self._folder.path, self._block
        (path / "storage.conf").write_text(_STORAGE.format(path=path))
        (path / "networks").mkdir()
        (path / "networks" / "podman.json").write_text(json.dumps(_default_network(block)))
        (path / "containers.conf").write_text(
            _CONTAINERS.format(path=path, default=default_subnet(block), pool=pool(block))
        )
        self._service.start({**self.environment, **WITHOUT_REGISTRY})
        self.client = connect(self.host)

    def stop(self) -> None:
        """End the socket; containers are the folder's matter."""
        self.client.close()
        self._service.stop()

    def run(
        self,
        *arguments: str,
        stdin: BinaryIO | int = subprocess.DEVNULL,
        time_limit_s: float = 120,
    ) -> str:
        """What `podman ...` prints. Raises: CommandFailed."""
        return run(
            "podman",
            *arguments,
            environment=self.environment,
            stdin=stdin,
            time_limit_s=time_limit_s,
        )

    def is_healthy(self, container: Container) -> bool:
        """Run its health check once: no timer does that here."""
        try:
            self.run("healthcheck", "run", str(container.id))
        except CommandFailed:
            return False
        return True


def _default_network(block: IPv4Network) -> dict[str, object]:
    """The network that podman would else make with addresses and an interface that all share."""
    subnet = default_subnet(block)
    return {
        "name": "podman",
        "id": _NETWORK_ID,
        "driver": "bridge",
        "network_interface": f"dialer{int(block.network_address) >> 13 & 0x1FF}p",
        "subnets": [{"subnet": str(subnet), "gateway": str(subnet.network_address + 1)}],
        "ipv6_enabled": False,
        "internal": False,
        "dns_enabled": False,
        "ipam_options": {"driver": "host-local"},
    }
