"""Rows that a request refers to, found with one statement and spelled as the database does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

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
    values, missing = dict[str, Any](), dict[str, list[str]]()
    for field, (thing, value) in wanted.items():
        ids = found.get(field, [])
        if isinstance(value, str):
            values[field] = ids[0] if ids else None
            absent = [] if ids else [f"{thing.title} not found"]
        else:
            by_name = {_folded(one): one for one in ids}
            values[field] = list(dict.fromkeys(by_name.get(_folded(one)) for one in value))
            absent = [f"{thing.title} not found: {one}" for one in _absent(value, by_name)]
        if absent:
            missing[field] = absent
    if missing:
        raise InvalidInput(missing)
    return values


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


def _absent(names: Sequence[str], by_name: Mapping[str, str]) -> list[str]:
    return [name for name in names if _folded(name) not in by_name]


def _folded(name: str) -> str:
    """As the database compares ids: no case, no trailing spaces."""
    return name.rstrip(" ").casefold()
