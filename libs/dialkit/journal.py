"""Changes of configuration, written down in VICIdial's log with the statements that made them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from dialkit.audit import Change, write_admin_log
from dialkit.clock import Moment
from dialkit.db import Connection, Queries, Result
from dialkit.sql import written_out
from dialkit.tokens import Caller

T = TypeVar("T")


class Journal(Queries):
    """Runs statements, remembers those that change something, and logs them as `event_sql`."""

    def __init__(
        self, db: Queries, caller: Caller, now: Moment, *, begun: Journal | None = None
    ) -> None:
        self._db = db
        self._caller = caller
        self._now = now
        self.changes: list[str] = list(begun.changes) if begun else []

    @property
    def name(self) -> str:
        """The database's name."""
        return self._db.name

    async def run(
        self, sql: str, params: Sequence[Any], *, read: bool, limit_s: float | None = None
    ) -> Result:
        """Run one statement; a change is remembered once it is made."""
        result = await self._db.run(sql, params, read=read, limit_s=limit_s)
        if not read:
            self.changes.append(written_out(sql, params))
        return result

    async def in_transaction(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Run `work` in one transaction, whose statements are not remembered here."""
        return await self._db.in_transaction(work)

    def beside(self) -> Journal:
        """Another journal of the same transaction, for changes with a log row of their own."""
        return Journal(self._db, self._caller, self._now)

    async def log(
        self, section: str, kind: str, record: object, code: str, notes: str = ""
    ) -> None:
        """Write the log row of what was changed since the last one."""
        sql = "\n".join(self.changes)
        self.changes.clear()
        change = Change(section, kind, record, code, notes, sql)
        await write_admin_log(self._db, self._caller, self._now, change)

    async def log_for_others(
        self, section: str, kind: str, record: object, code: str, notes: str = ""
    ) -> None:
        """Write the log row of what another service has done: none of it was said here."""
        change = Change(section, kind, record, code, notes)
        await write_admin_log(self._db, self._caller, self._now, change)


async def journaled(
    db: Queries,
    caller: Caller,
    now: Moment,
    work: Callable[[Journal], Awaitable[T]],
    *,
    begun: Journal | None = None,
) -> T:
    """Run `work` in one transaction; after a deadlock again, with a new journal.

    `begun` remembers what was changed before the transaction, and is logged with it.
    """

    async def anew(connection: Connection) -> T:
        return await work(Journal(connection, caller, now, begun=begun))

    return await db.in_transaction(anew)
