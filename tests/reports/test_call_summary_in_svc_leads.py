"""GET /api/v1/ccc/lead-info/{lead_id} of svc-leads, beside a svc-reports that runs."""

from typing import Any

import pytest
from support.apps import Leads, Reports, Start
from support.builders import make_lead
from support.call_logs import make_outbound_call
from support.changes import rows_of, written_since
from support.database import ENGINES, TestDatabase

KEYS = ("total_calls", "campaigns_called", "last_call_date")


@pytest.fixture
async def leads(start_leads: Start, reports: Reports) -> Leads:
    """svc-leads, which knows where svc-reports is."""
    return await start_leads(urls={"svc-reports": str(reports.make_url("")).rstrip("/")})


async def lead_info(leads: Leads, lead_id: int) -> dict[str, Any]:
    """The lead that is answered."""
    response = await leads.get(f"/api/v1/ccc/lead-info/{lead_id}")
    envelope = await response.json()
    assert response.status == 200, envelope
    return dict(envelope["data"])


@ENGINES
async def test_the_calls_of_the_lead_are_those_of_the_log(
    leads: Leads, db: TestDatabase, engine: str
) -> None:
    make_lead(db, lead_id=5)
    make_lead(db, lead_id=6)
    make_outbound_call(db, uniqueid="1.1", lead_id=5)
    make_outbound_call(db, uniqueid="1.2", lead_id=5, call_date="2025-01-07 12:00:01")
    make_outbound_call(
        db, uniqueid="1.3", lead_id=5, campaign_id="NEWCAMP", call_date="2025-01-06 12:00:01"
    )
    make_outbound_call(db, uniqueid="1.4", lead_id=5, archived=True, campaign_id="OLD")
    tables = rows_of(db, ["vicidial_list", "vicidial_log", "vicidial_log_archive"])

    called, never_called = await lead_info(leads, 5), await lead_info(leads, 6)

    assert [called[key] for key in KEYS] == [3, 2, "2025-01-08T17:00:01Z"]
    assert [never_called[key] for key in KEYS] == [0, 0, None]
    assert written_since(db, tables) == set()


async def test_the_lead_is_shown_while_svc_reports_is_away(
    leads: Leads, reports: Reports, db: TestDatabase
) -> None:
    make_lead(db, lead_id=5)
    make_outbound_call(db, lead_id=5)
    before = await lead_info(leads, 5)
    await reports.close()

    lead = await lead_info(leads, 5)

    assert [before[key] for key in KEYS] == [1, 1, "2025-01-08T17:00:01Z"]
    assert lead == before | dict.fromkeys(KEYS)


async def test_the_lead_is_shown_while_the_log_is_locked(leads: Leads, db: TestDatabase) -> None:
    make_lead(db, lead_id=5)

    with db.hold("vicidial_log"):
        lead = await lead_info(leads, 5)

    assert [lead[key] for key in KEYS] == [None, None, None]
