"""GET /api/v1/call-stats/status: what it refuses, and how the database is asked."""

import pytest
from support.answers import asked, invalid, named, refused, told
from support.apps import Reports, Start
from support.archives import NO_ARCHIVE, log_table, without
from support.builders import make_campaign
from support.call_logs import make_inbound_call, make_outbound_call
from support.call_stats import BAD_QUERIES, DAY, STATUS
from support.database import ENGINES, TestDatabase
from support.replica import Replica
from support.statements import explained, of_windows, statements_sent

_LOGS = ("vicidial_log", "vicidial_closer_log")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        *BAD_QUERIES,
        pytest.param(DAY | {"format": "csv"}, "format", id="csv"),
    ],
)
async def test_what_it_refuses_names_the_field(
    reports: Reports, query: dict[str, str], field: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, STATUS, query)

    assert named(answer) == [field]
    assert statements == []


async def test_a_campaign_by_two_names_says_so(reports: Reports) -> None:
    answer = await asked(reports, STATUS, campaign_id="A", campaigns="B")

    assert answer == invalid("campaigns", "Not together with campaign_id")


async def test_the_longest_ids_and_the_longest_range_are_taken(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(window_s=604_800)
    make_campaign(db, "LONGCAMP")
    make_outbound_call(db, campaign_id="longcamp", status="LONGST", call_date="2025-04-03 23:59:59")

    found = await told(
        reports, STATUS, start_date="2025-01-01", end_date="2025-04-03",
        campaign_id="LONGCAMP", ingroups="G" * 20, statuses="LONGST",
    )  # fmt: skip

    assert [(one["group_id"], one["total_calls"]) for one in found] == [
        ("LONGCAMP", 1),
        ("G" * 20, 0),
    ]


async def test_lists_may_be_repeated_parameters(reports: Reports, db: TestDatabase) -> None:
    query = [("campaigns", "A,B"), ("campaigns", ""), ("campaigns", "C"), ("ingroups", "X"),
             ("ingroups", "Y"), ("statuses", "S"), ("statuses", "T"), *DAY.items()]  # fmt: skip

    status, envelope = await asked(reports, STATUS, query)

    assert status == 200
    assert [one["group_id"] for one in envelope["data"]] == ["A", "B", "C", "X", "Y"]


@pytest.mark.parametrize("name", ["campaign_id", "query_date", "archived"])
async def test_what_is_no_list_may_not_be_repeated(reports: Reports, name: str) -> None:
    answer = await asked(reports, STATUS, [(name, "A"), (name, "B")])

    assert answer == invalid(name, "Given more than once")


@pytest.mark.parametrize("archived", ["N", "Y"])
async def test_each_window_is_one_statement_a_log(
    reports: Reports, db: TestDatabase, archived: str
) -> None:
    make_campaign(db, closer_campaigns=" SALES -")
    for number, time in enumerate(("2025-01-08 00:00:00", "2025-01-08 23:59:59")):
        there = archived == "Y"
        make_outbound_call(db, archived=there, uniqueid=f"1.{number}", call_date=time)
        make_inbound_call(db, archived=there, closecallid=number + 1, call_date=time)

    with statements_sent() as statements:
        await told(reports, STATUS, **DAY, campaigns="TESTCAMP", archived=archived)

    tables = [log_table(log, archived == "Y") for log in _LOGS]
    assert [len(of_windows(statements, table)) for table in tables] == [24, 24]
    # The ends of both logs; campaigns, in-groups, and the flags of statuses.
    assert len(statements) == 48 + 2 + 3


async def test_days_without_calls_are_no_windows(reports: Reports, db: TestDatabase) -> None:
    make_campaign(db)
    make_outbound_call(db, call_date="2025-01-08 12:00:00")
    make_outbound_call(db, uniqueid="2.1", call_date="2025-01-08 13:00:00")
    around = {"start_date": "2024-12-01", "end_date": "2025-02-28"}

    with statements_sent() as statements:
        groups = await told(reports, STATUS, **around)

    assert groups[0]["total_calls"] == 2
    assert len(of_windows(statements, "vicidial_log")) == 2


async def test_no_log_is_read_of_campaigns_without_in_groups(
    reports: Reports, db: TestDatabase
) -> None:
    make_campaign(db)

    with statements_sent() as statements:
        await told(reports, STATUS, **DAY)

    assert not [one for one in statements if "vicidial_closer_log" in one.sql]


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
@pytest.mark.usefixtures("engine")
async def test_a_window_is_read_by_its_dates(
    reports: Reports, db: TestDatabase, archived: str
) -> None:
    tables = [log_table(log, archived == "Y") for log in _LOGS]
    for table, key in zip(tables, ("uniqueid", "closecallid"), strict=True):
        db.execute(
            f"INSERT INTO {table} ({key}, lead_id, campaign_id, call_date, status)"
            " SELECT seq, seq, 'SALES', '2025-01-01' + INTERVAL seq * 300 SECOND, 'SALE'"
            " FROM seq_1_to_5000"
        )
        db.rows(f"ANALYZE TABLE {table}")

    with statements_sent() as statements:
        await told(
            reports, STATUS, **DAY, campaigns="SALES", ingroups="SALES", statuses="SALE",
            archived=archived,
        )  # fmt: skip

    windows = [one for table in tables for one in of_windows(statements, table)]
    plans = [plan for one in windows for plan in explained(db, one, "svc-reports")]
    assert plans
    assert {(plan["key"], plan["type"]) for plan in plans} <= {
        ("call_date", "range"),
        ("date_user", "range"),
    }


async def test_a_database_without_the_archive_is_a_409(reports: Reports, db: TestDatabase) -> None:
    with without(db, "vicidial_log_archive"):
        answer = await asked(reports, STATUS, archived="Y")

    assert answer == NO_ARCHIVE


async def test_it_is_read_on_the_report_database(
    start_reports: Start, db: TestDatabase, replica: Replica
) -> None:
    reports = await start_reports(replica=replica)
    make_campaign(db)
    make_outbound_call(db)
    make_campaign(replica, "THERE")

    found = await told(reports, STATUS, **DAY)

    assert [(one["group_id"], one["total_calls"]) for one in found] == [("THERE", 0)]


async def test_a_report_that_takes_too_long_is_a_504(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(report_s=1)
    await told(reports, STATUS, **DAY)

    with db.hold("vicidial_log"):
        answer = await asked(reports, STATUS, DAY)

    assert answer == refused(504, "Report took too long")


async def test_the_call_is_logged_by_vicidial_s_name(reports: Reports, db: TestDatabase) -> None:
    await told(reports, STATUS, **DAY)
    await reports.close()

    assert db.rows("SELECT function, user FROM vicidial_api_log") == [("call_status_stats", "6666")]
