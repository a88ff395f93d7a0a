"""Rows of the carrier log.

Reads vicidial_carrier_log, vicidial_carrier_log_archive.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialkit.db import Queries, Row
from dialkit.sql import identifier

from svc_reports.archives import log_table
from svc_reports.row_lists import Key
from svc_reports.row_lists.keyset import Condition, LogTable

COLUMNS = (
    "uniqueid", "call_date", "server_ip", "lead_id", "hangup_cause", "dialstatus", "channel",
    "dial_time", "answered_time", "sip_hangup_cause", "sip_hangup_reason", "caller_code",
)  # fmt: skip
CALL_DATE = COLUMNS.index("call_date")
# Stands for the date of a row without one.
NO_DATE = "0000-00-00 00:00:00"
_DATE = f"COALESCE(call_date, '{NO_DATE}')"


def carrier_log(archived: str) -> LogTable:
    """The log, or its archive, the newest row first."""
    table = log_table("vicidial_carrier_log", archived)
    return LogTable(table, COLUMNS, order=("call_date", "uniqueid"), descending=True)


async def find_newest(db: Queries, table: LogTable) -> str | None:
    """The newest `call_date`, by the end of its index; None where no row has one."""
    sql = f"SELECT MAX(call_date) FROM {identifier(table.name)} WHERE call_date >= '1000-01-01'"  # noqa: S608
    newest: str | None = await db.fetch_value(sql)
    return newest


async def list_of_lead(
    db: Queries, table: LogTable, conditions: Sequence[Condition], after: Key | None, limit: int
) -> list[Row]:
    """Rows of a lead (index lead_id) after the key; those without a date come last."""
    if after is not None:
        date, uniqueid = after
        later = f"({_DATE} < %s OR {_DATE} = %s AND uniqueid < %s)"
        conditions = [*conditions, Condition(later, (date, date, uniqueid))]
    return await db.fetch_wide(
        ", ".join(_DATE if column == "call_date" else identifier(column) for column in COLUMNS),
        f"FROM {identifier(table.name)}"
        f" WHERE {' AND '.join(condition.sql for condition in conditions)}"
        f" ORDER BY {_DATE} DESC, uniqueid DESC LIMIT %s",
        *(value for condition in conditions for value in condition.values),
        limit,
    )
