"""Calls to DIDs by what in-groups made of them (contract: call-stats/dispo, step 4)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any, NamedTuple

from dialkit.collation import folded
from dialkit.db import Queries

from svc_reports.call_stats.dispo.counting import Calls, Counts, Group
from svc_reports.call_stats.dispo.filters import Filters
from svc_reports.call_stats.dispo.store import (
    DATE,
    DidCall,
    did_log,
    dids_of_patterns,
    list_calls,
    patterns_of_dids,
)
from svc_reports.call_stats.labels import Labels
from svc_reports.did_calls import Arrival, closer_rows
from svc_reports.ranges import Range
from svc_reports.windows import filled_windows

_KIND = "did"
# Calls to DIDs are read one by one, and counted here.
_WIDEST_S = 3600


class AskedDids(NamedTuple):
    """DIDs by their ids, all where these are None; `numbers` are patterns that no DID has."""

    did_ids: list[str] | None
    numbers: list[str]


async def asked_dids(db: Queries, query: Mapping[str, Any]) -> AskedDids | None:
    """The DIDs that a request asks for; None where it asks for none."""
    if "did_ids" not in query and "did_patterns" not in query:
        return None
    did_ids, patterns = query.get("did_ids"), query.get("did_patterns")
    if patterns is None:
        return AskedDids(did_ids, [])
    found = await dids_of_patterns(db, patterns)
    there = set(map(folded, found.values()))
    numbers = [pattern for pattern in patterns if folded(pattern) not in there]
    return AskedDids(list(dict.fromkeys([*(did_ids or ()), *found])), numbers)


class DidGroups:
    """The DIDs of a report. One that is gone is named by the number that was dialled."""

    def __init__(self, asked: AskedDids, archived: bool, filters: Filters) -> None:
        self._asked, self._archived = asked, archived
        self._did_ids = None if asked.did_ids is None else frozenset(asked.did_ids)
        self._is_empty = filters.select_nothing
        self._statuses, self._users = filters.folded()
        self._numbers = Labels()
        # The patterns of the DIDs that the log has named so far; None of those that are gone.
        self._patterns: dict[str, str | None] = {}
        self._groups: dict[tuple[str, str], Calls] = {}

    async def windows(self, db: Queries, span: Range, width_s: int) -> AsyncIterator[Range]:
        """Windows of the part of the range that has calls; none where none can be counted."""
        if not self._is_empty:
            table = did_log(self._archived)
            narrow_s = min(width_s, _WIDEST_S)
            async for window in filled_windows(db, table, DATE, span, narrow_s):
                yield window

    async def add(self, db: Queries, window: Range, counts: Counts) -> None:
        """Count the calls of a window that reached an in-group."""
        calls = await list_calls(
            db,
            window,
            did_ids=self._asked.did_ids,
            numbers=self._asked.numbers,
            archived=self._archived,
        )
        await self._learn(db, {call.did_id for call in calls})
        calls = [call for call in calls if self._is_asked(call)]
        arrivals = [Arrival(call.uniqueid, call.call_date) for call in calls]
        for call, row in zip(calls, await closer_rows(db, arrivals), strict=True):
            if row is not None and self._is_counted(row.status, row.user):
                counts.add(self._group(call), row.status, row.user, 1)

    async def in_order(self, db: Queries) -> list[Group]:
        """The groups by their names, those asked for without calls too."""
        groups = [
            Group(self._patterns[did_id] or self._numbers[number], _KIND, calls, did_id)
            for (did_id, number), calls in self._groups.items()
        ]
        groups += await self._without_calls(db, groups)
        return sorted(groups, key=lambda group: (folded(group.group_id), group.did_id))

    async def _without_calls(self, db: Queries, groups: Collection[Group]) -> list[Group]:
        had_calls = {group.did_id for group in groups}
        dids = [did_id for did_id in self._asked.did_ids or () if did_id not in had_calls]
        await self._learn(db, set(dids))
        names = {folded(group.group_id) for group in groups}
        numbers = [number for number in self._asked.numbers if folded(number) not in names]
        return [
            *(Group(self._patterns[did_id] or did_id, _KIND, Calls(), did_id) for did_id in dids),
            *(Group(number, _KIND, Calls(), "") for number in numbers),
        ]

    async def _learn(self, db: Queries, did_ids: Collection[str]) -> None:
        """Look up the patterns of DIDs that are not known yet."""
        new = [did_id for did_id in did_ids if did_id not in self._patterns]
        found = await patterns_of_dids(db, new)
        self._patterns |= {did_id: found.get(did_id) for did_id in new}

    def _is_asked(self, call: DidCall) -> bool:
        """A number that was asked for stands for DIDs that are gone, not for others' calls."""
        did_ids = self._did_ids
        return did_ids is None or call.did_id in did_ids or self._patterns[call.did_id] is None

    def _is_counted(self, status: str | None, user: str | None) -> bool:
        statuses, users = self._statuses, self._users
        return (statuses is None or folded(status or "") in statuses) and (
            users is None or folded(user or "") in users
        )

    def _group(self, call: DidCall) -> Calls:
        is_gone = self._patterns[call.did_id] is None
        key = (call.did_id, self._numbers.key(call.extension) if is_gone else "")
        return self._groups.setdefault(key, Calls())
