"""Look-ups by key: in the live tables and, for what is not there, in the archives (C6)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from dialkit.db_errors import UnknownName

T = TypeVar("T")
# Called with False for the live table, with True for its archive.
LookUp = Callable[[bool], Awaitable[T | None]]


async def first_found(*look_ups: LookUp[T]) -> T | None:
    """What the first of the look-ups finds, all of them in live tables before any in archives."""
    for archived in (False, True):
        for look_up in look_ups:
            found = await _looked_up(look_up, archived)
            if found is not None:
                return found
    return None


async def _looked_up(look_up: LookUp[T], archived: bool) -> T | None:
    """What it finds; an archive that does not exist holds nothing."""
    try:
        return await look_up(archived)
    except UnknownName:
        if not archived:
            raise
        return None
