"""Finding leads that a new one would repeat.

Reads vicidial_list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from dialkit.clock import SQL_FORMAT, Moment
from dialkit.db import Queries
from dialkit.sql import limited

from svc_leads.duplicates.modes import Mode
from svc_leads.limits import SEARCH_SECONDS

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


async def list_first_leads(
    db: Queries, family: str, numbers: Sequence[str], after: str | None
) -> list[dict[str, Any]]:
    """The first lead with each of these numbers in each list (index phone_list), by column.

    DUPNAMEPHONE: with each name as well; a lead without one repeats none.
    """
    names = ("first_name", "last_name") if family == "DUPNAMEPHONE" else ()
    columns = ", ".join(("phone_number", "list_id", *names))
    where = ["phone_number IN %s", *(f"{name} IS NOT NULL" for name in names)]
    params: list[Any] = [list(numbers)]
    if after:
        where.append("entry_date > %s")
        params.append(after)
    rows = await db.fetch_all(
        f"""
        SELECT MIN(lead_id), {columns}
        FROM vicidial_list
        WHERE {" AND ".join(where)}
        GROUP BY {columns}
        """,  # noqa: S608
        *params,
    )
    return [
        dict(zip(("lead_id", "phone_number", "list_id", *names), row, strict=True)) for row in rows
    ]


def since(mode: Mode, now: Moment) -> str:
    """The entry date from which on leads count."""
    return (now.local - timedelta(days=mode.days)).strftime(SQL_FORMAT)
