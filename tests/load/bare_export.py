"""The floor of exports: their SELECTs, page by page, with a bare driver and nothing after it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import aiomysql
from svc_reports.agent_stats.store import agent_log
from svc_reports.recordings.store import Recording

PAGE_ROWS = 2000
_EVENT_COLUMNS = agent_log(archived=False).columns
_WINDOW = timedelta(hours=1)
_EVENTS = f"""
    SELECT {", ".join(_EVENT_COLUMNS)} FROM vicidial_agent_log
    WHERE event_time >= %s AND event_time < %s {{after}}
    ORDER BY event_time, agent_log_id LIMIT {PAGE_ROWS}
"""
_AFTER = "AND event_time >= %s AND (event_time > %s OR agent_log_id > %s)"
_RECORDINGS = f"""
    SELECT {", ".join(Recording._fields)} FROM recording_log
    WHERE recording_id < %s AND start_time >= %s AND start_time < %s
    ORDER BY recording_id DESC LIMIT {PAGE_ROWS}
"""
_ID, _EVENT_TIME = map(_EVENT_COLUMNS.index, ("agent_log_id", "event_time"))


async def agent_events(options: Mapping[str, Any], first: date, last: date) -> int:
    """Fetch the records of agents by hours, as their index serves; how many there were."""
    start, end = _midnights(first, last)
    fetched = 0
    async with _cursor(options) as cursor:
        while start < end:
            window = (start, min(start + _WINDOW, end))
            rows = await _fetch(cursor, _EVENTS.format(after=""), *window)
            fetched += len(rows)
            while len(rows) == PAGE_ROWS:
                after = (rows[-1][_EVENT_TIME], rows[-1][_EVENT_TIME], rows[-1][_ID])
                rows = await _fetch(cursor, _EVENTS.format(after=_AFTER), *window, *after)
                fetched += len(rows)
            start += _WINDOW
    return fetched


async def recordings(options: Mapping[str, Any], first: date, last: date) -> int:
    """Fetch the recordings by their ids, the newest first; how many there were."""
    span = _midnights(first, last)
    fetched, before = 0, 2**32
    async with _cursor(options) as cursor:
        while rows := await _fetch(cursor, _RECORDINGS, before, *span):
            fetched += len(rows)
            before = rows[-1][0]
    return fetched


@asynccontextmanager
async def _cursor(options: Mapping[str, Any]) -> AsyncIterator[aiomysql.Cursor]:
    connection = await aiomysql.connect(**options, autocommit=True)
    async with connection.cursor() as cursor:
        yield cursor
    connection.close()


async def _fetch(cursor: aiomysql.Cursor, sql: str, *params: Any) -> list[tuple[Any, ...]]:
    await cursor.execute(sql, params)
    return list(await cursor.fetchall())


def _midnights(first: date, last: date) -> tuple[datetime, datetime]:
    """Where those days begin and end."""
    begin, end = (datetime.combine(day, time.min) for day in (first, last + timedelta(days=1)))
    return begin, end
