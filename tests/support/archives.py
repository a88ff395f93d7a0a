"""Logs, their archives, and databases that lack some of these tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from support.answers import refused
from support.database import TestDatabase

NO_ARCHIVE = refused(409, "No archive of this log")


def log_table(name: str, archived: bool) -> str:
    """The table of a log, or of its archive."""
    return f"{name}_archive" if archived else name


@contextmanager
def without(db: TestDatabase, *tables: str) -> Iterator[None]:
    """The database lacks these tables, in the block."""
    pairs = [(table, f"{table}_aside") for table in tables]
    db.execute("RENAME TABLE " + ", ".join(f"{table} TO {aside}" for table, aside in pairs))
    try:
        yield
    finally:
        db.execute("RENAME TABLE " + ", ".join(f"{aside} TO {table}" for table, aside in pairs))
