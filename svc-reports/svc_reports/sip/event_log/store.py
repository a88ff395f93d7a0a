"""SQL of SIP events.

Reads vicidial_sip_event_log, vicidial_sip_event_log_0, vicidial_sip_event_log_1,
vicidial_sip_event_log_2, vicidial_sip_event_log_3, vicidial_sip_event_log_4,
vicidial_sip_event_log_5, vicidial_sip_event_log_6, vicidial_sip_event_archive_details.
"""

from __future__ import annotations

from dialkit.db import Queries, Row

from svc_reports.row_lists.keyset import LogTable

COLUMNS = (
    "sip_event_id", "sip_call_id", "sip_event", "event_date", "server_ip", "caller_code",
    "channel", "uniqueid",
)  # fmt: skip
DATE = "event_date"
# Today's, and what it was rolled into: a table a day of the week.
LIVE, *ROLLED = (
    LogTable(name, COLUMNS, order=(DATE, "sip_event_id"), descending=True)
    for name in (
        "vicidial_sip_event_log",
        "vicidial_sip_event_log_0",
        "vicidial_sip_event_log_1",
        "vicidial_sip_event_log_2",
        "vicidial_sip_event_log_3",
        "vicidial_sip_event_log_4",
        "vicidial_sip_event_log_5",
        "vicidial_sip_event_log_6",
    )
)


async def list_rolled(db: Queries) -> list[Row]:
    """Of each rolled table: its day of the week, and its first and its last date."""
    return await db.fetch_wide(
        "wday, start_event_date, end_event_date",
        "FROM vicidial_sip_event_archive_details WHERE wday < %s ORDER BY wday",
        len(ROLLED),
    )
