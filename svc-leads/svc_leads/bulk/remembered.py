"""What the database has said before, within a request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

from dialkit.db import Queries

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_MOST = 1000


class Remembered(Generic[K, V]):
    """Answers by key, loaded when first asked for; of the many, the least recently used go."""

    def __init__(self, load: Callable[[Queries, Collection[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._load = load
        self._known: dict[K, V | None] = {}

    async def get(self, db: Queries, keys: Collection[K]) -> dict[K, V]:
        """What is there of the keys, at most one call of `load`."""
        missing = {key for key in keys if key not in self._known}
        loaded = await self._load(db, missing) if missing else {}
        used = {key: loaded.get(key) if key in missing else self._known.pop(key) for key in keys}
        self._known |= used
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        return {key: value for key, value in used.items() if value is not None}

    def forget(self, key: K) -> None:
        """Load it anew when it is asked for next."""
        self._known.pop(key, None)
