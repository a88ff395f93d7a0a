"""Logs that VICIdial's archiver has moved (contract: reports.md, C6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from dialkit.db_errors import RightMissing, UnknownName
from dialkit.errors import Conflict

T = TypeVar("T")
# Of a table that is not there the server says so, or that we have no right: none can be granted.
_MISSING = (UnknownName, RightMissing)
# Called with False for the live table, with True for its archive.
LookUp = Callable[[bool], Awaitable[T | None]]


def log_table(name: str, archived: bool) -> str:
    """The log of that name, or its archive."""
    return f"{name}_archive" if archived else name


async def first_found(*look_ups: LookUp[T]) -> T | None:
    """What the first of the look-ups finds, all of them in live tables before any in archives."""
    for look_up in look_ups:
        if (found := await look_up(False)) is not None:
            return found
    for look_up in look_ups:
        if (found := await if_there(look_up(True), None)) is not None:
            return found
    return None


async def if_there(found: Awaitable[T], otherwise: T) -> T:
    """What is found in an archive; an archive that the database does not have holds nothing."""
    try:
        return await found
    except _MISSING:
        return otherwise


@contextmanager
def conflict_if_missing(archived: bool) -> Iterator[None]:
    """Reads of the table that `log_table` names. Raises: Conflict where the archive is missing."""
    try:
        yield
    except _MISSING:
        if not archived:
            raise
        raise Conflict("No archive of this log") from None
