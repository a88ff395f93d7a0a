"""Logs that VICIdial's archiver has moved (contract: reports.md, C6)."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager

from dialkit.db import Row
from dialkit.db_errors import UnknownName
from dialkit.errors import Conflict


def log_table(name: str, archived: str) -> str:
    """The table that a request with that `archived` reads."""
    return f"{name}_archive" if archived == "Y" else name


async def if_there(rows: Awaitable[list[Row]]) -> list[Row]:
    """The rows of an archive; none where the database has no such table."""
    try:
        return await rows
    except UnknownName:
        return []


@contextmanager
def archive_needed(archived: str) -> Iterator[None]:
    """Reads of the table that `log_table` names. Raises: Conflict where it is not there."""
    try:
        yield
    except UnknownName:
        if archived != "Y":
            raise
        raise Conflict("No archive of this log") from None
