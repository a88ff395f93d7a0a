"""Finding leads that a new one would repeat.

Reads vicidial_list.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from dialkit.clock import SQL_FORMAT, Moment
from dialkit.db import Queries
from dialkit.sql import limited

from svc_leads.duplicates.modes import Mode

# On MyISAM a scan holds a read lock that stops the dialer's updates.
SEARCH_SECONDS = 2
_SAME = {
    "DUP": "phone_number = %s",
    "DUPPHONEALT": "(phone_number = %s OR alt_phone = %s)",
    "DUPTITLEALTPHONE": "title = %s AND alt_phone = %s",
    "DUPNAMEPHONE": "first_name = %s AND last_name = %s AND phone_number = %s",
}
_COMPARED = {
    "DUP": ("phone_number",),
    "DUPPHONEALT": ("phone_number", "phone_number"),
    "DUPTITLEALTPHONE": ("title", "alt_phone"),
    "DUPNAMEPHONE": ("first_name", "last_name", "phone_number"),
}


class Match(NamedTuple):
    """The lead that is there already."""

    lead_id: int
    list_id: int
    phone_number: str


class Scope(NamedTuple):
    """Where to look: the new lead's list, and all lists of its campaign."""

    list_id: int
    campaign_lists: list[int]

    def lists(self, mode: Mode) -> list[int] | None:
        """The lists that the mode looks in; None for all."""
        return {"LIST": [self.list_id], "CAMP": self.campaign_lists}.get(mode.scope)


async def find_match(
    db: Queries, mode: Mode, lead: Mapping[str, Any], scope: Scope, now: Moment
) -> Match | None:
    """The lead with the lowest id that the new one would repeat.

    Raises: StatementTooSlow, where no index serves the mode.
    """
    if mode.family == "DUPTITLEALTPHONE" and not lead["alt_phone"]:
        return None
    return await _find(db, mode, mode.family, lead, scope, now)


async def find_indexed_match(
    db: Queries, mode: Mode, lead: Mapping[str, Any], scope: Scope, now: Moment
) -> Match | None:
    """The same, of the part that an index serves: what two requests may race for."""
    if mode.family == "DUPTITLEALTPHONE":
        return None
    family = "DUP" if mode.family == "DUPPHONEALT" else mode.family
    return await _find(db, mode, family, lead, scope, now)


async def _find(
    db: Queries, mode: Mode, family: str, lead: Mapping[str, Any], scope: Scope, now: Moment
) -> Match | None:
    where, params = [_SAME[family]], [lead[column] for column in _COMPARED[family]]
    lists = scope.lists(mode)
    if lists is not None:
        where.append("list_id IN %s")
        params.append(lists)
    if mode.days:
        where.append("entry_date > %s")
        params.append(since(mode, now))
    sql = f"""
        SELECT lead_id, list_id, phone_number
        FROM vicidial_list IGNORE INDEX FOR ORDER BY (PRIMARY)
        WHERE {" AND ".join(where)}
        ORDER BY lead_id
        LIMIT 1
        """  # noqa: S608
    row = await db.fetch_one(limited(sql, SEARCH_SECONDS), *params)
    return Match(*row) if row else None


def since(mode: Mode, now: Moment) -> str:
    """The entry date from which on leads count."""
    return (now.local - timedelta(days=mode.days)).strftime(SQL_FORMAT)
