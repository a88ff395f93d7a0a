"""The suite as it runs in containers, whoever runs them: what tests ask for."""

from collections.abc import Sequence
from typing import Protocol

from support.engines.daemon import wait_until
from support.engines.errors import CommandFailed

SERVICES = ("svc-leads", "svc-lists", "svc-users", "svc-telephony", "svc-reports")
# Of these there are two, so that one may go.
DOUBLED = ("gateway", "svc-leads")

_READY_LIMIT_S = 90


class Running(Protocol):
    """A suite that runs. A pod, or container, goes by its name."""

    name: str

    def address(self) -> str:
        """Where people reach the suite, as a URL."""

    def gateways(self) -> Sequence[str]:
        """Where the gateways of this moment are reached, as URLs."""

    def pods(self, program: str) -> Sequence[str]:
        """Those of a program that run."""

    def add(self, program: str) -> str:
        """Start one more of a program and wait until it is ready; its name."""

    def terminate(self, pod: str) -> int:
        """Send SIGTERM and wait for the end; the exit code."""

    def kill(self, pod: str) -> None:
        """End it at once."""

    def inside(self, pod: str, *command: str) -> str:
        """What the command prints inside. Raises: CommandFailed."""

    def setup(self, command: str, *arguments: str) -> None:
        """Run `python -m deploy.setup`, with the database and the secrets at hand.

        The pods see the secrets as they are then. Raises: CommandFailed.
        """

    def secret(self, program: str, name: str) -> str:
        """What the file of that secret holds."""


def wait_until_ready(running: Running, pod: str) -> None:
    """Come back when the health command of the pod's image succeeds. Raises: EngineMissing."""

    def is_ready() -> bool:
        try:
            running.inside(pod, "python", "-m", "dialkit.healthcheck")
        except CommandFailed:
            return False
        return True

    wait_until(
        is_ready,
        time_limit_s=_READY_LIMIT_S,
        otherwise=lambda: f"{pod} is not ready after {_READY_LIMIT_S} s",
    )
