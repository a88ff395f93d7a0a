"""GET /api/v1/call-stats/dispo: what is shown of each group, and the report as CSV."""

from typing import Any

import pytest
from support.answers import asked, named, told
from support.apps import Reports, Start
from support.builders import make_campaign
from support.call_logs import make_inbound_call, make_outbound_call
from support.call_stats import DAY, DISPO
from support.database import TestDatabase

CSV = DAY | {"format": "csv"}


@pytest.fixture
def calls(db: TestDatabase) -> None:
    """Two thirds of NEWCAMP's calls are sales, one of one in SALES; TESTCAMP has none."""
    make_campaign(db)
    for place, status in enumerate(["SALE", "NI", "SALE"]):
        make_outbound_call(db, uniqueid=f"1.{place}", campaign_id="NEWCAMP", status=status)
    make_inbound_call(db, status="SALE", user=None)


async def shown(reports: Reports, **query: str) -> Any:
    """The report of two campaigns and an in-group."""
    groups = {"campaigns": "TESTCAMP,NEWCAMP", "ingroups": "SALES"}
    return await told(reports, DISPO, **DAY, **groups, **query)


async def lines(reports: Reports, **query: str) -> list[str]:
    """The report as CSV."""
    response = await reports.get(DISPO, params=CSV | query)
    text = await response.text()
    assert response.status == 200, text
    assert text.endswith("\r\n")
    return text.removesuffix("\r\n").split("\r\n")


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize("on", ["1", "Y"])
async def test_all_may_be_shown(reports: Reports, on: str) -> None:
    found = await shown(
        reports, status_breakdown=on, show_percentages=on, user_breakdown=on, format="json"
    )

    assert found == {
        "groups": [
            {"group_id": "NEWCAMP", "group_type": "campaign", "total_calls": 3,
             "statuses": [{"status": "SALE", "count": 2, "percentage": 66.7},
                          {"status": "NI", "count": 1, "percentage": 33.3}],
             "users": [{"user": "6666", "status": "SALE", "count": 2},
                       {"user": "6666", "status": "NI", "count": 1}]},
            {"group_id": "TESTCAMP", "group_type": "campaign", "total_calls": 0, "statuses": [],
             "users": []},
            {"group_id": "SALES", "group_type": "ingroup", "total_calls": 1,
             "statuses": [{"status": "SALE", "count": 1, "percentage": 100.0}],
             "users": [{"user": "", "status": "SALE", "count": 1}]},
        ],
        "total": {"total_calls": 4,
                  "statuses": [{"status": "SALE", "count": 3, "percentage": 75.0},
                               {"status": "NI", "count": 1, "percentage": 25.0}]},
    }  # fmt: skip


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize("off", ["0", "N"])
async def test_all_may_be_left_out(reports: Reports, off: str) -> None:
    found = await shown(reports, status_breakdown=off, show_percentages=off, user_breakdown=off)

    assert found == {
        "groups": [
            {"group_id": "NEWCAMP", "group_type": "campaign", "total_calls": 3},
            {"group_id": "TESTCAMP", "group_type": "campaign", "total_calls": 0},
            {"group_id": "SALES", "group_type": "ingroup", "total_calls": 1},
        ],
        "total": {"total_calls": 4},
    }


@pytest.mark.usefixtures("calls")
async def test_counts_may_be_shown_without_percentages(reports: Reports) -> None:
    found = await shown(reports, show_percentages="0")

    assert found["total"]["statuses"] == [
        {"status": "SALE", "count": 3},
        {"status": "NI", "count": 1},
    ]
    assert found["groups"][2]["statuses"] == [{"status": "SALE", "count": 1}]


@pytest.mark.usefixtures("calls")
async def test_users_may_be_shown_without_statuses(reports: Reports) -> None:
    found = await shown(reports, status_breakdown="0", user_breakdown="1")

    assert found["groups"][2] == {
        "group_id": "SALES",
        "group_type": "ingroup",
        "total_calls": 1,
        "users": [{"user": "", "status": "SALE", "count": 1}],
    }
    assert found["total"] == {"total_calls": 4}


@pytest.mark.usefixtures("calls")
async def test_csv_has_a_line_a_group_and_the_total_last(reports: Reports) -> None:
    found = await lines(reports, campaigns="TESTCAMP,NEWCAMP", ingroups="SALES")

    assert found == [
        "group_id,group_type,total_calls,NI,NI_pct,SALE,SALE_pct",
        "NEWCAMP,campaign,3,1,33.3,2,66.7",
        "TESTCAMP,campaign,0,0,0.0,0,0.0",
        "SALES,ingroup,1,0,0.0,1,100.0",
        "TOTAL,total,4,1,25.0,3,75.0",
    ]


@pytest.mark.usefixtures("calls")
async def test_csv_may_leave_percentages_out(reports: Reports) -> None:
    assert await lines(reports, ingroups="SALES,OTHER", show_percentages="0") == [
        "group_id,group_type,total_calls,SALE",
        "OTHER,ingroup,0,0",
        "SALES,ingroup,1,1",
        "TOTAL,total,1,1",
    ]


@pytest.mark.usefixtures("calls")
async def test_csv_may_leave_statuses_out(reports: Reports) -> None:
    assert await lines(reports, status_breakdown="0") == [
        "group_id,group_type,total_calls",
        "NEWCAMP,campaign,3",
        "TOTAL,total,3",
    ]


async def test_csv_of_no_calls_has_the_total_alone(reports: Reports) -> None:
    assert await lines(reports) == ["group_id,group_type,total_calls", "TOTAL,total,0"]


async def test_csv_counts_calls_without_status_in_a_column_without_name(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db, uniqueid="1.1", status=None)
    make_outbound_call(db, uniqueid="1.2", status="b")
    make_outbound_call(db, uniqueid="1.3", status="A")

    assert await lines(reports) == [
        "group_id,group_type,total_calls,,_pct,A,A_pct,b,b_pct",
        "TESTCAMP,campaign,3,1,33.3,1,33.3,1,33.3",
        "TOTAL,total,3,1,33.3,1,33.3,1,33.3",
    ]


async def test_csv_makes_formulas_harmless(reports: Reports, db: TestDatabase) -> None:
    for number, (group_id, status) in enumerate([("=1+1", "@SUM"), ("-5", "-A,B")], start=1):
        make_inbound_call(db, closecallid=number, campaign_id=group_id, status=status)

    assert await lines(reports, ingroups="---ALL---", show_percentages="0") == [
        "group_id,group_type,total_calls,\"'-A,B\",'@SUM",
        "-5,ingroup,1,1,0",
        "'=1+1,ingroup,1,0,1",
        "TOTAL,total,2,1,1",
    ]


async def test_csv_is_a_file_named_for_its_range(reports: Reports) -> None:
    query = {"start_date": "2025-01-08", "end_date": "2025-01-10", "format": "csv"}

    response = await reports.get(DISPO, params=query)

    wanted = ("Content-Type", "Content-Disposition", "Cache-Control", "X-Accel-Buffering",
              "Transfer-Encoding", "Content-Length")  # fmt: skip
    assert [response.headers.get(name) for name in wanted] == [
        "text/csv; charset=utf-8; header=present",
        'attachment; filename="call-dispo_20250108_20250110.csv"',
        "no-store",
        "no",
        "chunked",
        None,
    ]


async def test_csv_is_complete_beyond_a_chunk(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(chunk_rows=2)
    groups = [f"G{number}" for number in range(6)]
    for number, group_id in enumerate(groups, start=1):
        make_inbound_call(db, closecallid=number, campaign_id=group_id)

    found = await lines(reports, ingroups="---ALL---", status_breakdown="0")

    assert found[1:] == [*(f"{group_id},ingroup,1" for group_id in groups), "TOTAL,total,6"]


async def test_csv_that_is_refused_is_an_envelope(reports: Reports) -> None:
    assert named(await asked(reports, DISPO, CSV | {"statuses": "TOOLONG"})) == ["statuses"]
    assert named(await asked(reports, DISPO, CSV | {"user_breakdown": "1"})) == ["user_breakdown"]
    assert await lines(reports, user_breakdown="0") != []
