"""SQL of recordings, and of the calls that they are of.

Reads recording_log, recording_log_archive, vicidial_closer_log, vicidial_closer_log_archive,
vicidial_log, vicidial_log_archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dialkit.db import Queries, Row

from svc_reports.archives import if_there, log_table
from svc_reports.conditions import Condition, every

# An odd number: of so many times the one in the middle is believed.
_FEW = 5


class Recording(NamedTuple):
    """A row of the log, in the order of an answer."""

    recording_id: int
    channel: str | None
    server_ip: str | None
    extension: str | None
    start_time: str | None
    start_epoch: int | None
    end_time: str | None
    end_epoch: int | None
    length_in_sec: int | None
    filename: str | None
    location: str | None
    lead_id: int | None
    user: str | None
    vicidial_id: str | None


class Ids(NamedTuple):
    """Ids of recordings, from `first` on and before `end`."""

    first: int
    end: int


class Dated(NamedTuple):
    """When a recording began, in the server's time."""

    recording_id: int
    start_time: str


class RecordingLog:
    """The log of recordings, or its archive."""

    def __init__(self, db: Queries, archived: bool) -> None:
        self._db, self._from = db, f"FROM {log_table('recording_log', archived)}"

    async def find_ids(self) -> Ids:
        """All ids that there are."""
        ids = await self._db.fetch_one(
            f"SELECT MIN(recording_id), MAX(recording_id) + 1 {self._from}"
        )
        return Ids(*ids) if ids and ids[0] is not None else Ids(0, 0)

    async def find_newest_before(self, recording_id: int) -> int | None:
        """The id before that one, however many are missing between them."""
        newest: int | None = await self._db.fetch_value(
            f"SELECT MAX(recording_id) {self._from} WHERE recording_id < %s", recording_id
        )
        return newest

    async def list_dated(self, ids: Ids) -> list[Dated]:
        """The first few of these recordings that have a time."""
        rows = await self._db.fetch_all(
            f"""
            SELECT recording_id, start_time
            {self._from}
            WHERE recording_id >= %s AND recording_id < %s AND start_time > '0000-00-00 00:00:00'
            ORDER BY recording_id
            LIMIT {_FEW}
            """,
            *ids,
        )
        return [Dated(*row) for row in rows]

    async def has_any(self, condition: Condition) -> bool:
        """Whether a recording meets the condition."""
        found = await self._db.fetch_value(
            f"SELECT 1 {self._from} WHERE {condition.sql} LIMIT 1", *condition.values
        )
        return found is not None

    async def list_within(self, ids: Ids, conditions: Sequence[Condition], limit: int) -> list[Row]:
        """Those of these recordings that meet all conditions, the newest first (index of ids).

        For a user of few recordings the optimizer takes the index user instead.
        """
        within = Condition("recording_id >= %s AND recording_id < %s", ids)
        return await self._list([within, *conditions], "recording_id", limit)

    async def list_matching(self, conditions: Sequence[Condition], limit: int) -> list[Row]:
        """Recordings that meet selective conditions, by an index of theirs, the newest first.

        The order is that of a sum, so that a small limit tempts nobody to walk all ids.
        """
        return await self._list(conditions, "recording_id + 0", limit)

    async def _list(self, conditions: Sequence[Condition], order: str, limit: int) -> list[Row]:
        where = every(*conditions)
        return await self._db.fetch_wide(
            ", ".join(Recording._fields),
            f"{self._from} WHERE {where.sql} ORDER BY {order} DESC LIMIT %s",
            *where.values,
            limit,
        )


async def list_closecallids(db: Queries, uniqueid: str) -> set[int]:
    """The ids that a call had in in-groups, live and archived (index uniqueid)."""
    live, archive = (
        f"SELECT closecallid FROM {log_table('vicidial_closer_log', archived)} WHERE uniqueid = %s"  # noqa: S608
        for archived in (False, True)
    )
    rows = await db.fetch_all(live, uniqueid)
    rows += await if_there(db.fetch_all(archive, uniqueid), [])
    return {closecallid for (closecallid,) in rows}


async def find_called_lead(db: Queries, uniqueid: str, archived: bool) -> int | None:
    """The lead that an outbound call went to (primary key)."""
    log = log_table("vicidial_log", archived)
    lead_id: int | None = await db.fetch_value(
        f"SELECT lead_id FROM {log} WHERE uniqueid = %s",  # noqa: S608
        uniqueid,
    )
    return lead_id
