"""The duplicate check of one new lead (contract: "Duplicate check")."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Connection, Database, Queries
from dialkit.db_errors import LockNotGranted, StatementTooSlow
from dialkit.errors import Conflict, InvalidInput, Unavailable

from svc_leads.duplicates.modes import Mode
from svc_leads.duplicates.store import Match, Scope, find_indexed_match, find_match
from svc_leads.lists import ListRow, list_ids_of_campaign

_LOCK_TIMEOUT_S = 10


class DuplicateRules(NamedTuple):
    """What a new lead must not repeat."""

    modes: Sequence[Mode]
    lead: Mapping[str, Any]
    scope: Scope
    now: Moment

    async def refuse_slow(self, db: Queries) -> None:
        """Check all modes, outside of the lock, where any has no index. Raises: Conflict."""
        if all(mode.indexed for mode in self.modes):
            return
        for mode in self.modes:
            try:
                match = await find_match(db, mode, self.lead, self.scope, self.now)
            except StatementTooSlow:
                why = f"Too many leads for {mode.name}"
                raise InvalidInput({"duplicate_check": [why]}) from None
            self._refuse(mode, match)

    async def refuse_indexed(self, db: Queries) -> None:
        """Check what indexes serve, under the lock. Raises: Conflict."""
        for mode in self.modes:
            self._refuse(mode, await find_indexed_match(db, mode, self.lead, self.scope, self.now))

    def _refuse(self, mode: Mode, match: Match | None) -> None:
        if match is None:
            return
        details: dict[str, Any] = {"check": mode.name}
        if mode.family == "DUPPHONEALT":
            same = match.phone_number == self.lead["phone_number"]
            details["match"] = "PHONE" if same else "ALT"
        details |= {"lead_id": match.lead_id, "list_id": match.list_id}
        raise Conflict(mode.text, details=details)


async def scope_of(
    db: Queries, modes: Sequence[Mode], list_id: int, list_row: ListRow | None
) -> Scope:
    """Where the modes look, for a lead of that list."""
    lists = [list_id]
    if list_row and list_row.campaign_id and any(mode.scope == "CAMP" for mode in modes):
        lists = await list_ids_of_campaign(db, list_row.campaign_id) or lists
    return Scope(list_id, lists)


@asynccontextmanager
async def duplicate_lock(db: Database) -> AsyncIterator[Connection]:
    """A connection that holds the lock of all duplicate checks. Raises: Unavailable."""
    try:
        lock = f"{db.name}.leads.dup"
        async with db.locked_connection(lock, timeout_s=_LOCK_TIMEOUT_S) as connection:
            yield connection
    except LockNotGranted:
        raise Unavailable("Duplicate check is busy") from None
