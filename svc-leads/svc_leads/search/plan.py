"""How a search goes through the leads: by which index, in which order (contract: GET /search)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.errors import InvalidInput
from dialkit.sql import literal

_TEXTS = ("first_name", "last_name", "email")
# Rows as they lie, sorted afterwards: by an index most of the table is read row by row.
SCAN = "IGNORE INDEX (status) IGNORE INDEX FOR ORDER BY (PRIMARY)"


class Filter(NamedTuple):
    """Conditions of a WHERE, and their values."""

    conditions: list[str]
    params: list[Any]

    @property
    def where(self) -> str:
        """The WHERE clause, if there is one."""
        return f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""

    def also(self, condition: str, *params: Any) -> Filter:
        """The filter with one more condition."""
        return Filter([*self.conditions, condition], [*self.params, *params])


class Keyset(NamedTuple):
    """Where the page before has ended."""

    phone_number: str | None
    lead_id: int


def filter_of(query: Mapping[str, Any]) -> Filter:
    """The filters of a search, the page aside."""
    found = Filter([], [])
    if "phone_number" in query:
        found = found.also("phone_number LIKE %s", query["phone_number"] + "%")
    for column in ("list_id", "status"):
        if column in query:
            found = found.also(f"{column} = %s", query[column])
    for column in _TEXTS:
        if query.get(column):
            found = found.also(f"{column} LIKE %s", f"%{literal(query[column])}%")
    return found


def has_text(query: Mapping[str, Any]) -> bool:
    """Whether names or e-mail are searched, which no index serves."""
    return any(query.get(column) for column in _TEXTS)


def by_phone(query: Mapping[str, Any]) -> bool:
    """Whether the leads come in the order of their numbers; else the newest come first."""
    return "phone_number" in query or "list_id" in query


def keyset_of(query: Mapping[str, Any]) -> Keyset | None:
    """The end of the page before. Raises: InvalidInput where it fits another order."""
    if "after" not in query:
        return None
    number, colon, lead_id = query["after"].rpartition(":")
    if bool(colon) != by_phone(query):
        raise InvalidInput({"after": ["Belongs to a search with other filters"]})
    return Keyset(number if colon else None, int(lead_id))


def beyond(found: Filter, keyset: Keyset | None) -> Filter:
    """The filter for what comes after the page before."""
    if keyset is None:
        return found
    if keyset.phone_number is None:
        return found.also("lead_id < %s", keyset.lead_id)
    number = keyset.phone_number
    return found.also("phone_number >= %s", number).also(
        "(phone_number > %s OR lead_id < %s)", number, keyset.lead_id
    )
