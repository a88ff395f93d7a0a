"""The ids of the recordings of a range (contract: GET /recordings/lookup, step 3).

No index has their time, but ids grow with it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from svc_reports.ranges import Range, sql_time
from svc_reports.recordings.store import Dated, Ids

# The servers' clocks differ, and all of them go back an hour when summer time ends.
_DIFFERENCE = timedelta(hours=1)

FindDated = Callable[[Ids], Awaitable[Dated | None]]


async def ids_of_range(span: Range, ids: Ids, find_dated: FindDated) -> Ids:
    """The narrowest ids that hold the range, and what clocks may have moved into it."""
    start = sql_time(span.start - _DIFFERENCE)
    first = await _first_since(start, ids, find_dated)
    end = sql_time(span.end + _DIFFERENCE)
    return Ids(first, await _first_since(end, ids._replace(first=first), find_dated))


async def _first_since(moment: str, ids: Ids, find_dated: FindDated) -> int:
    """The id from which on recordings began at that moment or later: by halves."""
    low, high = ids
    while low < high:
        middle = (low + high) // 2
        dated = await find_dated(Ids(middle, high))
        if dated is None or dated.start_time >= moment:
            high = middle
        else:
            low = dated.recording_id + 1
    return low
