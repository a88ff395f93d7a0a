"""SQL of transferred calls.

Reads vicidial_log_extended, vicidial_dial_log.
"""

from __future__ import annotations

from dialkit.db import Queries


async def find_lead_of_call(db: Queries, caller_code: str, *, since: str) -> int | None:
    """The lead of the newest call with that caller code, or None (indexes vlecc, caller_code)."""
    table = "vicidial_dial_log" if caller_code.startswith("DC") else "vicidial_log_extended"
    lead_id: int | None = await db.fetch_value(
        f"""
        SELECT lead_id
        FROM {table}
        WHERE caller_code = %s AND call_date > %s
        ORDER BY call_date DESC
        LIMIT 1
        """,  # noqa: S608
        caller_code,
        since,
    )
    return lead_id
