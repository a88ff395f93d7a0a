"""GET /internal/v1/leads/{lead_id}/call-summary: how often a lead was called."""

from typing import Any

import aiohttp
import pytest
from support.answers import asked, named, refused
from support.apps import Reports, Start, authorization
from support.archives import NO_ARCHIVE, log_table, without
from support.call_logs import make_inbound_call, make_outbound_call
from support.database import ENGINES, TestDatabase
from support.replica import Replica
from support.statements import explained, statements_sent

NOBODY = {"total_calls": 0, "campaigns_called": 0, "last_call_date": None}
# 01:30 comes twice on that day in New York, an hour apart.
TWICE, FIRST, SECOND = "2024-11-03 01:30:00", 1730611800, 1730615400


def url(lead_id: object = 5) -> str:
    """The calls of that lead."""
    return f"/internal/v1/leads/{lead_id}/call-summary"


def make_call(db: TestDatabase, uniqueid: str, **columns: Any) -> None:
    """A call to lead 5 for TESTCAMP, at noon in New York."""
    defaults: dict[str, Any] = {
        "lead_id": 5,
        "call_date": "2025-01-08 12:00:01",
        "start_epoch": 1736355601,
    }
    make_outbound_call(db, uniqueid=uniqueid, **defaults | columns)


async def summary(reports: Reports, lead_id: object = 5, **query: str) -> dict[str, Any]:
    """What is told of the lead's calls."""
    response = await reports.get(url(lead_id), params=query)
    envelope = await response.json()
    assert response.status == 200, envelope
    return dict(envelope["data"])


@ENGINES
async def test_the_documented_answer(reports: Reports, db: TestDatabase, engine: str) -> None:
    make_call(db, "1.1", call_date="2025-01-07 09:00:00", start_epoch=1736258400)
    make_call(db, "1.2")
    make_call(
        db, "1.3", campaign_id="NEWCAMP", call_date="2025-01-06 18:30:00", start_epoch=1736206200
    )
    make_call(db, "2.1", lead_id=6, campaign_id="THIRD", call_date="2025-01-09 12:00:00")

    response = await reports.get(url())
    envelope = await response.json()

    assert (response.status, envelope["success"]) == (200, True)
    assert envelope["data"] == {
        "total_calls": 3,
        "campaigns_called": 2,
        "last_call_date": "2025-01-08T17:00:01Z",
    }


@pytest.mark.parametrize("lead_id", [5, 4294967295])
@pytest.mark.parametrize("archived", ["N", "Y"])
async def test_a_lead_that_nobody_called_or_knows_has_zeros(
    reports: Reports, db: TestDatabase, lead_id: int, archived: str
) -> None:
    make_call(db, "1.1", lead_id=6)
    make_call(db, "1.1", lead_id=6, archived=True)

    assert await summary(reports, lead_id, archived=archived) == NOBODY


async def test_calls_that_came_in_are_not_counted(reports: Reports, db: TestDatabase) -> None:
    make_inbound_call(db, lead_id=5)

    assert await summary(reports) == NOBODY


async def test_campaigns_are_counted_once_in_any_spelling(
    reports: Reports, db: TestDatabase
) -> None:
    for place, campaign_id in enumerate(["TESTCAMP", "testcamp", "NEWCAMP"]):
        make_call(db, f"1.{place}", campaign_id=campaign_id)

    counted = await summary(reports)

    assert (counted["total_calls"], counted["campaigns_called"]) == (3, 2)


async def test_calls_without_campaign_or_date_count_as_calls(
    reports: Reports, db: TestDatabase
) -> None:
    make_call(db, "1.1", campaign_id=None, call_date=None)
    make_call(db, "1.2", campaign_id=None, call_date="0000-00-00 00:00:00", start_epoch=None)

    assert await summary(reports) == NOBODY | {"total_calls": 2}


async def test_the_archive_is_read_instead_where_it_is_asked_for(
    reports: Reports, db: TestDatabase
) -> None:
    make_call(db, "1.1")
    make_call(db, "1.1", archived=True)
    make_call(
        db, "1.0", archived=True, campaign_id="OLD", call_date="2020-07-08 12:00:01",
        start_epoch=1594224001,
    )  # fmt: skip
    make_call(db, "1.2", campaign_id="LIVE", call_date="2025-07-08 12:00:00", start_epoch=0)

    live, archive = await summary(reports, archived="N"), await summary(reports, archived="Y")

    assert live == await summary(reports)
    assert live == {
        "total_calls": 2,
        "campaigns_called": 2,
        "last_call_date": "2025-07-08T16:00:00Z",
    }
    assert archive == {
        "total_calls": 2,
        "campaigns_called": 2,
        "last_call_date": "2025-01-08T17:00:01Z",
    }


@pytest.mark.parametrize(
    ("epochs", "utc"),
    [
        pytest.param([FIRST], "2024-11-03T05:30:00Z", id="the first"),
        pytest.param([SECOND], "2024-11-03T06:30:00Z", id="the second"),
        pytest.param([None], "2024-11-03T05:30:00Z", id="nobody knows"),
        pytest.param([SECOND, FIRST], "2024-11-03T06:30:00Z", id="both"),
    ],
)
async def test_in_the_hour_that_comes_twice_the_call_s_epoch_decides(
    reports: Reports, db: TestDatabase, epochs: list[int | None], utc: str
) -> None:
    for place, epoch in enumerate(epochs):
        make_call(db, f"1.{place}", call_date=TWICE, start_epoch=epoch)
    # A later call by the epoch, an earlier one by the clock on the wall: it does not decide.
    make_call(db, "2.1", call_date="2024-11-03 01:15:00", start_epoch=SECOND - 900)

    assert (await summary(reports))["last_call_date"] == utc


@pytest.mark.parametrize("lead_id", ["4294967296", "-1", "abc", "5%20", "%D9%A1", "1e3"])
async def test_what_can_be_no_lead_is_a_404(reports: Reports, lead_id: str) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, url(lead_id))

    assert answer == refused(404, "Lead not found")
    assert statements == []


@pytest.mark.parametrize("archived", ["y", "1", "BOTH"])
async def test_an_archive_is_asked_for_by_y(reports: Reports, archived: str) -> None:
    assert named(await asked(reports, f"{url()}?archived={archived}")) == ["archived"]


async def test_a_database_without_the_archive_is_a_409(reports: Reports, db: TestDatabase) -> None:
    with without(db, "vicidial_log_archive"):
        answer = await asked(reports, f"{url()}?archived=Y")

    assert answer == NO_ARCHIVE


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no token"),
        pytest.param({"Authorization": "Bearer x"}, id="no valid token"),
        pytest.param(authorization("svc-leads"), id="a token for another service"),
    ],
)
async def test_only_other_services_may_ask(reports: Reports, headers: dict[str, str]) -> None:
    async with (
        aiohttp.ClientSession() as stranger,
        stranger.get(reports.make_url(url()), headers=headers) as response,
    ):
        envelope = await response.json()

    assert (response.status, envelope["success"], "data" in envelope) == (401, False, False)


async def test_no_call_of_an_endpoint_is_logged(reports: Reports, db: TestDatabase) -> None:
    await summary(reports)
    await reports.close()

    assert db.count("vicidial_api_log") == 0


async def test_it_is_asked_on_the_dialer_s_database(
    start_reports: Start, db: TestDatabase, replica: Replica
) -> None:
    reports = await start_reports(replica=replica)
    make_call(db, "1.1")
    make_call(replica, "1.1", campaign_id="A")
    make_call(replica, "1.2", campaign_id="B")

    assert (await summary(reports))["campaigns_called"] == 1
    replica.stop()
    assert (await summary(reports))["campaigns_called"] == 1


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
async def test_the_calls_are_found_by_the_lead_with_one_statement(
    reports: Reports, db: TestDatabase, engine: str, archived: str
) -> None:
    table = log_table("vicidial_log", archived == "Y")
    db.execute(
        f"INSERT INTO {table} (uniqueid, lead_id, campaign_id, call_date, start_epoch)"
        " SELECT seq, seq, 'TESTCAMP', '2025-01-08 12:00:01', 1736355601 FROM seq_1_to_2000"
    )

    with statements_sent() as statements:
        await summary(reports, archived=archived)

    (statement,) = statements
    assert {plan["key"] for plan in explained(db, statement, "svc-reports")} == {"lead_id"}


async def test_what_takes_too_long_is_a_504(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(statement_s=1)
    await summary(reports)  # the connection stands

    with db.hold("vicidial_log"):
        answer = await asked(reports, url())

    assert answer == refused(504, "Report took too long")
