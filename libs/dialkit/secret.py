"""Text that comes in and is stored, and that nobody may read in a log."""

from __future__ import annotations

MASK = "***"


class Secret(str):
    """A password or its hash: a string whose `repr` is masked, as it is in `event_sql`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"'{MASK}'"
