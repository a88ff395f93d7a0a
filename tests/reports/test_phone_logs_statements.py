"""GET /api/v1/phone-logs/{phone}: how many statements it takes, and how they are carried out."""

from contextlib import nullcontext
from itertools import product
from typing import Any

import pytest
from support.apps import Reports, Start
from support.builders import make_lead
from support.database import ENGINES, TestDatabase
from support.pages import page
from support.phone_logs import NUMBER, OTHER, calls, ids, make_in, number_index, url
from support.statements import Statement, explained, rows_read, statements_sent

TWENTY = ",".join([NUMBER, OTHER, *(f"72755500{place:02}" for place in range(18))])
# There are few calls of that day, so that the index on dates looks good.
DAY = {"start_date": "2025-01-08", "end_date": "2025-01-08"}
QUERIES: list[dict[str, Any]] = [{}, {"detail": "LAST"}, DAY, {"limit": 1}]


def make_calls_of_everybody(db: TestDatabase, *, archive: str = "") -> None:
    """5,000 leads with their numbers, and a call of each direction."""
    db.execute(
        "INSERT INTO vicidial_list (lead_id, phone_number, list_id, status)"
        " SELECT seq, 7275550000 + seq, 101, 'NEW' FROM seq_1_to_5000"
    )
    db.execute(
        "INSERT INTO vicidial_list_alt_phones (lead_id, phone_number)"
        " SELECT seq, 8275550000 + seq FROM seq_1_to_5000"
    )
    log, closer_log = f"vicidial_log{archive}", f"vicidial_closer_log{archive}"
    db.execute(
        f"INSERT INTO {log} (uniqueid, lead_id, phone_number, call_date)"
        " SELECT seq, seq, 7275550000 + seq, '2025-01-01' + INTERVAL seq MINUTE"
        " FROM seq_1_to_5000"
    )
    db.execute(
        f"INSERT INTO {closer_log} (closecallid, lead_id, phone_number, call_date, campaign_id)"
        " SELECT seq, seq, 7275550000 + seq, '2025-01-01' + INTERVAL seq MINUTE, 'SALES'"
        " FROM seq_1_to_5000"
    )


def make_leads(db: TestDatabase, number: str, leads: str) -> None:
    """Leads with that number, and calls that went out to it."""
    db.execute(
        f"INSERT INTO vicidial_list (lead_id, phone_number) SELECT seq, {number} FROM {leads}"
    )
    db.execute(
        "INSERT INTO vicidial_log (uniqueid, lead_id, phone_number, call_date)"
        f" SELECT seq, seq, {number}, '2025-01-08 12:00:00' FROM {leads}"
    )


def keys(db: TestDatabase, statements: list[Statement]) -> dict[str, set[str]]:
    """The indexes that the server uses, by table."""
    used = dict[str, set[str]]()
    for statement in statements:
        if "information_schema" in statement.sql:
            continue
        for plan in explained(db, statement, "svc-reports"):
            if plan["table"] and not plan["table"].startswith("<"):
                assert plan["type"] != "ALL", (plan, statement)
                used.setdefault(plan["table"], set()).add(plan["key"])
    return used


@ENGINES
@pytest.mark.parametrize("archive", ["", "_archive"])
async def test_everything_is_found_by_an_index(
    reports: Reports, db: TestDatabase, engine: str, archive: str
) -> None:
    make_calls_of_everybody(db, archive=archive)
    archived = "Y" if archive else "N"

    with statements_sent() as statements:
        for phone, query in product(["7275550001", TWENTY], QUERIES):
            await calls(reports, phone, type="ALL", archived=archived, **query)

    used = keys(db, statements)
    assert used[f"vicidial_log{archive}"] == {"lead_id"}
    assert used[f"vicidial_closer_log{archive}"] == {"phone_number"}
    assert used["vicidial_list"] <= {"phone_number", "phone_list", "PRIMARY"}
    assert used["vicidial_list_alt_phones"] == {"phone_number"}


@ENGINES
async def test_the_pages_after_the_first_are_found_by_an_index(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_calls_of_everybody(db)
    make_leads(db, NUMBER, "seq_30001_to_30010")
    _, following = await page(reports, url(query="?type=ALL&limit=5"))

    with statements_sent() as statements:
        await page(reports, following)

    used = keys(db, statements)
    assert (used["vicidial_log"], used["vicidial_closer_log"]) == ({"lead_id"}, {"phone_number"})


@ENGINES
async def test_two_hundred_leads_at_a_time_are_found_by_an_index(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_calls_of_everybody(db)
    make_leads(db, NUMBER, "seq_30001_to_30200")

    with statements_sent() as statements:
        await ids(reports)

    assert keys(db, statements)["vicidial_log"] == {"lead_id"}
    assert max(rows_read(db, one, "svc-reports") for one in statements) < 5000


@ENGINES
async def test_the_site_s_index_is_used(reports: Reports, db: TestDatabase, engine: str) -> None:
    make_calls_of_everybody(db)

    with number_index(db):
        with statements_sent() as statements:
            for query in QUERIES:
                await ids(reports, TWENTY, **query)

        assert keys(db, statements)["vicidial_log"] == {"by_number"}


@pytest.mark.parametrize("phone", [NUMBER, TWENTY])
@pytest.mark.parametrize("detail", ["ALL", "LAST"])
@pytest.mark.parametrize(
    ("kind", "has_index", "sent"),
    [
        # Each direction is one statement, the leads of a page are one; else the leads with the
        # number, and whether there is an archive of them.
        pytest.param("IN", False, 2, id="in"),
        pytest.param("OUT", True, 2, id="out by index"),
        pytest.param("ALL", True, 3, id="all by index"),
        pytest.param("OUT", False, 4, id="out by leads"),
        pytest.param("ALL", False, 5, id="all by leads"),
    ],
)
async def test_numbers_and_calls_may_be_many_statements_are_few(
    reports: Reports, db: TestDatabase, phone: str, detail: str, kind: str, has_index: bool,
    sent: int,
) -> None:  # fmt: skip
    make_leads(db, NUMBER, "seq_1_to_100")
    make_leads(db, OTHER, "seq_101_to_200")
    for place in range(1, 11):
        make_in(db, place, lead_id=place)
    query = {"type": kind, "detail": detail, "limit": 1000}

    with number_index(db) if has_index else nullcontext():
        await ids(reports, phone, **query)  # whether there is an index is known
        with statements_sent() as statements:
            await ids(reports, phone, **query)

    assert len(statements) == sent


@pytest.mark.parametrize("detail", ["ALL", "LAST"])
async def test_each_200_leads_are_a_statement(
    reports: Reports, db: TestDatabase, detail: str
) -> None:
    make_leads(db, NUMBER, "seq_1_to_401")
    await ids(reports)

    with statements_sent() as statements:
        await ids(reports, f"{NUMBER},{OTHER}", detail=detail)

    of_log = [one for one in statements if "FROM `vicidial_log`" in one.sql]
    assert (len(of_log), len(statements)) == (3, 6)


@ENGINES
async def test_a_busy_number_is_read_page_by_page(
    start_reports: Start, db: TestDatabase, engine: str
) -> None:
    reports = await start_reports(chunk_rows=500)
    db.execute(
        "INSERT INTO vicidial_closer_log (closecallid, lead_id, phone_number, call_date)"
        f" SELECT seq, 1, '{NUMBER}', '2025-01-01' + INTERVAL seq DIV 7 SECOND FROM seq_1_to_3000"
    )

    with statements_sent() as statements:
        response = await reports.get(url(query="?type=IN&format=csv"))
        lines = (await response.text()).splitlines()

    assert [int(line.split(",")[3]) for line in lines[1:]] == list(range(3000, 0, -1))
    assert {one.params[-1] for one in statements if "closer_log" in one.sql} == {500}


async def test_reports_are_read_on_the_replica(
    start_reports: Start, db: TestDatabase, replica: TestDatabase
) -> None:
    reports = await start_reports(replica=replica)
    make_lead(replica, lead_id=1, phone_number=NUMBER, status="THERE")
    make_in(replica, 1, lead_id=1)
    make_in(db, 2, lead_id=1)

    with number_index(replica):
        response = await reports.get(url(query="?type=ALL"))
        rows = (await response.json())["data"]

    assert [(one["closecallid"], one["lead_status"]) for one in rows] == [(1, "THERE")]
    assert response.headers["X-Phone-Match"] == "index"
