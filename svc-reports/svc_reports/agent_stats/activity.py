"""Activity per agent, computed from its sums (contract: reports.md, agent-stats)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dialkit.collation import folded
from dialkit.db import Row

from svc_reports.agent_stats.durations import Write, is_duration
from svc_reports.agent_stats.store import Agent, Sums
from svc_reports.rounding import percentage, rounded

_Key = tuple[str, str]


class Figures(NamedTuple):
    """What the contract tells of an agent, in its order."""

    calls: int
    login_time: int
    total_talk_time: int
    avg_talk_time: int
    avg_wait_time: int
    pct_of_queue: float
    pause_time: int
    sessions: int
    avg_session: int
    pauses: int
    avg_pause_time: int
    pause_pct: float
    pauses_per_session: int
    wait_time: int
    talk_time: int
    dispo_time: int
    dead_time: int


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

    def rows(self, agents: Iterable[Agent], write: Write, *, by_campaign: bool) -> list[Row]:
        """A row an agent, by login; by campaign and login if they are grouped.

        Its values are those of `field_names`, durations as `write` writes them.
        """
        by_login = {folded(agent.user): agent for agent in agents}
        all_calls = sum(sums.calls for sums in self._sums.values())
        rows = []
        for (_, login), sums in sorted(self._sums.items()):
            agent = by_login.get(login, Agent(login, None, None))
            figures = _figures(sums, all_calls)._asdict().items()
            values = (write(value) if is_duration(name) else value for name, value in figures)
            campaign = (sums.campaign_id,) if by_campaign else ()
            rows.append((*campaign, sums.user, agent.full_name, agent.user_group, *values))
        return rows


def field_names(*, by_campaign: bool) -> Sequence[str]:
    """The names of a row's values."""
    names = ("user", "full_name", "user_group", *Figures._fields)
    return ("campaign_id", *names) if by_campaign else names


def _figures(sums: Sums, all_calls: int) -> Figures:
    login_s = sums.pause_s + sums.wait_s + sums.talk_s + sums.dispo_s
    if sums.first_epoch is not None and sums.last_epoch is not None:
        login_s = min(login_s, sums.last_epoch - sums.first_epoch)
    customer_s = sums.talk_s - sums.dead_s
    sessions = max(sums.logins, 1)
    return Figures(
        calls=sums.calls,
        login_time=login_s,
        total_talk_time=customer_s,
        avg_talk_time=rounded(customer_s, sums.calls),
        avg_wait_time=rounded(sums.wait_s, sums.calls),
        pct_of_queue=percentage(sums.calls, all_calls),
        pause_time=sums.pause_s,
        sessions=sessions,
        avg_session=rounded(login_s, sessions),
        pauses=sums.pauses,
        avg_pause_time=rounded(sums.pause_s, sums.pauses),
        pause_pct=percentage(sums.pause_s, login_s),
        pauses_per_session=rounded(sums.pauses, sessions),
        wait_time=sums.wait_s,
        talk_time=sums.talk_s,
        dispo_time=sums.dispo_s,
        dead_time=sums.dead_s,
    )


def _together(one: Sums, other: Sums) -> Sums:
    firsts = [epoch for epoch in (one.first_epoch, other.first_epoch) if epoch is not None]
    lasts = [epoch for epoch in (one.last_epoch, other.last_epoch) if epoch is not None]
    added = [mine + theirs for mine, theirs in zip(one[2:-2], other[2:-2], strict=True)]
    epochs = min(firsts, default=None), max(lasts, default=None)
    return Sums._make([one.campaign_id, one.user, *added, *epochs])
