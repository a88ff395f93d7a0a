"""What a run has proven, told in pytest's summary: by running it, or by reading only."""

from dataclasses import dataclass, field

import pytest


@dataclass
class Proof:
    """What ran for real, and what could not, with the reason."""

    ran: dict[str, None] = field(default_factory=dict)
    only_checked: dict[str, str] = field(default_factory=dict)

    def has_run(self, what: str) -> None:
        """Note something that was proven by running it."""
        self.ran[what] = None

    def was_only_checked(self, what: str, *, because: str) -> None:
        """Note something that stands on static checks alone in this run."""
        self.only_checked[what] = because


# What no run here can prove: it takes a cluster. deploy/check/test_manifests_*.py read it.
ONLY_READ = (
    "admission",
    "rollouts",
    "Services and the Ingress",
    "autoscaling",
    "network policies",
    "probes and hooks as the kubelet runs them",
)

PROOF = pytest.StashKey[Proof]()


def write_summary(terminal: pytest.TerminalReporter, proof: Proof) -> None:
    """The section at the end of the run; loud where an engine was missing."""
    terminal.section("what was proven", "=", bold=True)
    for what in proof.ran:
        terminal.write_line(f"ran: {what}", green=True)
    for what in ONLY_READ:
        terminal.write_line(f"only read: {what}", yellow=True)
    for what, because in proof.only_checked.items():
        terminal.write_line(f"ONLY CHECKED STATICALLY: {what}, because {because}", red=True)
