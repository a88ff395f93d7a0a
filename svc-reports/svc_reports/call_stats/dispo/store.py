"""SQL of calls to DIDs.

Reads vicidial_did_log, vicidial_did_log_archive, vicidial_inbound_dids.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from dialkit.db import Queries
from dialkit.sql import chunks, identifier

from svc_reports.archives import log_table
from svc_reports.conditions import Condition, among, every, within
from svc_reports.ranges import Range

DATE = "call_date"
_CHUNK = 500


class DidCall(NamedTuple):
    """A call that arrived on a DID, and the number that was dialled."""

    uniqueid: str
    call_date: str
    did_id: str
    extension: str


def did_log(archived: bool) -> str:
    """The log's table, or its archive."""
    return log_table("vicidial_did_log", archived)


async def list_calls(
    db: Queries,
    window: Range,
    *,
    did_ids: Sequence[str] | None,
    numbers: Sequence[str],
    archived: bool,
) -> list[DidCall]:
    """The calls of a window (index call_date) to these DIDs or numbers; of None, to all DIDs."""
    asked = [] if did_ids is None else [_to_any(did_ids, numbers)]
    where = every(within(DATE, window), *asked)
    rows = await db.fetch_wide(
        "uniqueid, call_date, COALESCE(did_id, ''), COALESCE(extension, '')",
        f"FROM {identifier(did_log(archived))} WHERE {where.sql}",
        *where.values,
    )
    return [DidCall(*row) for row in rows]


def _to_any(did_ids: Sequence[str], numbers: Sequence[str]) -> Condition:
    """That a call went to one of the DIDs, or of the numbers."""
    either = among(did_id=list(did_ids) or None, extension=list(numbers) or None)
    sql = " OR ".join(condition.sql for condition in either) or "FALSE"
    return Condition(f"({sql})", tuple(value for one in either for value in one.values))


async def dids_of_patterns(db: Queries, patterns: Sequence[str]) -> dict[str, str]:
    """The DIDs of these patterns, and as the log has their ids (index did_pattern)."""
    sql = "SELECT did_id, did_pattern FROM vicidial_inbound_dids WHERE did_pattern IN %s"
    return {str(did_id): pattern for did_id, pattern in await db.fetch_all(sql, list(patterns))}


async def patterns_of_dids(db: Queries, did_ids: Collection[str]) -> dict[str, str]:
    """The patterns of those of these DIDs that exist."""
    sql = "SELECT did_id, did_pattern FROM vicidial_inbound_dids WHERE did_id IN %s"
    numbers = sorted({int(did_id) for did_id in did_ids if did_id.isdecimal()})
    found = dict[str, str]()
    for chunk in chunks(numbers, _CHUNK):
        found |= {str(did_id): pattern for did_id, pattern in await db.fetch_all(sql, chunk)}
    return found
