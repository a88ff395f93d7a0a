"""GET /api/v1/kpi/dispositions: groups at their borders, what is refused, and the statements."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from dialkit.errors import InvalidInput
from dialkit.http import load
from support.answers import asked, invalid, named, told
from support.apps import Reports, Start
from support.archives import NO_ARCHIVE, log_table, without
from support.builders import make_campaign, make_list
from support.call_logs import make_outbound_call
from support.call_stats import AVERAGES
from support.database import ENGINES, TestDatabase
from support.statements import Statement, explained, of_windows, rows_read, statements_sent
from svc_reports.kpi.schemas import DispositionsQuery

KPI = "/api/v1/kpi/dispositions"
DAY = {"query_date": "2025-01-08"}


def make_calls(db: TestDatabase, *calls: dict[str, Any], **columns: Any) -> None:
    """Calls of January 8, a minute apart, each with what it says."""
    for minute, call in enumerate(calls):
        make_outbound_call(
            db,
            **{"uniqueid": f"1.{minute:04}", "call_date": f"2025-01-08 10:{minute:02}:00"}
            | columns
            | call,
        )


async def groups(reports: Reports, key: str, **query: str) -> list[dict[str, Any]]:
    """The groups of January 8."""
    data = await told(reports, KPI, **DAY, **query)
    assert data.keys() == {"count", key}
    assert data["count"] == len(data[key])
    return list(data[key])


async def test_campaigns_come_by_id_without_regard_to_case(
    reports: Reports, db: TestDatabase
) -> None:
    make_calls(db, *({"campaign_id": one} for one in ("b", "A", "C", "10", "9", "aa", "B")))

    found = await groups(reports, "campaigns")

    assert [(one["campaign_id"], one["total_calls"]) for one in found] == [
        ("10", 1), ("9", 1), ("A", 1), ("aa", 1), ("b", 2), ("C", 1),
    ]  # fmt: skip


async def test_lists_come_by_number_and_calls_without_a_list_first(
    reports: Reports, db: TestDatabase
) -> None:
    make_list(db, 102)
    make_calls(db, *({"list_id": one} for one in (1000, 102, None, 99, 0, 99_999_999_999_999)))

    found = await groups(reports, "lists", group_by="list")

    assert [(one["list_id"], one["list_name"]) for one in found] == [
        (None, None), (0, None), (99, None), (102, "List 102"), (1000, None),
        (99_999_999_999_999, None),
    ]  # fmt: skip
    assert list(found[0]) == ["list_id", "list_name", "total_calls", "dispositions"]


async def test_lists_of_campaigns_come_by_both(reports: Reports, db: TestDatabase) -> None:
    make_campaign(db, "A", campaign_name="Campaign A")
    make_list(db, 9)
    pairs = [("b", 1), ("A", 10), ("a", 9), ("B", None), ("A", None), ("b", 1)]
    make_calls(db, *({"campaign_id": one, "list_id": list_id} for one, list_id in pairs))

    found = await groups(reports, "results", group_by="both")

    assert [(who["campaign_id"].upper(), *list(who.values())[1:5]) for who in found] == [
        ("A", "Campaign A", None, None, 1),
        ("A", "Campaign A", 9, "List 9", 1),
        ("A", "Campaign A", 10, None, 1),
        ("B", None, None, None, 1),
        ("B", None, 1, None, 2),
    ]
    assert list(found[0]) == [
        "campaign_id", "campaign_name", "list_id", "list_name", "total_calls", "dispositions",
    ]  # fmt: skip


async def test_names_are_those_of_today(reports: Reports, db: TestDatabase) -> None:
    make_campaign(db, "A", campaign_name="Renamed", active="N")
    make_campaign(db, "B", campaign_name=None)
    make_campaign(db, "C", campaign_name="")
    make_calls(db, *({"campaign_id": one} for one in ("a", "B", "C", "GONE", None)))

    found = await groups(reports, "campaigns")

    assert [(one["campaign_id"], one["campaign_name"]) for one in found] == [
        (None, None), ("a", "Renamed"), ("B", None), ("C", ""), ("GONE", None),
    ]  # fmt: skip


async def test_the_first_spelling_is_the_label(reports: Reports, db: TestDatabase) -> None:
    for hour, (campaign_id, status) in enumerate([("aLpha", "sale"), ("ALPHA", "SALE"),
                                                  ("alpha", "Sale")]):  # fmt: skip
        make_outbound_call(
            db, uniqueid=f"1.{hour}", campaign_id=campaign_id, status=status,
            call_date=f"2025-01-08 {hour:02}:00:00",
        )  # fmt: skip

    (group,) = await groups(reports, "campaigns")

    assert (group["campaign_id"], group["total_calls"]) == ("aLpha", 3)
    assert [(one["status"], one["count"]) for one in group["dispositions"]] == [("sale", 3)]


async def test_null_and_empty_statuses_are_one(reports: Reports, db: TestDatabase) -> None:
    statuses = [None, "NI", "", None, "NI", "SALE"]
    make_calls(db, *({"status": status, "length_in_sec": 10} for status in statuses))

    (group,) = await groups(reports, "campaigns")

    assert group["dispositions"] == [
        {"status": "", "count": 3, "percentage": 50.0, "avg_talk_time": 10.0,
         "total_talk_time": 30},
        {"status": "NI", "count": 2, "percentage": 33.3, "avg_talk_time": 10.0,
         "total_talk_time": 20},
        {"status": "SALE", "count": 1, "percentage": 16.7, "avg_talk_time": 10.0,
         "total_talk_time": 10},
    ]  # fmt: skip


async def test_statuses_come_by_count_then_by_name(reports: Reports, db: TestDatabase) -> None:
    statuses = ["b", "A", "C", "", "B", "C", "N", "n", "10", "9", "N"]
    make_calls(db, *({"status": status} for status in statuses))

    (group,) = await groups(reports, "campaigns")

    assert [(one["status"].upper(), one["count"]) for one in group["dispositions"]] == [
        ("N", 3), ("B", 2), ("C", 2), ("", 1), ("10", 1), ("9", 1), ("A", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "others", "percentage"),
    [
        pytest.param(1, 7, 12.5, id="12.5"),
        pytest.param(1, 15, 6.3, id="6.25"),
        pytest.param(1, 79, 1.3, id="1.25"),
        pytest.param(1, 47, 2.1, id="2.083"),
        pytest.param(3, 45, 6.3, id="6.25 of three"),
        pytest.param(1, 0, 100.0, id="all"),
    ],
)
async def test_percentages_are_shares_of_the_group(
    reports: Reports, db: TestDatabase, number: int, others: int, percentage: float
) -> None:
    for place in range(number + others):
        make_outbound_call(
            db, uniqueid=f"1.{place}", call_date="2025-01-08 10:00:00",
            status="SALE" if place < number else "NI",
        )  # fmt: skip
    make_outbound_call(db, uniqueid="2.1", campaign_id="OTHER", status="SALE")

    first, *_ = [one for one in await groups(reports, "campaigns") if one["campaign_id"] != "OTHER"]

    found = {one["status"]: one["percentage"] for one in first["dispositions"]}
    assert found["SALE"] == percentage


@pytest.mark.parametrize(
    ("lengths", "average"),
    AVERAGES,
)
async def test_averages_have_one_decimal_rounded_half_up(
    reports: Reports, db: TestDatabase, lengths: list[int | None], average: float
) -> None:
    make_calls(db, *({"length_in_sec": length} for length in lengths), status="A")

    (group,) = await groups(reports, "campaigns")

    assert group["dispositions"] == [
        {"status": "A", "count": len(lengths), "percentage": 100.0, "avg_talk_time": average,
         "total_talk_time": sum(length or 0 for length in lengths)}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"group_by": "status"}, "group_by", id="another group"),
        pytest.param({"group_by": "Campaign"}, "group_by", id="group in capitals"),
        pytest.param({"group_by": "campaign,list"}, "group_by", id="two groups"),
        pytest.param({"campaign_id": "LONGCAMPX"}, "campaign_id", id="campaign too long"),
        pytest.param({"campaign_id": " "}, "campaign_id", id="a campaign of spaces"),
        pytest.param({"campaign_id": "\U0001f600"}, "campaign_id", id="an emoji"),
        pytest.param({"list_id": "100000000000000"}, "list_id", id="15 digits"),
        pytest.param({"list_id": "-1"}, "list_id", id="list below zero"),
        pytest.param({"list_id": "x"}, "list_id", id="list in letters"),
        pytest.param({"list_id": "1.5"}, "list_id", id="half a list"),
        pytest.param({"list_id": "\u0661"}, "list_id", id="other digits"),
        pytest.param({"format": "csv"}, "format", id="CSV"),
        pytest.param({"format": "ndjson"}, "format", id="NDJSON"),
        pytest.param({"archived": "y"}, "archived", id="small letter"),
        pytest.param({"archived": "B"}, "archived", id="both logs"),
        pytest.param({"start_date": "2025-01-32"}, "start_date", id="no day"),
        pytest.param({"end_date": "x"}, "end_date", id="no date"),
    ],
)
def test_a_bad_value_names_its_parameter(query: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        load(DispositionsQuery(), query)

    assert list(refusal.value.details or {}) == [field]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"group_by": "user"}, "group_by", id="group"),
        pytest.param({"campaign_id": "LONGCAMPX"}, "campaign_id", id="campaign"),
        pytest.param({"list_id": "100000000000000"}, "list_id", id="list"),
        pytest.param({"format": "csv"}, "format", id="format"),
        pytest.param({"archived": "1"}, "archived", id="archived"),
        pytest.param({"start_date": "soon"}, "start_date", id="start"),
        pytest.param({"end_date": "2025-01-08"}, "start_date", id="end alone"),
        pytest.param(DAY | {"end_date": "2025-01-07"}, "end_date", id="ends before"),
        pytest.param(DAY | {"date": "2025-01-08"}, "date", id="two starts"),
        pytest.param(
            {"start_date": "2025-01-01", "end_date": "2025-04-04"}, "end_date", id="94 days"
        ),
    ],
)
async def test_what_it_refuses_names_the_field(
    reports: Reports, query: dict[str, str], field: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, KPI, query)

    assert named(answer) == [field]
    assert statements == []


async def test_the_longest_range_is_93_days(start_reports: Start, db: TestDatabase) -> None:
    reports = await start_reports(window_s=604_800)
    for place, date in enumerate(["2025-01-01 00:00:00", "2025-04-03 23:59:59"]):
        make_outbound_call(db, uniqueid=f"1.{place}", call_date=date)

    longest = await told(reports, KPI, start_date="2025-01-01", end_date="2025-04-03")
    longer = await asked(reports, KPI, start_date="2025-01-01", end_date="2025-04-04")

    assert [one["total_calls"] for one in longest["campaigns"]] == [2]
    assert longer == invalid("end_date", "At most 93 days")


def spans(windows: list[Statement]) -> list[tuple[datetime, datetime]]:
    """From when until when each window is."""
    return [
        (datetime.fromisoformat(one.params[0]), datetime.fromisoformat(one.params[1]))
        for one in windows
    ]


@pytest.mark.parametrize("archived", ["N", "Y"])
async def test_each_window_is_one_statement_and_names_are_one_each(
    reports: Reports, db: TestDatabase, archived: str
) -> None:
    for place, time in enumerate(["00:00:00", "09:30:00", "23:59:59"]):
        make_campaign(db, f"C{place}")
        make_list(db, 101 + place)
        make_outbound_call(
            db, archived=archived == "Y", uniqueid=f"1.{place}", campaign_id=f"C{place}",
            list_id=101 + place, call_date=f"2025-01-08 {time}",
        )  # fmt: skip

    with statements_sent() as statements:
        await groups(reports, "results", group_by="both", archived=archived)

    log = log_table("vicidial_log", archived == "Y")
    windows = spans(of_windows(statements, log))
    starts, ends = map(list, zip(*windows, strict=True))
    assert {end - start for start, end in windows} == {timedelta(hours=1)}
    assert (starts[0], ends[-1]) == (
        datetime.fromisoformat("2025-01-08"),
        datetime.fromisoformat("2025-01-09"),
    )
    assert starts[1:] == ends[:-1]
    names = [one.sql for one in statements if f"`{log}`" not in one.sql]
    assert len(names) == 2
    assert "FROM vicidial_campaigns" in names[0]
    assert "FROM vicidial_lists" in names[1]


@ENGINES
@pytest.mark.parametrize("archived", ["N", "Y"])
@pytest.mark.parametrize("query", [DAY, {"list_id": "101", "campaign_id": "OUT1"} | DAY])
@pytest.mark.usefixtures("engine")
async def test_a_window_is_read_by_its_dates(
    reports: Reports, db: TestDatabase, archived: str, query: dict[str, str]
) -> None:
    log = log_table("vicidial_log", archived == "Y")
    db.execute(
        f"INSERT INTO {log} (uniqueid, lead_id, list_id, campaign_id, call_date, status)"
        " SELECT seq, seq, 101, 'OUT1', '2025-01-01' + INTERVAL seq * 72 SECOND, 'SALE'"
        " FROM seq_1_to_12000"
    )
    db.rows(f"ANALYZE TABLE {log}")

    with statements_sent() as statements:
        await told(reports, KPI, archived=archived, group_by="both", **query)

    windows = of_windows(statements, log)
    plans = [plan for one in windows for plan in explained(db, one, "svc-reports")]
    assert {plan["key"] for plan in plans} == {"call_date"}
    # Fifty calls an hour.
    assert max(rows_read(db, one, "svc-reports") for one in windows) < 200


async def test_the_newest_call_is_the_end_of_an_index(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(window_s=604_800)
    db.execute(
        "INSERT INTO vicidial_log (uniqueid, lead_id, call_date)"
        " SELECT seq, seq, '2025-01-01' + INTERVAL seq * 72 SECOND FROM seq_1_to_12000"
    )

    with statements_sent() as statements:
        await told(reports, KPI)

    assert "SELECT MAX(`call_date`)" in statements[0].sql
    assert rows_read(db, statements[0], "svc-reports") < 5


@pytest.mark.parametrize("query", [{}, DAY], ids=["default", "a day"])
async def test_a_database_without_the_archive_is_a_409(
    reports: Reports, db: TestDatabase, query: dict[str, str]
) -> None:
    with without(db, "vicidial_log_archive"):
        answer = await asked(reports, KPI, query | {"archived": "Y"})

    assert answer == NO_ARCHIVE


async def test_the_call_is_logged(reports: Reports, db: TestDatabase) -> None:
    await told(reports, KPI, **DAY)
    await reports.close()

    assert db.rows("SELECT function, user FROM vicidial_api_log") == [("kpi_dispositions", "6666")]
