"""The endpoints of svc-reports, each as one request for rows that carry a mark."""

from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession
from support.answers import Answer
from support.apps import Reports, clock_at
from support.database import TestDatabase

# Noon of that day in New York.
NOW = clock_at("2025-01-08T17:00:00")
_AT, _EPOCH = "2025-01-08 10:00:00", 1736348400
_THAT_DAY = "start_date=2025-01-08&end_date=2025-01-08"
_CALL = {
    "lead_id": 12345,
    "list_id": 101,
    "call_date": _AT,
    "start_epoch": _EPOCH,
    "end_epoch": _EPOCH + 60,
    "length_in_sec": 60,
    "phone_number": "5551234567",
    "user": "agent1",
}
# Of each table the column that gets the mark, and the others.
_ROWS: dict[str, tuple[str, dict[str, Any]]] = {
    "recording_log": ("channel", {"start_time": _AT, "start_epoch": _EPOCH}),
    "vicidial_did_log": (
        "channel",
        {"uniqueid": "1736348400.1", "server_ip": "10.0.0.5", "call_date": _AT},
    ),
    "vicidial_closer_log": (
        "status",
        _CALL | {"closecallid": 777, "uniqueid": "1736348400.2", "campaign_id": "SALES"},
    ),
    "vicidial_log": ("status", _CALL | {"uniqueid": "1736348400.3", "campaign_id": "TESTCAMP"}),
    "vicidial_agent_log": (
        "user",
        {"server_ip": "10.0.0.5", "event_time": _AT, "lead_id": 12345, "campaign_id": "TESTCAMP"},
    ),
    "vicidial_carrier_log": (
        "channel",
        {"uniqueid": "1736348400.4", "server_ip": "10.0.0.5", "call_date": _AT},
    ),
    "vicidial_sip_event_log": (
        "channel",
        {"caller_code": "M1081000000000012345", "event_date": _AT, "sip_event": "INVITE"},
    ),
    "live_sip_channels": ("channel", {"server_ip": "10.0.0.5"}),
}


@dataclass(frozen=True)
class Call:
    """A request, and the table that it cannot be answered without."""

    name: str
    path: str
    table: str
    method: str = "GET"
    body: Any = None

    async def sent(self, reports: Reports) -> Answer:
        """What is answered: the status, and the envelope."""
        response = await reports.request(self.method, self.path, json=self.body)
        return response.status, await response.json()

    def __str__(self) -> str:
        """For test ids."""
        return self.name


# By their numbers in the contract: what reads the report database, then what asks the dialer's.
REPORTS = (
    Call("1 recordings", f"/api/v1/recordings/lookup?{_THAT_DAY}", "recording_log"),
    Call("2 DID log", f"/api/v1/did-logs/export?{_THAT_DAY}", "vicidial_did_log"),
    Call("3 phone log", "/api/v1/phone-logs/5551234567?type=IN", "vicidial_closer_log"),
    Call("4 agent stats", f"/api/v1/agent-stats/export?{_THAT_DAY}", "vicidial_agent_log"),
    Call("5 statuses", f"/api/v1/call-stats/status?{_THAT_DAY}", "vicidial_log"),
    Call("6 dispositions", f"/api/v1/call-stats/dispo?{_THAT_DAY}", "vicidial_log"),
    Call("9 carrier log", f"/api/v1/sip/carrier-log?{_THAT_DAY}", "vicidial_carrier_log"),
    Call("10 SIP events", f"/api/v1/sip/event-log?{_THAT_DAY}", "vicidial_sip_event_log"),
    Call("12 KPI", f"/api/v1/kpi/dispositions?{_THAT_DAY}", "vicidial_log"),
)
LOOK_UPS = (
    Call("7 call", "/api/v1/calls/777/info", "vicidial_closer_log"),
    Call("8 log entry", "/api/v1/log-entries/777", "vicidial_closer_log", "PUT",
         {"user_group": ""}),
    Call("11 channels", "/api/v1/sip/live-channels", "live_sip_channels"),
)  # fmt: skip
EXPORTS = tuple(
    Call(f"{report.name} as CSV", f"{report.path}&format=csv", report.table)
    for report in REPORTS
    if report.name not in {"5 statuses", "12 KPI"}
)


async def status_of(reports: Reports | ClientSession, call: Call) -> int:
    """The status that is answered, with a body of whatever kind."""
    async with reports.request(call.method, call.path, json=call.body) as response:
        await response.read()
        return response.status


def make_marked_rows(db: TestDatabase, mark: str) -> None:
    """A row in each of the tables, for which every request here has an answer with the mark."""
    for table, (column, values) in _ROWS.items():
        db.insert(table, **values, **{column: mark})
