"""How many rows the logs get."""

from dataclasses import dataclass

# After so many records with a call comes one without: a pause or a login.
BREAK_AFTER = 14


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Rows of the four logs that decide about all others; leads only if a number is given."""

    calls: int
    """vicidial_log"""
    inbound: int
    """vicidial_closer_log"""
    agent_events: int
    """vicidial_agent_log"""
    recordings: int
    """recording_log"""
    leads: int = 0
    """vicidial_list"""

    def __post_init__(self) -> None:
        if not (self.answered <= self.calls and self.recordings <= self.handled):
            raise ValueError(f"agents have fewer calls than that: {self}")

    @property
    def breaks(self) -> int:
        """Records of agents without a call."""
        return self.agent_events // (BREAK_AFTER + 1)

    @property
    def handled(self) -> int:
        """Calls of both kinds that an agent took."""
        return self.agent_events - self.breaks

    @property
    def taken(self) -> int:
        """Inbound calls that an agent took."""
        return min(self.inbound * 4 // 5, self.handled)

    @property
    def answered(self) -> int:
        """Outbound calls that an agent took."""
        return self.handled - self.taken

    @property
    def called_leads(self) -> int:
        """The leads that calls belong to, whether they are inserted or not."""
        return self.leads or max(self.calls // 5, 1)


SMALL = Sizes(calls=60_000, inbound=12_000, agent_events=36_000, recordings=12_000)
MEDIUM = Sizes(calls=500_000, inbound=100_000, agent_events=300_000, recordings=100_000)
LARGE = Sizes(calls=5_000_000, inbound=1_000_000, agent_events=3_000_000, recordings=1_000_000)
SIZES = {"small": SMALL, "medium": MEDIUM, "large": LARGE}
