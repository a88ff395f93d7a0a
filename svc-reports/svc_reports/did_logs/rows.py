"""Rows of the DID log, as they leave."""

from __future__ import annotations

from collections.abc import Sequence

from dialkit.db import Row

from svc_reports.did_calls import Arrival, CloserRow, closer_rows
from svc_reports.did_logs.store import COLUMNS, list_descriptions
from svc_reports.ranges import read_time
from svc_reports.row_lists.windowed import LogRows

_UNIQUEID, _EXTENSION, _CALL_DATE, _DID_ID = map(
    COLUMNS.index, ("uniqueid", "extension", "call_date", "did_id")
)


class DidLog(LogRows):
    """Rows of the DID log, the oldest first, each with what became of its call."""

    looked_up = ("did_number", "did_description", "length_in_sec")

    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with their date in UTC, the DID's description, and the length of the call."""
        arrivals = [Arrival(row[_UNIQUEID], row[_CALL_DATE]) for row in rows]
        closed = await closer_rows(self._db, arrivals)
        descriptions = await list_descriptions(self._db, (row[_DID_ID] for row in rows))
        return [
            (
                *row,
                row[_EXTENSION],
                descriptions.get(row[_DID_ID]),
                length_in_sec(arrival, closer),
            )
            for row, arrival, closer in zip(
                await super().shown(rows), arrivals, closed, strict=True
            )
        ]


def length_in_sec(arrival: Arrival, closer: CloserRow | None) -> int:
    """From the arrival to the end in an in-group; 0 for a call that reached none."""
    arrived, entered = read_time(arrival.call_date), read_time(closer and closer.call_date)
    if closer is None or arrived is None or entered is None:
        return 0
    return max(int((entered - arrived).total_seconds()) + (closer.length_in_sec or 0), 0)
