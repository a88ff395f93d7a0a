"""Rows of the carrier log, as they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Row

from svc_reports.row_lists.windowed import LogRows
from svc_reports.sip.carrier_log.store import CALL_DATE, COLUMNS


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
