"""A request of every endpoint of svc-reports with every kind of filter (contract: reports.md).

`{...}` stands for what `support.full_logs.ids_to_ask_for` finds.
"""

from typing import NamedTuple

_DAY = "start_date=2025-07-01&end_date=2025-07-01"
_WEEK = "start_date=2025-06-24&end_date=2025-06-30"
_MONTH = "start_date=2025-06-01&end_date=2025-06-30"
_HOUR = "start_date=2025-07-01+10:00:00&end_date=2025-07-01+11:00:00"
_FORMATS = ("format=csv", "format=ndjson")


class ReportRequest(NamedTuple):
    """A request, and the status that it is answered with."""

    url: str
    status: int = 200
    method: str = "GET"
    body: dict[str, str] | None = None

    @property
    def name(self) -> str:
        """What tests call it."""
        return f"{self.method} {self.url} {self.body or ''}".rstrip()


def _of(path: str, *queries: str) -> list[ReportRequest]:
    return [ReportRequest(f"{path}?{query}" if query else path) for query in queries]


RECORDINGS = _of(
    "/api/v1/recordings/lookup",
    "",
    "limit=1000",
    "archived=Y",
    _WEEK,
    f"{_WEEK}&archived=Y",
    f"{_WEEK}&agent_user=1005",
    f"{_WEEK}&extension=8600055",
    f"{_WEEK}&agent_user=1005&extension=8600055",
    f"{_WEEK}&agent_user=nobody",
    "start_date=2020-01-01&end_date=2020-01-31",
    *(f"{_MONTH}&{encoding}" for encoding in _FORMATS),
    f"{_MONTH}&format=csv&archived=Y",
    "lead_id={lead_id}",
    "lead_id={lead_id}&archived=Y",
    f"lead_id={{lead_id}}&{_MONTH}",
    "lead_id={lead_id}&agent_user=1005",
    "lead_id={lead_id}&format=csv",
    "uniqueid={outbound}",
    "uniqueid={inbound}",
    "uniqueid={transferred}",
    "uniqueid={old_outbound}",
    "uniqueid=1700000000.1",
    "uniqueid={outbound}&archived=Y",
    "vicidial_id={vicidial_id}",
    "vicidial_id={closecallid}&archived=Y",
    "filename={filename}",
    "filename={filename}&archived=Y",
    f"filename={{filename}}&{_MONTH}",
    "filename={filename}&extension=8600055",
)
DID_LOGS = _of(
    "/api/v1/did-logs/export",
    "",
    "archived=Y",
    _DAY,
    _WEEK,
    f"{_WEEK}&limit=10000",
    f"{_WEEK}&archived=Y",
    f"{_WEEK}&did_pattern=3125550101",
    f"{_WEEK}&did_pattern=none",
    f"{_WEEK}&phone_number=3125550102",
    f"{_WEEK}&did_id=9003",
    f"{_WEEK}&caller_id_number={{caller}}",
    f"{_WEEK}&server_ip=10.0.0.11",
    f"{_WEEK}&did_id=9003&server_ip=10.0.0.11&archived=Y",
    f"{_MONTH}&caller_id_number={{caller}}",
    f"{_MONTH}&phone_number=3125550102",
    *(f"{_WEEK}&{encoding}" for encoding in _FORMATS),
)
PHONE_LOGS = _of(
    "/api/v1/phone-logs/{phone}",
    "",
    "type=IN",
    "type=ALL",
    "type=ALL&detail=LAST",
    "type=ALL&archived=Y",
    "type=ALL&archived=Y&detail=LAST",
    "archived_lead=Y",
    f"type=ALL&{_MONTH}",
    f"type=ALL&detail=LAST&{_MONTH}",
    "type=ALL&limit=1",
    *(f"type=ALL&{encoding}" for encoding in _FORMATS),
)
PHONE_LOGS += _of("/api/v1/phone-logs/{phone},{caller},5550001111", "", "type=ALL", "type=IN")
PHONE_LOGS += _of("/api/v1/phone-logs/5550001111", "type=ALL", "type=ALL&archived=Y")
AGENT_STATS = _of(
    "/api/v1/agent-stats/export",
    "",
    _DAY,
    _WEEK,
    f"{_WEEK}&archived=Y",
    f"{_WEEK}&campaign_id=OUT1",
    f"{_WEEK}&agent_user=1005",
    f"{_WEEK}&user_group=AGENTS",
    f"{_WEEK}&group_by_campaign=Y",
    f"{_DAY}&campaign_id=OUT1&agent_user=1005&user_group=AGENTS&group_by_campaign=Y",
    f"{_DAY}&time_format=HF&format=csv",
    f"{_DAY}&format=ndjson",
    f"{_WEEK}&detail=event",
    f"{_WEEK}&detail=event&archived=Y&limit=10000",
    f"{_WEEK}&detail=event&campaign_id=OUT1",
    f"{_WEEK}&detail=event&agent_user=1005",
    f"{_MONTH}&detail=event&agent_user=1005&limit=10",
    f"{_WEEK}&detail=event&user_group=AGENTS",
    *(f"{_WEEK}&detail=event&{encoding}" for encoding in _FORMATS),
)
STATUS_STATS = _of(
    "/api/v1/call-stats/status",
    "",
    "query_date=2025-07-01",
    "query_date=2025-07-01&query_time=09:00:00&end_time=12:00:00",
    _WEEK,
    f"{_WEEK}&archived=Y",
    f"{_WEEK}&campaign_id=OUT1",
    f"{_WEEK}&campaigns=OUT1,OUT2&statuses=SALE,NI",
    f"{_WEEK}&campaigns=---ALL---&ingroups=---ALL---",
    f"{_WEEK}&ingroups=SALES_EN-VIP",
    f"{_MONTH}&ingroups=SALES_EN",
    f"{_MONTH}&ingroups=SALES_EN&archived=Y",
)
DISPO = _of(
    "/api/v1/call-stats/dispo",
    "",
    "query_date=2025-07-01&query_time=09:00:00&end_time=12:00:00",
    _WEEK,
    f"{_WEEK}&campaign_id=OUT1",
    f"{_WEEK}&campaigns=OUT1,OUT2",
    f"{_WEEK}&campaigns=---ALL---&ingroups=---ALL---&user_breakdown=1",
    f"{_MONTH}&ingroups=SALES_EN",
    f"{_WEEK}&did_ids=9001,9002",
    f"{_WEEK}&did_ids=---ALL---",
    f"{_WEEK}&dids=3125550101",
    f"{_WEEK}&did_patterns=3125550101,3125550102&archived=Y",
    f"{_WEEK}&campaigns=OUT1&did_ids=9001&user_breakdown=1",
    f"{_WEEK}&statuses=SALE,NI",
    f"{_WEEK}&categories=SALE",
    f"{_WEEK}&users=1005,1006",
    f"{_WEEK}&user_groups=AGENTS",
    f"{_WEEK}&status_breakdown=0&show_percentages=0",
    f"{_WEEK}&campaigns=OUT1&ingroups=VIP&archived=Y",
    f"{_DAY}&format=csv",
)
CALLS = [
    *(
        ReportRequest(f"/api/v1/calls/{{{name}}}/info")
        for name in (
            *("outbound", "inbound", "transferred", "old_outbound", "closecallid"),
            *("old_closecallid", "V", "M", "Y", "J", "dialed", "old_V"),
        )
    ),
    *(
        ReportRequest(f"/api/v1/calls/{call_id}/info", 404)
        for call_id in (
            "4000000000",
            "1700000000.1",
            "V1010101010000000001",
            "Y1010101010000000001",
        )
    ),
]
LOG_ENTRIES = [
    *(
        ReportRequest(f"/api/v1/log-entries/{{{name}}}", 200, "PUT", body)
        for name, body in (
            ("outbound", {"status": "NI"}),
            ("outbound", {"comments": "Called back"}),
            ("outbound", {"comments": "Called back again", "user_group": "AGENTS"}),
            ("closecallid", {"status": "NI", "user_group": "", "comments": "Wants an offer"}),
            ("inbound", {"status": "NI"}),
            ("V", {"status": "NI"}),
            ("M", {"comments": ""}),
            ("Y", {"status": "SALE"}),
            ("J", {"status": "SALE"}),
            ("dialed", {"status": "SALE"}),
        )
    ),
    ReportRequest("/api/v1/log-entries/{transferred}", 409, "PUT", {"status": "NI"}),
    ReportRequest("/api/v1/log-entries/{old_outbound}", 404, "PUT", {"status": "NI"}),
    ReportRequest("/api/v1/log-entries/{old_V}", 404, "PUT", {"status": "NI"}),
]
SIP = [
    *_of(
        "/api/v1/sip/carrier-log",
        "",
        "archived=Y",
        _DAY,
        _WEEK,
        "lead_id={lead_id}",
        f"lead_id={{lead_id}}&{_MONTH}&archived=Y",
        f"{_WEEK}&server_ip=10.0.0.11",
        f"{_WEEK}&dialstatus=BUSY",
        f"{_WEEK}&sip_hangup_cause=486&hangup_cause=17",
        f"{_WEEK}&caller_code={{V}}",
        *(f"{_WEEK}&{encoding}" for encoding in _FORMATS),
    ),
    *_of(
        "/api/v1/sip/event-log",
        "",
        "caller_code={sip_caller}",
        _WEEK,
        "start_date=2025-07-03&end_date=2025-07-08",
        "start_date=2025-07-03&end_date=2025-07-08&caller_code={sip_caller}",
        "start_date=2025-07-07&sip_event=INVITE",
        "start_date=2025-07-07&sip_call_id={sip_call_id}",
        "start_date=2025-07-07&uniqueid={sip_uniqueid}",
        "start_date=2025-07-07&server_ip=10.0.0.11",
        *(f"start_date=2025-07-07&{encoding}" for encoding in _FORMATS),
    ),
    *_of("/api/v1/sip/live-channels", "", "server_ip=10.0.0.11&type=client", "channel_group=V1"),
]
KPI = _of(
    "/api/v1/kpi/dispositions",
    "",
    "archived=Y",
    _DAY,
    *(f"{_WEEK}&group_by={group}" for group in ("campaign", "list", "both")),
    f"{_WEEK}&campaign_id=OUT1",
    f"{_WEEK}&group_by=both&list_id=1001&campaign_id=OUT2",
)
SUMMARY = _of("/internal/v1/leads/{lead_id}/call-summary", "", "archived=Y")

REPORT_REQUESTS = [
    *RECORDINGS, *DID_LOGS, *PHONE_LOGS, *AGENT_STATS, *STATUS_STATS, *DISPO, *CALLS, *LOG_ENTRIES,
    *SIP, *KPI, *SUMMARY,
]  # fmt: skip
