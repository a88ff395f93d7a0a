"""What became of calls that arrived on DIDs (contract: GET /did-logs/export, step 3).

Reads vicidial_closer_log, vicidial_closer_log_archive.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from dialkit.db import Queries, Row
from dialkit.sql import chunks, identifier

from svc_reports.archives import if_there, log_table
from svc_reports.ranges import read_time, sql_time

_CHUNK = 500
# Servers give the same uniqueids: only a row of this time can be of the same call.
_BEFORE, _AFTER = timedelta(seconds=60), timedelta(hours=24)


class Arrival(NamedTuple):
    """A row of the DID log, as far as it says which call it is of."""

    uniqueid: str
    call_date: str


class CloserRow(NamedTuple):
    """What an in-group made of a call."""

    closecallid: int
    call_date: str
    length_in_sec: int | None
    status: str | None
    user: str | None


async def closer_rows(db: Queries, arrivals: Sequence[Arrival]) -> list[CloserRow | None]:
    """For each arrival the last row of its call; None for one that never reached an in-group."""
    found = await _matches(arrivals, lambda ids: _list_rows(db, ids, archived=False))
    missing = [arrival for arrival in arrivals if arrival not in found]
    found |= await _matches(missing, lambda ids: if_there(_list_rows(db, ids, archived=True), []))
    return [found.get(arrival) for arrival in arrivals]


async def _list_rows(db: Queries, uniqueids: list[str], *, archived: bool) -> list[Row]:
    """Rows of these calls, and of others that have the same ids (index uniqueid)."""
    table = log_table("vicidial_closer_log", archived)
    return await db.fetch_wide(
        f"uniqueid, {', '.join(map(identifier, CloserRow._fields))}",
        f"FROM {identifier(table)} WHERE uniqueid IN %s",
        uniqueids,
    )


async def _matches(
    arrivals: Iterable[Arrival], list_rows: Callable[[list[str]], Awaitable[list[Row]]]
) -> dict[Arrival, CloserRow]:
    """The last row of each call that has one."""
    calls = dict[str, list[CloserRow]]()
    # Rows of what is no phone call have no id either: those would all match.
    for ids in chunks(dict.fromkeys(one.uniqueid for one in arrivals if one.uniqueid), _CHUNK):
        for uniqueid, *row in await list_rows(ids):
            calls.setdefault(uniqueid, []).append(CloserRow(*row))
    last = ((one, _last(one, calls.get(one.uniqueid, ()))) for one in arrivals)
    return {arrival: row for arrival, row in last if row is not None}


def _last(arrival: Arrival, rows: Iterable[CloserRow]) -> CloserRow | None:
    arrived = read_time(arrival.call_date)
    if arrived is None:
        return None
    first, last = sql_time(arrived - _BEFORE), sql_time(arrived + _AFTER)
    of_call = [row for row in rows if first <= (row.call_date or "") <= last]
    return max(of_call, key=lambda row: row.closecallid, default=None)
