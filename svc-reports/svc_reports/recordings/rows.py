"""Recordings as they leave, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from dialkit.clock import Clock
from dialkit.db import Row

from svc_reports.conditions import Condition, within
from svc_reports.ranges import Range
from svc_reports.recordings.store import Ids, Recording, RecordingLog
from svc_reports.row_lists.listing import Key, Listing

# A statement that reads so many rows is over in some 40 ms.
_STEP_IDS = 20_000
_DAY_S = 86_400


class Recordings(Listing):
    """Recordings that meet conditions; how they are found, a class of its own says."""

    fields = Recording._fields

    def __init__(
        self,
        clock: Clock,
        log: RecordingLog,
        span: Range | None,
        conditions: Sequence[Condition],
    ) -> None:
        self.span = span
        self._clock, self._log = clock, log
        self._conditions = list(conditions)
        if span is not None:
            self._conditions.append(within("start_time", span))

    def key(self, row: Row) -> Key:
        """The id."""
        return row[:1]

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The rows, with times in UTC and a length."""
        return list(map(self._shown, rows))

    def _shown(self, row: Row) -> Row:
        before, times, seconds, after = row[:4], row[4:8], row[8], row[9:]
        start, start_epoch, end, end_epoch = times
        from_sql = self._clock.from_sql
        return (
            *before,
            from_sql(start, start_epoch),
            start_epoch,
            from_sql(end, end_epoch),
            end_epoch,
            length(seconds, start_epoch, end_epoch),
            *after,
        )


class Matching(Recordings):
    """Those that meet conditions of which an index leaves a few."""

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows, with one statement."""
        conditions = self._conditions
        if after is not None:
            conditions = [*conditions, Condition("recording_id < %s", after)]
        return await self._log.list_matching(conditions, limit)


class Within(Recordings):
    """Those of a range of ids, read in steps: no statement walks far in search of a user."""

    def __init__(
        self,
        clock: Clock,
        log: RecordingLog,
        span: Range | None,
        conditions: Sequence[Condition],
        ids: Ids,
    ) -> None:
        super().__init__(clock, log, span, conditions)
        self._ids = ids

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows, with a statement a step, and one that skips ids that are missing."""
        found: list[Row] = []
        first, end = self._ids
        if after is not None:
            end = min(end, after[0])
        while first < end and len(found) < limit:
            step = Ids(max(first, end - _STEP_IDS), end)
            rows = await self._log.list_within(step, self._conditions, limit - len(found))
            found += rows
            end = step.first if rows else await self._end_before(step.first)
        return found

    async def _end_before(self, end: int) -> int:
        newest = await self._log.find_newest_before(end)
        return 0 if newest is None else newest + 1


def length(seconds: int | None, start_epoch: int | None, end_epoch: int | None) -> int:
    """The seconds of a recording: as the log has them, else by its ends; 0 while nobody knows."""
    if seconds:
        return seconds
    if start_epoch is None or end_epoch is None:
        return 0
    between: int = end_epoch - start_epoch
    return between if 0 < between < _DAY_S else 0
