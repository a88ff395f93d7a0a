"""What the log of API calls has of svc-reports (README, Who did it)."""

import pytest
from support.apps import Reports, Start
from support.database import TestDatabase
from support.report_calls import EXPORTS, LOOK_UPS, NOW, REPORTS, make_marked_rows

# Those of 20 characters at most; VICIdial's column holds no more.
FUNCTIONS = {
    "1 recordings": ("recording_lookup", "Recordings retrieved"),
    "2 DID log": ("did_log_export", "DID logs exported"),
    "3 phone log": ("phone_number_log", "Phone number history retrieved"),
    "4 agent stats": ("agent_stats_export", "Agent statistics exported"),
    "5 statuses": ("call_status_stats", "Status statistics retrieved"),
    "6 dispositions": ("call_dispo_report", "Disposition report retrieved"),
    "7 call": ("callid_info", "Call information retrieved"),
    "8 log entry": ("update_log_entry", "Log entry updated successfully"),
    "9 carrier log": ("sip_carrier_log", "SIP/Carrier logs retrieved successfully"),
    "10 SIP events": ("sip_event_log", "SIP event logs retrieved successfully"),
    "11 channels": ("sip_live_channels", "Live SIP channels retrieved successfully"),
    "12 KPI": ("kpi_dispositions", "KPI dispositions by campaign retrieved successfully"),
}
LOGGED = "SELECT function, result, result_reason, user FROM vicidial_api_log"


@pytest.fixture
async def reports(start_reports: Start, db: TestDatabase) -> Reports:
    """svc-reports on a day that has a row in each log."""
    make_marked_rows(db, "X")
    return await start_reports(clock=NOW)


async def test_each_call_leaves_one_row_under_vicidials_name(
    reports: Reports, db: TestDatabase
) -> None:
    calls = [*REPORTS, *LOOK_UPS]

    for call in calls:
        status, answer = await call.sent(reports)
        assert status == 200, (call, answer)
    await reports.close()

    expected = [(*FUNCTIONS[call.name], "6666") for call in calls]
    rows = db.rows(f"{LOGGED} ORDER BY api_id")
    assert [(function, reason, user) for function, _, reason, user in rows] == expected
    assert {result for _, result, *_ in rows} == {"SUCCESS"}
    assert len(FUNCTIONS) == len(calls)


async def test_each_export_leaves_one_row_when_it_is_over(
    reports: Reports, db: TestDatabase
) -> None:
    for call in EXPORTS:
        async with reports.get(call.path) as response:
            assert (response.status, await response.read() != b"") == (200, True)
    await reports.close()

    rows = db.rows(f"{LOGGED} ORDER BY api_id")
    functions = [FUNCTIONS[call.name.removesuffix(" as CSV")][0] for call in EXPORTS]
    assert [function for function, *_ in rows] == functions
    assert {result for _, result, *_ in rows} == {"SUCCESS"}


@pytest.mark.parametrize(
    ("path", "function", "reason"),
    [
        ("/calls/x/info", "callid_info", "Invalid call ID"),
        ("/calls/1/info", "callid_info", "Call ID not found"),
        ("/kpi/dispositions?group_by=x", "kpi_dispositions", "Invalid parameters: group_by"),
        ("/sip/event-log?cursor=x", "sip_event_log", "Invalid parameters: cursor"),
        ("/phone-logs/1", "phone_number_log", "Invalid parameters: phone"),
    ],
)
async def test_a_refused_call_leaves_its_reason(
    reports: Reports, db: TestDatabase, path: str, function: str, reason: str
) -> None:
    await reports.get(f"/api/v1{path}")
    await reports.close()

    ((logged, result, told, user),) = db.rows(LOGGED)
    assert (logged, result, user) == (function, "ERROR", "6666")
    assert told.startswith(reason)
