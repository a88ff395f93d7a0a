"""Rows of the carrier log.

Reads vicidial_carrier_log, vicidial_carrier_log_archive.
"""

from __future__ import annotations

from dialkit.db import Queries
from dialkit.sql import identifier

from svc_reports.archives import log_table
from svc_reports.row_lists.keyset import LogTable

COLUMNS = (
    "uniqueid", "call_date", "server_ip", "lead_id", "hangup_cause", "dialstatus", "channel",
    "dial_time", "answered_time", "sip_hangup_cause", "sip_hangup_reason", "caller_code",
)  # fmt: skip
CALL_DATE = COLUMNS.index("call_date")


def carrier_log(archived: str) -> LogTable:
    """The log, or its archive, the newest row first."""
    table = log_table("vicidial_carrier_log", archived)
    return LogTable(table, COLUMNS, order=("call_date", "uniqueid"), descending=True)


async def find_newest(db: Queries, table: LogTable) -> str | None:
    """The newest `call_date`; None in an empty table."""
    sql = f"SELECT MAX(call_date) FROM {identifier(table.name)}"  # noqa: S608
    newest: str | None = await db.fetch_value(sql)
    return newest
