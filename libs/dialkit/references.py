"""Rows that a request refers to, found with one statement and spelled as the database does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.collation import folded
from dialkit.db import Queries
from dialkit.errors import InvalidInput


class Reference(NamedTuple):
    """What can be referred to: its name in errors, its table, and its key there."""

    title: str
    table: str
    key: str


Wanted = Mapping[str, tuple[Reference, str]]
WantedOrMany = Mapping[str, tuple[Reference, str | list[str]]]


async def find(db: Queries, wanted: Wanted) -> dict[str, str]:
    """The ids that exist, by field: `{"script": (Thing.SCRIPT, "generic")}`."""
    return {field: ids[0] for field, ids in (await _find(db, wanted)).items()}


async def spelled(db: Queries, wanted: WantedOrMany) -> dict[str, Any]:
    """What stands for each field in the database: an id, or a list of them without repeats.

    Raises: InvalidInput for those missing.
    """
    found = await _find(db, wanted)
    missing = {
        field: whys
        for field, (thing, value) in wanted.items()
        if (whys := _missing(thing, value, found.get(field, [])))
    }
    if missing:
        raise InvalidInput(missing)
    return {field: _as_found(value, found.get(field, [])) for field, (_, value) in wanted.items()}


async def settled(
    db: Queries, fields: Mapping[str, Any], things: Mapping[str, Reference]
) -> dict[str, Any]:
    """The fields, those that name things spelled as the database does. Raises: InvalidInput."""
    wanted = {name: (thing, fields[name]) for name, thing in things.items() if name in fields}
    return {**fields, **await spelled(db, wanted)}


async def _find(db: Queries, wanted: WantedOrMany) -> dict[str, list[str]]:
    selects, params = [], list[Any]()
    for field, (thing, value) in wanted.items():
        if value == []:
            continue
        operator = "=" if isinstance(value, str) else "IN"
        selects.append(
            f"SELECT %s, {thing.key} FROM {thing.table} WHERE {thing.key} {operator} %s"  # noqa: S608
        )
        params += [field, value]
    found = dict[str, list[str]]()
    if selects:
        for field, key in await db.fetch_all(" UNION ALL ".join(selects), *params):
            found.setdefault(field, []).append(key)
    return found


def _missing(thing: Reference, value: str | list[str], ids: list[str]) -> list[str]:
    if isinstance(value, str):
        return [] if ids else [f"{thing.title} not found"]
    there = set(map(folded, ids))
    return [f"{thing.title} not found: {name}" for name in value if folded(name) not in there]


def _as_found(value: str | list[str], ids: list[str]) -> str | list[str]:
    if isinstance(value, str):
        return ids[0]
    by_name = {folded(one): one for one in ids}
    return list(dict.fromkeys(by_name[folded(name)] for name in value))
