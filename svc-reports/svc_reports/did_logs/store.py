"""SQL of calls that arrived on DIDs.

Reads vicidial_did_log, vicidial_did_log_archive, vicidial_inbound_dids.
"""

from __future__ import annotations

from collections.abc import Iterable

from dialkit.db import Queries

from svc_reports.archives import log_table
from svc_reports.conditions import Condition, equal
from svc_reports.row_lists.keyset import LogTable

COLUMNS = (
    "uniqueid", "server_ip", "channel", "caller_id_number", "caller_id_name", "extension",
    "call_date", "did_id", "did_route",
)  # fmt: skip


def did_log(archived: bool) -> LogTable:
    """The log, or its archive, the oldest row first."""
    name = log_table("vicidial_did_log", archived)
    return LogTable(name, COLUMNS, order=("call_date", "uniqueid", "server_ip"))


async def of_pattern(db: Queries, did_pattern: str) -> list[Condition]:
    """That a call arrived on the DID of that pattern, or dialled it (index did_pattern)."""
    did_id = await db.fetch_value(
        "SELECT did_id FROM vicidial_inbound_dids WHERE did_pattern = %s", did_pattern
    )
    if did_id is None:
        return equal(extension=did_pattern)
    return [Condition("(did_id = %s OR extension = %s)", (str(did_id), did_pattern))]


async def list_descriptions(db: Queries, did_ids: Iterable[str | None]) -> dict[str, str | None]:
    """What is said of these DIDs, by their ids as the log has them: of those that exist."""
    asked = sorted({int(did_id) for did_id in did_ids if did_id and did_id.isdecimal()})
    if not asked:
        return {}
    rows = await db.fetch_wide(
        "did_id, did_description", "FROM vicidial_inbound_dids WHERE did_id IN %s", asked
    )
    return {str(did_id): description for did_id, description in rows}
