"""The endpoints of svc-reports for hostile requests, and cursors that no answer has given."""

import json
from collections.abc import Iterator

from dialkit.fields import Query
from support.hostile import VALUES, Endpoint, Path
from support.pages import cursor_of
from svc_reports.agent_stats.schemas import AgentStatsQuery
from svc_reports.call_stats.dispo.schemas import DispoQuery
from svc_reports.call_stats.status.schemas import StatusQuery
from svc_reports.did_logs.schemas import DidLogQuery
from svc_reports.kpi.schemas import DispositionsQuery
from svc_reports.log_entries.schemas import EntryChanges
from svc_reports.phone_logs.schemas import PhoneLogQuery
from svc_reports.recordings.schemas import RecordingQuery
from svc_reports.sip.carrier_log.schemas import CarrierLogQuery
from svc_reports.sip.event_log.schemas import EventLogQuery
from svc_reports.sip.live_channels.schemas import ChannelFilter

_CODE = "M9131554060000426264"

ENDPOINTS = [
    Endpoint("GET", "/recordings/lookup", RecordingQuery, {"extension": "8309", "lead_id": 1}),
    Endpoint("GET", "/did-logs/export", DidLogQuery, {"did_pattern": "18005550141"}),
    Endpoint(
        "GET",
        "/phone-logs/{phone}",
        PhoneLogQuery,
        {"type": "ALL"},
        at="/phone-logs/9998887112",
    ),
    Endpoint("GET", "/agent-stats/export", AgentStatsQuery, {"campaign_id": "TESTCAMP"}),
    Endpoint("GET", "/call-stats/status", StatusQuery, {"ingroups": "SALES"}),
    Endpoint("GET", "/call-stats/dispo", DispoQuery, {"ingroups": "SALES"}),
    Endpoint("GET", "/calls/{call_id}/info", Query, at=f"/calls/{_CODE}/info"),
    Endpoint(
        "PUT",
        "/log-entries/{entry_id}",
        EntryChanges,
        {"status": "WN"},
        at=f"/log-entries/{_CODE}",
        writes=("vicidial_log", "vicidial_call_notes"),
    ),
    Endpoint("GET", "/sip/carrier-log", CarrierLogQuery, {"limit": 5}),
    Endpoint("GET", "/sip/event-log", EventLogQuery, {"limit": 5}),
    Endpoint("GET", "/sip/live-channels", ChannelFilter),
    Endpoint("GET", "/kpi/dispositions", DispositionsQuery, {"list_id": 101}),
]
# Nothing is of that form, or nothing of that form is there.
MALFORMED = [
    Path("GET", "/calls/{}/info"),
    Path("PUT", "/log-entries/{}", {"status": "WN"}),
]
# Of numbers that nobody has ever called there is an empty log.
NUMBERS = [Path("GET", "/phone-logs/{}")]
# Lists of rows, by what their pages go on after.
PAGED: dict[str, list[object]] = {
    "/recordings/lookup": [1],
    "/did-logs/export": ["2025-01-08 12:00:00", "1.1", "10.0.0.5"],
    "/phone-logs/9998887112": ["2025-01-08 12:00:00", "OUT", "1.1"],
    "/agent-stats/export?detail=event": ["2025-01-08 12:00:00", 1],
    "/sip/carrier-log": ["2025-01-08 12:00:00", "1.1"],
    "/sip/event-log": ["2025-01-08 12:00:00.000001", 1],
}


def forged_cursors(key: list[object]) -> Iterator[str]:
    """The key's own cursor, others of wrong forms, and with a hostile value for each part."""
    texts = [json.dumps(key), *map(json.dumps, VALUES)]
    texts += ["[NaN]", "[" * 10_000, '{"a": 1}', "[1e999]", "[]", json.dumps([*key, 1])]
    texts += [
        json.dumps([*key[:place], value, *key[place + 1 :]])
        for place in range(len(key))
        for value in VALUES
    ]
    return map(cursor_of, texts)
