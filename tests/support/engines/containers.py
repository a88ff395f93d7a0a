"""Containers of tests: on a network of their own, waited for by health, removed afterwards."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docker.errors import NotFound
from docker.models.containers import Container
from docker.models.networks import Network
from support.engines.daemon import wait_until
from support.engines.engine import Engine
from support.engines.errors import CommandFailed

_HEALTH_LIMIT_S = 90
_LAST_LINES = 30


@contextmanager
def network(engine: Engine) -> Iterator[Network]:
    """A network of the test's own, whose containers know one another by their aliases."""
    made = engine.client.networks.create(f"dialer-{secrets.token_hex(4)}", driver="bridge")
    try:
        yield made
    finally:
        made.remove()


def created(engine: Engine, image: str, network: Network, alias: str, **options: Any) -> Container:
    """A container in that network, not started yet."""
    name = str(network.name)
    endpoint = engine.client.api.create_endpoint_config(aliases=[alias])
    return engine.client.containers.create(
        image,
        name=f"{alias}-{secrets.token_hex(4)}",
        network=name,
        networking_config={name: endpoint},
        **options,
    )


def wait_until_healthy(engine: Engine, container: Container) -> None:
    """Come back when the container's health check succeeds. Raises: CommandFailed with its log."""

    def ended_or_healthy() -> bool:
        container.reload()
        return container.status in {"exited", "dead"} or engine.is_healthy(container)

    def said() -> str:
        return f"{container.name} is {container.status}, not healthy:\n{log_of(container)}"

    wait_until(ended_or_healthy, time_limit_s=_HEALTH_LIMIT_S, otherwise=said)
    container.reload()
    if container.status != "running":
        raise CommandFailed(said())


def log_of(container: Container) -> str:
    """The last lines that it said."""
    return container.logs(tail=_LAST_LINES).decode(errors="replace")


def published(container: Container, port: int) -> int:
    """The port of this machine that leads to one of the container's."""
    container.reload()
    (binding, *_) = container.ports[f"{port}/tcp"] or [{}]
    return int(binding["HostPort"])


def remove(container: Container) -> None:
    """Remove it with its volumes; no matter whether it runs, or is gone."""
    try:
        container.remove(force=True, v=True)
    except NotFound:
        return
