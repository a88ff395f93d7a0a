"""The documented rows of svc-reports that the demo logs have: their keys in their order."""

import json
from typing import Any

from support import call_info, carrier_log, did_logs, phone_logs, recordings, sip_events

RECORDING: dict[str, Any] = recordings.SHOWN
DID_CALL: dict[str, Any] = did_logs.DOCUMENTED
_CODE = "M4050908070000012345"
CALL: dict[str, Any] = call_info.OUTBOUND | {"caller_code": _CODE, "custtime": 725}
CARRIER_CALL: dict[str, Any] = carrier_log.DOCUMENTED
SIP_EVENT: dict[str, Any] = sip_events.DOCUMENTED
PHONE_CALL: dict[str, Any] = phone_logs.DOCUMENTED
# PUT /log-entries/{entry_id}
LOG_ENTRY: dict[str, Any] = {
    "entry_id": "M9131554060000426264",
    "log": "vicidial_log",
    "uniqueid": "1347566056.399",
    "closecallid": None,
    "lead_id": 426264,
    "group": "TESTCAMP",
    "old_status": "WN",
    "status": "SALEX",
    "user_group": "AGENTS",
}
# GET /sip/live-channels
CHANNEL: dict[str, Any] = {
    "channel": "SIP/8001-00000001",
    "server_ip": "192.168.1.10",
    "channel_group": "V1081030000000012345",
    "extension": "8600051",
    "channel_data": "8600051,F",
    "channel_type": "client",
}
# GET /agent-stats/export: an agent, and `detail=event`.
AGENT_KEYS = [
    "user",
    "full_name",
    "user_group",
    "calls",
    "login_time",
    "total_talk_time",
    "avg_talk_time",
    "avg_wait_time",
    "pct_of_queue",
    "pause_time",
    "sessions",
    "avg_session",
    "pauses",
    "avg_pause_time",
    "pause_pct",
    "pauses_per_session",
    "wait_time",
    "talk_time",
    "dispo_time",
    "dead_time",
]
AGENT_EVENT: dict[str, Any] = {
    "agent_log_id": 30001,
    "user": "6666",
    "event_time": "2025-01-08T17:00:01Z",
    "campaign_id": "TESTCAMP",
    "lead_id": 12345,
    "pause_epoch": 1736355601,
    "pause_sec": 14,
    "wait_epoch": 1736355615,
    "wait_sec": 0,
    "talk_epoch": 1736355615,
    "talk_sec": 725,
    "dispo_epoch": 1736356340,
    "dispo_sec": 9,
    "dead_epoch": None,
    "dead_sec": 0,
    "status": "A",
    "sub_status": "LOGIN",
    "pause_type": "AGENT",
    "user_group": "ADMIN",
    "comments": "MANUAL",
    "uniqueid": "1736355590.1234",
    "server_ip": "10.0.0.5",
}


def as_csv(row: dict[str, Any]) -> str:
    """An export of one row, none of whose values needs quotes."""
    values = ("" if value is None else str(value) for value in row.values())
    return f"{','.join(row)}\r\n{','.join(values)}\r\n"


def as_ndjson(row: dict[str, Any]) -> str:
    """An export of one row."""
    return json.dumps(row, separators=(",", ":")) + "\n"
