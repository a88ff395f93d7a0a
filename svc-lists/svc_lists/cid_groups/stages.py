"""Changing and deleting entries: few or a million, each with its trace in the log of changes.

An owner's entries may be many: 5,000 at a time, so that the dialer never waits long for the table
and no log row outgrows what the server takes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

from dialkit.clock import Moment
from dialkit.db import Queries, Row
from dialkit.errors import NotFound
from dialkit.journal import Journal

from svc_lists.cid_groups import store
from svc_lists.cid_groups.entry_id import ALL, EntryId
from svc_lists.cid_groups.span import Key, Span
from svc_lists.cid_groups.store import Owner

SECTION = "CIDGROUPS"
CHUNK = 5000


class Stage(NamedTuple):
    """What is done to entries, in the words of the log, and the statement that does it."""

    kind: str
    code: str
    done: str
    write: Callable[[Queries, Span], Awaitable[int]]


async def carry_out(
    journal: Journal, owner: Owner, entry_id: EntryId, now: Moment, stage: Stage
) -> int:
    """Do it to all entries that are meant; how many those were. Raises: NotFound for none."""
    total = 0
    async for chunk, old in _chunks(journal, span_of(owner, entry_id)):
        count = await stage.write(journal, chunk)
        if count:
            await store.stamp(journal, owner, now)
            notes = _notes(entry_id, f"{stage.done}: {count}", old)
            await journal.log(SECTION, stage.kind, owner.id, stage.code, notes)
        total += count
    if not total:
        raise NotFound("CID group entry not found")
    return total


async def _chunks(db: Queries, span: Span) -> AsyncIterator[tuple[Span, list[Row]]]:
    """The span in pieces, each with its entries as they are."""
    while rows := await store.list_entries(db, span, CHUNK + 1):
        if len(rows) <= CHUNK:
            yield span, rows
            return
        last = key_of(rows[CHUNK - 1])
        yield span._replace(upto=last), rows[:CHUNK]
        span = span._replace(after=last)


def span_of(owner: Owner, entry_id: EntryId) -> Span:
    """The owner's entries that are meant."""
    areacode, outbound_cid = (
        None if part == ALL else part for part in (entry_id.areacode, entry_id.outbound_cid)
    )
    return Span(owner.id, areacode, outbound_cid)


def key_of(row: Row) -> Key:
    """The place of an entry."""
    return Key(row[0], row[1] or "")


def _notes(entry_id: EntryId, done: str, old: list[Row]) -> str:
    """What was done, and the entries as they were: area code, number, active, description."""
    areacode, outbound_cid = entry_id.areacode or ALL, entry_id.outbound_cid or ALL
    lines = ["|".join(part or "" for part in row[:4]) for row in old]
    return "\n".join([f"areacode: {areacode} outbound_cid: {outbound_cid} {done}", *lines])
