"""The compose files as `docker compose` understands them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain, combinations
from pathlib import Path
from typing import Any, NamedTuple

Service = dict[str, Any]

FOLDER = Path(__file__).parents[1]
PROFILES = ("monitoring", "redis")

COMPOSE = Path(sys.executable).with_name("docker-compose")
_FILES = {False: ("compose.yaml",), True: ("compose.yaml", "compose.existing.yaml")}
_SITE = {"DB_HOST": "192.0.2.10", "REPORT_DB_HOST": "192.0.2.11"}
_CHOICES = tuple(chain.from_iterable(combinations(PROFILES, n) for n in range(len(PROFILES) + 1)))


class Suite(NamedTuple):
    """A choice: on a VICIdial that exists or on a database of its own, with these profiles."""

    existing: bool
    profiles: tuple[str, ...]

    def __str__(self) -> str:
        """`existing+redis`."""
        return "+".join(("existing" if self.existing else "own", *self.profiles))


EVERY_SUITE = tuple(Suite(existing, chosen) for existing in (False, True) for chosen in _CHOICES)
# These two hold all services that there are.
OWN = Suite(False, PROFILES)
EXISTING = Suite(True, (*PROFILES, "setup"))


@cache
def composed(suite: Suite) -> dict[str, Any]:
    """All of it, with nothing set by the user but which servers exist, where some do."""
    return composed_with(suite, _SITE if suite.existing else {})


def composed_with(suite: Suite, variables: Mapping[str, str]) -> dict[str, Any]:
    """The same with variables of the user's. Raises: RuntimeError, also for a mere warning."""
    files = chain.from_iterable(("-f", str(FOLDER / name)) for name in _FILES[suite.existing])
    profiles = chain.from_iterable(("--profile", name) for name in suite.profiles)
    run = subprocess.run(
        # Nobody's own .env.
        [COMPOSE, "--env-file", os.devnull, *files, *profiles, "config", "--format", "json"],
        env={"PATH": os.environ["PATH"], "HOME": str(FOLDER), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode or run.stderr:
        raise RuntimeError(f"docker compose config: {run.stderr}")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def services(suite: Suite) -> dict[str, Service]:
    """The services of a choice, by name."""
    found: dict[str, Service] = composed(suite)["services"]
    return found


def ours(suite: Suite) -> list[str]:
    """The names of those that run an image of ours."""
    return [name for name, one in services(suite).items() if one["image"].startswith("dialer-api/")]


def members(suite: Suite, network: str) -> set[str]:
    """Who is in a network."""
    return {name for name, one in services(suite).items() if network in one.get("networks", ())}


def variables(service: Service) -> dict[str, str | None]:
    """A service's environment; None stands for what the user may set."""
    return dict(service.get("environment") or {})


def mounts(service: Service) -> set[tuple[str, str, bool]]:
    """What is mounted where: source, target, whether it can be written."""
    return {
        (one.get("source", ""), one["target"], not one.get("read_only", False))
        for one in service.get("volumes", ())
    }


def of_every(suites: Iterable[Suite], names: Iterable[str]) -> list[tuple[Suite, str]]:
    """The services of these names in each choice that has them."""
    wanted = set(names)
    return [(suite, name) for suite in suites for name in services(suite) if name in wanted]
