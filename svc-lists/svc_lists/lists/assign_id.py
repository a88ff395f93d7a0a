"""An id for a new list (contract: "Assigning an id").

The primary key decides. The named lock only keeps requests from taking the ids from under one
another; VICIdial's own pages know nothing of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import count, islice, repeat

from dialkit.db import Database, Queries
from dialkit.db_errors import LockNotGranted
from dialkit.errors import Conflict

from svc_lists.lists import fresh_ids

# Tells whether a list could be inserted under that id: False when it is taken.
Insert = Callable[[Queries, int], Awaitable[bool]]

# VICIdial's default lists for manual and inbound calls, even where they have no rows.
DEFAULT_LISTS = frozenset({998, 999})
_MOST_LOST_RACES = 20
_MOST_REFUSED = 1000
# The first is mostly good; where it is not, many are not.
_AT_ONCE = (1, 4, 20, *repeat(50, 20))
_LOCK_TIMEOUT_S = 10


async def insert_under_new_id(db: Database, insert: Insert) -> int:
    """Insert a list under the first id that it may have, which is returned. Raises: Conflict."""
    async with _in_turn(db) as queries:
        search = _Search(queries)
        for _ in range(_MOST_LOST_RACES):
            list_id = await search.find()
            if await insert(queries, list_id):
                return list_id
    raise _none_free()


@asynccontextmanager
async def _in_turn(db: Database) -> AsyncIterator[Queries]:
    """One request after the other; one that has waited too long goes on without the lock."""
    async with AsyncExitStack() as stack:
        queries: Queries = db
        with suppress(LockNotGranted):
            lock = db.locked_connection(f"{db.name}.lists.id", timeout_s=_LOCK_TIMEOUT_S)
            queries = await stack.enter_async_context(lock)
        yield queries


class _Search:
    """Looks for ids that are free and fresh; counts those that it refuses, each once."""

    def __init__(self, db: Queries) -> None:
        self._db = db
        self._refused: set[int] = set()
        self._reserved = DEFAULT_LISTS
        self._archive = False

    async def find(self) -> int:
        """The next id that a list may have. Raises: Conflict."""
        await self._look_around()
        numbered = await fresh_ids.take_override_id(self._db)
        if numbered is None:
            return await self._find_smallest()
        while numbered:
            if (found := await self._first_fresh([numbered])) is not None:
                return found
            numbered = await fresh_ids.take_override_id(self._db)
        raise _none_free()

    async def _look_around(self) -> None:
        tables = await fresh_ids.find_tables(self._db)
        manual = await fresh_ids.list_manual_dial_ids(self._db)
        self._reserved = DEFAULT_LISTS | manual | tables.custom
        self._archive = tables.archive

    async def _find_smallest(self) -> int:
        taken = await fresh_ids.list_ids(self._db)
        free = (number for number in count(fresh_ids.FIRST_FREE_ID) if number not in taken)
        for most in _AT_ONCE:
            candidates = list(islice(free, most))
            if (found := await self._first_fresh(candidates)) is not None:
                return found
        raise _none_free()

    async def _first_fresh(self, candidates: Sequence[int]) -> int | None:
        possible = [number for number in candidates if number not in self._reserved]
        unused = await fresh_ids.find_unused(self._db, possible, archive=self._archive)
        for number in candidates:
            if number in unused:
                return number
            self._refused.add(number)
            if len(self._refused) >= _MOST_REFUSED:
                raise _none_free()
        return None


def _none_free() -> Conflict:
    return Conflict("No free list ID")
