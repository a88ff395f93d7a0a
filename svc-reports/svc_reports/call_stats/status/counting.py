"""Calls by hour and status, merged over the windows of a range (contract: call-stats/status)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from svc_reports.call_stats.asked_groups import AskedGroups
from svc_reports.call_stats.labels import Labels
from svc_reports.call_stats.store import HourCount
from svc_reports.lengths import Counted

_HOURS = 24


@dataclass
class Group:
    """The calls of one campaign or in-group."""

    hours: list[int] = field(default_factory=lambda: [0] * _HOURS)
    by_status: dict[str, Counted] = field(default_factory=lambda: defaultdict(Counted))

    def add(self, hour: int, status: str, counted: Counted) -> None:
        """Count the calls of an hour of a window too."""
        self.hours[hour] += counted.calls
        self.by_status[status].add(counted)

    def shown(self, statuses: Labels, answered: Collection[str]) -> dict[str, Any]:
        """Its numbers; `answered` are the statuses that say that a person has."""
        return {
            "total_calls": sum(self.hours),
            "human_answered_calls": sum(
                ended.calls for status, ended in self.by_status.items() if status in answered
            ),
            "hours": self.hours,
            "statuses": [
                {
                    "status": statuses[status],
                    "count": ended.calls,
                    "avg_length": ended.average_length,
                }
                for status, ended in sorted(self.by_status.items())
            ],
        }


class Groups:
    """The campaigns or the in-groups of an answer; `statuses` are the labels of its statuses."""

    def __init__(self, asked: AskedGroups, statuses: Labels) -> None:
        self._kind, self._named = asked.log.value, asked.named
        self._labels, self._statuses = asked.labels(), statuses
        self._groups: dict[str, Group] = defaultdict(Group)

    @property
    def keys(self) -> set[str]:
        """The groups that are shown, as `folded` has them."""
        return {*self._groups, *map(self._labels.key, self._named)}

    def add(self, window: Iterable[HourCount]) -> None:
        """Count the calls of a window."""
        for of_hour in window:
            group = self._groups[self._labels.key(of_hour.group)]
            group.add(of_hour.hour, self._statuses.key(of_hour.status), of_hour.counted)

    def shown(self, answered: Callable[[str], Collection[str]]) -> list[dict[str, Any]]:
        """The groups in the order of their ids."""
        return [
            {
                "group_id": self._labels[key],
                "group_type": self._kind,
                **self._groups[key].shown(self._statuses, answered(key)),
            }
            for key in sorted(self.keys)
        ]
