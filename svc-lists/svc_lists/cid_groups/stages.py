"""Changing and deleting entries: few or a million, each with its trace in the log of changes.

An owner's entries may be many: 5,000 at a time, so that the dialer never waits long for the table
and no log row outgrows what the server takes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
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
    total, rest, more = 0, span_of(owner, entry_id), True
    while more:
        rows = await store.list_entries(journal, rest, CHUNK + 1)
        old, more = rows[:CHUNK], len(rows) > CHUNK
        chunk = rest._replace(upto=key_of(old[-1])) if more else rest
        if count := await stage.write(journal, chunk) if old else 0:
            await store.stamp(journal, owner, now)
            notes = _notes(entry_id, f"{stage.done}: {count}", old)
            await journal.log(SECTION, stage.kind, owner.id, stage.code, notes)
        total += count
        rest = rest._replace(after=chunk.upto)
    if not total:
        raise NotFound("CID group entry not found")
    return total


def span_of(owner: Owner, entry_id: EntryId) -> Span:
    """The owner's entries that are meant."""
    _, *parts = entry_id
    areacode, outbound_cid = (None if part == ALL else part for part in parts)
    return Span(owner.id, areacode, outbound_cid)


def key_of(row: Row) -> Key:
    """The place of an entry."""
    return Key(row[0], row[1] or "")


def _notes(entry_id: EntryId, done: str, old: list[Row]) -> str:
    """What was done, and the entries as they were: area code, number, active, description."""
    areacode, outbound_cid = entry_id.areacode or ALL, entry_id.outbound_cid or ALL
    lines = ["|".join(part or "" for part in row[:4]) for row in old]
    return "\n".join([f"areacode: {areacode} outbound_cid: {outbound_cid} {done}", *lines])
