"""The records of the agent log themselves, as they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Row

from svc_reports.agent_stats.store import EVENT_COLUMNS
from svc_reports.row_lists.windowed import LogRows

_EVENT_TIME, _PAUSE_EPOCH = map(EVENT_COLUMNS.index, ("event_time", "pause_epoch"))


class AgentEvents(LogRows):
    """Records of the agent log, the oldest first."""

    fields = EVENT_COLUMNS

    def __init__(self, clock: Clock, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._from_sql = clock.from_sql

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The records, with their time in UTC."""
        before, after = slice(_EVENT_TIME), slice(_EVENT_TIME + 1, None)
        return [
            (*row[before], self._from_sql(row[_EVENT_TIME], row[_PAUSE_EPOCH]), *row[after])
            for row in rows
        ]
