"""Which rows of a chunk would repeat a lead, or an earlier row (contract: step 3)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.collation import folded
from dialkit.db import Queries

from svc_leads.bulk.known import Lists
from svc_leads.bulk.rows import Row
from svc_leads.duplicates.modes import Mode
from svc_leads.duplicates.store import list_first_leads, since
from svc_leads.lists import ListRow

Key = tuple[Hashable, ...]


class Repeated(NamedTuple):
    """What a row repeats: a lead of the database, or (`row_of`) an earlier row of the chunk."""

    check: str
    lead_id: int
    list_id: int
    row_of: int | None = None


class Checks:
    """The modes that a request asks for, set against a chunk."""

    def __init__(self, modes: Sequence[Mode], lists: Lists, now: Moment) -> None:
        self._modes = modes
        self._lists = lists
        self._now = now

    async def find(self, db: Queries, rows: Sequence[Row]) -> dict[int, Repeated]:
        """What rows repeat, by their numbers, as if they were added one after the other."""
        there = [await self._find_leads(db, mode, rows) for mode in self._modes]
        repeated: dict[int, Repeated] = {}
        for row in rows:
            keys = [_key(mode, row.columns, row.list_row) for mode in self._modes]
            hits = (known[key] for known, key in zip(there, keys, strict=True) if key in known)
            hit = next(hits, None)
            if hit:
                repeated[row.number] = hit
                continue
            for mode, known, key in zip(self._modes, there, keys, strict=True):
                known[key] = Repeated(mode.name, 0, row.columns["list_id"], row.number)
        return repeated

    async def _find_leads(
        self, db: Queries, mode: Mode, rows: Sequence[Row]
    ) -> dict[Key, Repeated]:
        """The first lead under each key of the mode that the rows may have."""
        numbers = sorted({row.columns["phone_number"] for row in rows})
        after = since(mode, self._now) if mode.days else None
        found = await list_first_leads(db, mode.family, numbers, after)
        lists: Mapping[int, ListRow] = {}
        if mode.scope == "CAMP":
            lists = await self._lists.get(db, {lead["list_id"] for lead in found})
        there: dict[Key, Repeated] = {}
        for lead in found:
            list_id = lead["list_id"]
            key = _key(mode, lead, lists.get(list_id))
            known = there.get(key)
            if known is None or lead["lead_id"] < known.lead_id:
                there[key] = Repeated(mode.name, lead["lead_id"], list_id)
        return there


def _key(mode: Mode, lead: Mapping[str, Any], list_row: ListRow | None) -> Key:
    """What two leads have in common when one repeats the other."""
    scope: Hashable = None
    if mode.scope != "SYS":
        scope = lead["list_id"]
    if mode.scope == "CAMP" and list_row and list_row.campaign_id:
        scope = list_row.campaign_id
    if mode.family == "DUPNAMEPHONE":
        return scope, lead["phone_number"], folded(lead["first_name"]), folded(lead["last_name"])
    return scope, lead["phone_number"]
