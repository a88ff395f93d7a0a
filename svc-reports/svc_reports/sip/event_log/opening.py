"""The rows that a request for SIP events asks for (contract: reports.md, endpoint 10)."""

from __future__ import annotations

from collections.abc import Sequence

from dialkit.clock import Clock
from dialkit.db import Queries

from svc_reports.ranges import Range, days_up_to
from svc_reports.row_lists.keyset import Condition
from svc_reports.sip.event_log.reading import at_once, by_windows
from svc_reports.sip.event_log.rows import EventLog
from svc_reports.sip.event_log.spans import ALWAYS, Part, parts_of
from svc_reports.sip.event_log.store import LIVE, find_newest, list_rolled

_DEFAULT_DAYS = 31


def events_of_call(
    clock: Clock, db: Queries, asked: Range | None, conditions: Sequence[Condition]
) -> EventLog:
    """Events that a selective condition finds; of all times where no range is asked for."""
    live = Part(LIVE, asked or ALWAYS)
    return EventLog(clock, db, asked, live=live, read=at_once(db, conditions))


async def events(
    clock: Clock,
    db: Queries,
    asked: Range | None,
    conditions: Sequence[Condition],
    *,
    widest_s: int,
) -> EventLog:
    """Events of the range, or of the days up to the newest."""
    span = asked
    if span is None:
        newest = await find_newest(db, LIVE) or await _find_newest_rolled(db)
        span = days_up_to(newest, clock, days=_DEFAULT_DAYS)
    live, read = Part(LIVE, span), by_windows(db, conditions, widest_s)
    return EventLog(clock, db, span, live=live, read=read)


async def _find_newest_rolled(db: Queries) -> str | None:
    """The newest date in the rolled tables; None where they are empty."""
    for part in parts_of(ALWAYS, await list_rolled(db)):
        newest = await find_newest(db, part.table)
        if newest is not None:
            return newest
    return None
