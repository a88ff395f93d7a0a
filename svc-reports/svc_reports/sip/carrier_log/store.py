"""Rows of the carrier log.

Reads vicidial_carrier_log, vicidial_carrier_log_archive.
"""

from __future__ import annotations

from svc_reports.archives import log_table
from svc_reports.row_lists.keyset import LogTable

_COLUMNS = (
    "uniqueid", "call_date", "server_ip", "lead_id", "hangup_cause", "dialstatus", "channel",
    "dial_time", "answered_time", "sip_hangup_cause", "sip_hangup_reason", "caller_code",
)  # fmt: skip
DATE = "call_date"


def carrier_log(archived: bool, *, dateless: bool) -> LogTable:
    """The log, or its archive, the newest row first."""
    return LogTable(
        log_table("vicidial_carrier_log", archived),
        _COLUMNS,
        order=(DATE, "uniqueid"),
        descending=True,
        dateless=dateless,
    )
