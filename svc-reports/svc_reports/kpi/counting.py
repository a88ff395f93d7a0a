"""Dispositions merged over the windows of a range (contract: GET /kpi/dispositions)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dialkit.collation import folded

from svc_reports.kpi.store import Ended
from svc_reports.lengths import Counted
from svc_reports.rounding import percentage


@dataclass
class Disposition(Counted):
    """Calls of a group that ended with one status."""

    status: str = ""

    def shown(self, total_calls: int) -> dict[str, Any]:
        """As the contract has it."""
        return {
            "status": self.status,
            "count": self.calls,
            "percentage": percentage(self.calls, total_calls),
            "avg_talk_time": self.average_length,
            "total_talk_time": self.length_s,
        }


@dataclass
class Group:
    """The calls of a campaign, of a list, or of a list in a campaign."""

    campaign_id: str | None
    list_id: int | None
    by_status: dict[str, Disposition] = field(default_factory=dict)

    @property
    def order(self) -> tuple[bool, str, int]:
        """By campaign, then by list; what has none comes first."""
        campaign_id, list_id = self.campaign_id, self.list_id
        return (
            campaign_id is not None,
            folded(campaign_id or ""),
            -1 if list_id is None else list_id,
        )

    def add(self, ended: Ended) -> None:
        """Count the calls of a window too."""
        status = ended.status or ""
        disposition = self.by_status.setdefault(folded(status), Disposition(status=status))
        disposition.add(ended.counted)

    def shown(self) -> dict[str, Any]:
        """Its calls, the most frequent disposition first."""
        total = sum(one.calls for one in self.by_status.values())
        ordered = sorted(self.by_status.items(), key=lambda item: (-item[1].calls, item[0]))
        return {
            "total_calls": total,
            "dispositions": [disposition.shown(total) for _, disposition in ordered],
        }


class Groups:
    """The groups of a report; equal ids are one group, however the log spells them."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str | None, int | None], Group] = {}

    def add(self, window: Iterable[Ended]) -> None:
        """Count the calls of a window."""
        for ended in window:
            campaign_id, list_id = ended.campaign_id, ended.list_id
            key = (None if campaign_id is None else folded(campaign_id), list_id)
            self._groups.setdefault(key, Group(campaign_id, list_id)).add(ended)

    def in_order(self) -> Sequence[Group]:
        """The groups in the order of the answer."""
        return sorted(self._groups.values(), key=lambda group: group.order)
