"""Activity per agent, computed from its sums (contract: reports.md, agent-stats)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dialkit.collation import folded

from svc_reports.agent_stats.durations import SHOWN
from svc_reports.agent_stats.store import Agent, Sums
from svc_reports.rounding import percentage, rounded

FIELDS = (
    "user", "full_name", "user_group", "calls", "login_time", "total_talk_time", "avg_talk_time",
    "avg_wait_time", "pct_of_queue", "pause_time", "sessions", "avg_session", "pauses",
    "avg_pause_time", "pause_pct", "pauses_per_session", "wait_time", "talk_time", "dispo_time",
    "dead_time",
)  # fmt: skip
_Key = tuple[str, str]


class Activity:
    """The sums of each agent, or of each in each campaign, over the windows of a range."""

    def __init__(self) -> None:
        self._sums: dict[_Key, Sums] = {}

    def add(self, window: Iterable[Sums]) -> None:
        """Add what was done in a window."""
        for sums in window:
            key = (folded(sums.campaign_id or ""), folded(sums.user or ""))
            before = self._sums.get(key)
            self._sums[key] = sums if before is None else _together(before, sums)

    @property
    def users(self) -> list[str]:
        """The logins of the agents."""
        return sorted({sums.user for sums in self._sums.values() if sums.user})

    def shown(
        self, agents: Iterable[Agent], time_format: str, *, by_campaign: bool
    ) -> list[dict[str, Any]]:
        """A row an agent, by login; by campaign and login if they are grouped."""
        by_login = {folded(agent.user): agent for agent in agents}
        all_calls = sum(sums.calls for sums in self._sums.values())
        rows = []
        for (_, login), sums in sorted(self._sums.items()):
            agent = by_login.get(login, Agent(login, None, None))
            figures = _figures(sums, all_calls)
            values = {name: SHOWN[time_format](name, value) for name, value in figures.items()}
            who = {"user": sums.user, "full_name": agent.full_name, "user_group": agent.user_group}
            campaign = {"campaign_id": sums.campaign_id} if by_campaign else {}
            rows.append(campaign | who | values)
        return rows


def fields(*, by_campaign: bool) -> Sequence[str]:
    """The names of a row's values."""
    return ("campaign_id", *FIELDS) if by_campaign else FIELDS


def _figures(sums: Sums, all_calls: int) -> dict[str, Any]:
    login_s = sums.pause_s + sums.wait_s + sums.talk_s + sums.dispo_s
    if sums.first_epoch is not None and sums.last_epoch is not None:
        login_s = min(login_s, sums.last_epoch - sums.first_epoch)
    customer_s = sums.talk_s - sums.dead_s
    sessions = max(sums.logins, 1)
    return {
        "calls": sums.calls,
        "login_time": login_s,
        "total_talk_time": customer_s,
        "avg_talk_time": rounded(customer_s, sums.calls),
        "avg_wait_time": rounded(sums.wait_s, sums.calls),
        "pct_of_queue": percentage(sums.calls, all_calls),
        "pause_time": sums.pause_s,
        "sessions": sessions,
        "avg_session": rounded(login_s, sessions),
        "pauses": sums.pauses,
        "avg_pause_time": rounded(sums.pause_s, sums.pauses),
        "pause_pct": percentage(sums.pause_s, login_s),
        "pauses_per_session": rounded(sums.pauses, sessions),
        "wait_time": sums.wait_s,
        "talk_time": sums.talk_s,
        "dispo_time": sums.dispo_s,
        "dead_time": sums.dead_s,
    }


def _together(one: Sums, other: Sums) -> Sums:
    firsts = [epoch for epoch in (one.first_epoch, other.first_epoch) if epoch is not None]
    lasts = [epoch for epoch in (one.last_epoch, other.last_epoch) if epoch is not None]
    added = [mine + theirs for mine, theirs in zip(one[2:-2], other[2:-2], strict=True)]
    epochs = min(firsts, default=None), max(lasts, default=None)
    return Sums._make([one.campaign_id, one.user, *added, *epochs])
