"""Text that comes in and is stored, and that nobody may read in a log."""

from __future__ import annotations

MASK = "***"


class Secret(str):
    """A password or its hash: masked in `event_sql`, and wherever a value is shown by its `repr`.

    For what hashes and stores it, it is a string as any other: so do not put it into an f-string,
    and what is cut out of it is a plain `str`.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"'{MASK}'"
