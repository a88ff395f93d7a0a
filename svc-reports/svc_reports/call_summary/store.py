"""SQL of a lead's calls.

Reads vicidial_log, vicidial_log_archive.
"""

from __future__ import annotations

from typing import NamedTuple

from dialkit.db import Queries

from svc_reports.archives import log_table


class Calls(NamedTuple):
    """How many calls a lead had, for how many campaigns; when the newest began."""

    total: int
    campaigns: int
    newest: str | None
    newest_epoch: int | None


async def count_calls(db: Queries, lead_id: int, archived: bool) -> Calls:
    """The lead's calls in the outbound log (index lead_id)."""
    log = log_table("vicidial_log", archived)
    (calls,) = await db.fetch_all(
        f"""
        SELECT COUNT(*), COUNT(DISTINCT campaign_id), MAX(call_date),
            (
                SELECT start_epoch
                FROM {log}
                WHERE lead_id = %s
                ORDER BY call_date DESC, start_epoch DESC
                LIMIT 1
            )
        FROM {log}
        WHERE lead_id = %s
        """,  # noqa: S608
        lead_id,
        lead_id,
    )
    return Calls(*calls)
