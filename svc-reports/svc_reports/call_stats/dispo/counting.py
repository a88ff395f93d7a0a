"""Calls by disposition and user, merged over the windows of a range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from svc_reports.call_stats.asked_groups import AskedGroups
from svc_reports.call_stats.labels import Labels
from svc_reports.call_stats.store import UserCount

_Key = TypeVar("_Key", bound="str | tuple[str, str]")


@dataclass
class Calls:
    """Numbers of calls by status, and by user and status, by the keys of labels."""

    by_status: Counter[str] = field(default_factory=Counter)
    by_user: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many there are."""
        return self.by_status.total()


class Group(NamedTuple):
    """A group of an answer; a DID has a `did_id` too."""

    group_id: str
    group_type: str
    calls: Calls
    did_id: str | None = None


class Counts:
    """All calls of a report, and the labels of its statuses and users."""

    def __init__(self) -> None:
        self.statuses, self.users = Labels(), Labels()
        self.all = Calls()

    def add(self, calls: Calls, status: str | None, user: str | None, number: int) -> None:
        """Count calls for a group, and for the total."""
        key = self.statuses.key(status)
        calls.by_status[key] += number
        calls.by_user[self.users.key(user), key] += number
        self.all.by_status[key] += number


class LogGroups:
    """The campaigns or the in-groups of a report."""

    def __init__(self, asked: AskedGroups) -> None:
        self._asked, self._labels = asked, asked.labels()
        self._groups: dict[str, Calls] = {}

    def add(self, window: Iterable[UserCount], counts: Counts) -> None:
        """Count the calls of a window."""
        for counted in window:
            calls = self._groups.setdefault(self._labels.key(counted.group), Calls())
            counts.add(calls, counted.status, counted.user, counted.calls)

    def in_order(self) -> list[Group]:
        """The groups by their ids, those asked for by name without calls too."""
        for group_id in self._asked.named:
            self._groups.setdefault(self._labels.key(group_id), Calls())
        return [
            Group(self._labels[key], self._asked.log.value, calls)
            for key, calls in sorted(self._groups.items(), key=lambda item: item[0])
        ]


def most_first(numbers: Counter[_Key]) -> Sequence[tuple[_Key, int]]:
    """What there is most of first, then by name."""
    return sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
