"""SQL of calls to DIDs.

Reads vicidial_did_log, vicidial_did_log_archive, vicidial_inbound_dids.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.sql import chunks, identifier

from svc_reports.archives import log_table
from svc_reports.ranges import Range

_CHUNK = 500


class DidCall(NamedTuple):
    """A call that arrived on a DID, and the number that was dialled."""

    uniqueid: str
    call_date: str
    did_id: str
    extension: str


def did_log(archived: str) -> str:
    """The log's table, or its archive."""
    return log_table("vicidial_did_log", archived)


async def list_calls(
    db: Queries,
    archived: str,
    window: Range,
    *,
    did_ids: Sequence[str] | None,
    numbers: Sequence[str],
) -> list[DidCall]:
    """The calls of a window (index call_date) to these DIDs or numbers; of None, to all DIDs."""
    wanted: dict[str, Any] = {"did_id": list(did_ids or ()), "extension": list(numbers)}
    given = {column: values for column, values in wanted.items() if values}
    among = " OR ".join(f"{identifier(column)} IN %s" for column in given) or "FALSE"
    where, params = ("", []) if did_ids is None else (f" AND ({among})", list(given.values()))
    rows = await db.fetch_wide(
        "uniqueid, call_date, COALESCE(did_id, ''), COALESCE(extension, '')",
        f"FROM {identifier(did_log(archived))} WHERE call_date >= %s AND call_date < %s{where}",
        *window.as_sql,
        *params,
    )
    return [DidCall(*row) for row in rows]


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
