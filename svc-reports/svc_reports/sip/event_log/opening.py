"""The rows that a request for SIP events asks for (contract: GET /sip/event-log)."""

from __future__ import annotations

from collections.abc import Sequence

from dialkit.clock import Clock
from dialkit.db import Queries

from svc_reports.conditions import Condition
from svc_reports.ranges import Range, days_up_to
from svc_reports.sip.event_log.rows import EventLog
from svc_reports.sip.event_log.spans import ALL_DATES, parts_of
from svc_reports.sip.event_log.store import DATE, LIVE, list_rolled
from svc_reports.windows import find_newest


async def events(
    db: Queries,
    clock: Clock,
    asked: Range | None,
    conditions: Sequence[Condition],
    *,
    widest_s: int | None,
    most_days: int,
) -> EventLog:
    """Events of the range, else of the days up to the newest.

    With None for `widest_s`, where a condition is selective: else of all times.
    """
    span = asked
    if span is None and widest_s is not None:
        newest = await find_newest(db, LIVE.name, DATE) or await _find_newest_rolled(db)
        span = days_up_to(newest, clock, most_days=most_days)
    return EventLog(db, clock, span, widest_s=widest_s, conditions=conditions)


async def _find_newest_rolled(db: Queries) -> str | None:
    """The newest date in the rolled tables; None where they are empty."""
    for part in parts_of(ALL_DATES, await list_rolled(db)):
        newest = await find_newest(db, part.table.name, DATE)
        if newest is not None:
            return newest
    return None
