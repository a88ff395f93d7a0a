"""The ids of the recordings of a range (contract: GET /recordings/lookup, step 3).

No index has their time, but ids grow with it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from svc_reports.ranges import Range, sql_time
from svc_reports.recordings.store import Dated, Ids

# The servers' clocks differ, and all of them go back an hour when summer time ends.
_DIFFERENCE = timedelta(hours=1)

ListDated = Callable[[Ids], Awaitable[Sequence[Dated]]]


async def ids_of_range(span: Range, ids: Ids, list_dated: ListDated) -> Ids:
    """The narrowest ids that hold the range, and what clocks may have moved into it.

    `list_dated` gives the first few of some ids that have a time. One of them alone would be
    believed though its server's clock was wrong, and cut off all that lies beyond.
    """
    start = sql_time(span.start - _DIFFERENCE)
    first = await _first_since(start, ids, list_dated)
    end = sql_time(span.end + _DIFFERENCE)
    last = await _first_since(end, ids._replace(first=first), list_dated)
    # The few that decided may themselves be on the other side.
    beyond = await list_dated(ids._replace(first=last)) if last < ids.end else ()
    return Ids(first, beyond[-1].recording_id + 1 if beyond else last)


async def _first_since(moment: str, ids: Ids, list_dated: ListDated) -> int:
    """The id from about which on recordings began at that moment or later: by halves."""
    low, high = ids
    while low < high:
        middle = (low + high) // 2
        dated = await list_dated(Ids(middle, high))
        if not dated or _median(dated) >= moment:
            high = middle
        else:
            low = dated[0].recording_id + 1
    return low


def _median(dated: Sequence[Dated]) -> str:
    return sorted(one.start_time for one in dated)[len(dated) // 2]
