"""Rows with dates that no clock shows: they stop no report."""

import json

import pytest
from support.answers import told
from support.apps import Reports, Start
from support.call_logs import make_outbound_call
from support.database import TestDatabase
from support.did_logs import make_did_call
from support.pages import all_pages

CARRIER = "/api/v1/sip/carrier-log"
EVENTS = "/api/v1/sip/event-log"
KPI = "/api/v1/kpi/dispositions"
ODD = pytest.mark.parametrize("date", ["0000-00-00 00:00:00", "9999-12-31 23:59:59"])


def make_carrier_row(db: TestDatabase, uniqueid: str, date: str) -> None:
    db.insert("vicidial_carrier_log", uniqueid=uniqueid, call_date=date, server_ip="10.0.0.5")


@ODD
async def test_the_newest_days_end_with_a_row_that_can_be_the_newest(
    reports: Reports, db: TestDatabase, date: str
) -> None:
    for number, of in enumerate((date, "2025-01-08 10:00:00")):
        make_carrier_row(db, f"1.{number}", of)
        make_outbound_call(db, uniqueid=f"1.{number}", call_date=of)
        db.insert("vicidial_sip_event_log", caller_code="", event_date=of, sip_event=str(number))

    carrier, events = await told(reports, CARRIER), await told(reports, EVENTS)
    kpi = await told(reports, KPI)

    assert [row["uniqueid"] for row in carrier["logs"]] == ["1.1"]
    assert [row["sip_event"] for row in events["logs"]] == ["1"]
    assert kpi["campaigns"][0]["total_calls"] == 1


async def test_a_day_that_is_zero_stops_no_report(reports: Reports, db: TestDatabase) -> None:
    make_outbound_call(db, uniqueid="1.1", call_date="2025-01-00 00:00:00")
    make_outbound_call(db, uniqueid="1.2", call_date="2025-01-08 10:00:00")

    kpi = await told(reports, KPI, start_date="2024-12-31", end_date="2025-01-08")

    assert kpi["campaigns"][0]["total_calls"] == 2


async def test_the_default_days_are_no_more_than_a_range_may_have(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(export_days=7)
    for day in range(1, 9):
        make_carrier_row(db, f"1.{day}", f"2025-01-0{day} 10:00:00")

    pages = await all_pages(reports, f"{CARRIER}?limit=3")

    assert [[row["uniqueid"] for row in page] for page in pages] == [
        ["1.8", "1.7", "1.6"],
        ["1.5", "1.4", "1.3"],
        ["1.2"],
    ]


@pytest.mark.parametrize("kind", ["json", "ndjson"])
async def test_a_call_on_a_day_that_is_zero_has_no_length(
    reports: Reports, db: TestDatabase, kind: str
) -> None:
    make_did_call(db, uniqueid="1.1", call_date="2025-01-00 00:00:00")
    make_did_call(db, uniqueid="1.2", call_date="2025-01-08 10:00:00")
    around = {"start_date": "2024-12-31", "end_date": "2025-01-08", "format": kind}

    response = await reports.get("/api/v1/did-logs/export", params=around)

    text = await response.text()
    assert response.status == 200
    rows = json.loads(text)["data"] if kind == "json" else list(map(json.loads, text.splitlines()))
    assert [(row["uniqueid"], row["call_date"], row["length_in_sec"]) for row in rows] == [
        ("1.1", None, 0),
        ("1.2", "2025-01-08T15:00:00Z", 0),
    ]
