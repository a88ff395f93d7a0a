"""What tests know of an engine that speaks Docker's API."""

from collections.abc import Mapping
from typing import Protocol

import docker
from docker.models.containers import Container


class Engine(Protocol):
    """One that has been started."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def command(self) -> str:
        """Its command line: docker or podman."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that lead the command line to it."""

    @property
    def host(self) -> str:
        """What DOCKER_HOST says for it."""

    @property
    def client(self) -> docker.DockerClient:
        """The SDK's client of it."""

    def start(self) -> None:
        """Start it and wait until it answers. Raises: EngineMissing."""

    def stop(self) -> None:
        """End it."""

    def is_healthy(self, container: Container) -> bool:
        """Whether the container's health check says so."""
