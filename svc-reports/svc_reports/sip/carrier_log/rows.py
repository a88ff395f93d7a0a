"""Rows of the carrier log, as they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Row

from svc_reports.row_lists import Key
from svc_reports.row_lists.windowed import LogRows
from svc_reports.sip.carrier_log.store import CALL_DATE, COLUMNS, list_of_lead


class CarrierLog(LogRows):
    """Rows of the carrier log, the newest first."""

    fields = COLUMNS

    def __init__(self, clock: Clock, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._from_sql = clock.from_sql

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The rows, with their date in UTC."""
        return [
            (*row[:CALL_DATE], self._from_sql(row[CALL_DATE]), *row[CALL_DATE + 1 :])
            for row in rows
        ]


class LogOfLead(CarrierLog):
    """Rows of a lead, which need no range: those that have no date come last."""

    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows after that key, or the first; fewer than `limit` only at the end."""
        return await list_of_lead(self._db, self._table, self._conditions, after, limit)
