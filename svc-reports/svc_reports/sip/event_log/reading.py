"""How the rows of a table of SIP events are read: of a call at once, else by windows (C3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from dialkit.db import Queries, Row

from svc_reports.row_lists import Key
from svc_reports.row_lists.keyset import Condition
from svc_reports.row_lists.windowed import WindowedRows
from svc_reports.sip.event_log.spans import Part

Reading = Callable[[Part, Key | None, int], Awaitable[list[Row]]]


def at_once(db: Queries, conditions: Sequence[Condition]) -> Reading:
    """One statement a page, where a condition is selective."""

    async def read(part: Part, after: Key | None, limit: int) -> list[Row]:
        table, span = part
        return await table.read(db, [*conditions, table.within(span)], after, limit)

    return read


def by_windows(db: Queries, conditions: Sequence[Condition], widest_s: int) -> Reading:
    """One statement a window; what fits a page is remembered for each part."""
    walks = dict[Part, WindowedRows]()

    async def read(part: Part, after: Key | None, limit: int) -> list[Row]:
        if part not in walks:
            table, span = part
            walks[part] = WindowedRows(db, table, span, widest_s=widest_s, conditions=conditions)
        return await walks[part].rows(after, limit)

    return read
