"""GET /api/v1/phone-logs/{phone}: pages, cursors and exports."""

from itertools import chain, product

import orjson
import pytest
from support.answers import asked, invalid
from support.apps import Reports, Start, clock_at
from support.builders import make_lead
from support.database import ENGINES, TestDatabase
from support.pages import all_pages, cursor
from support.phone_logs import (
    LEAD_ID,
    NUMBER,
    OTHER,
    id_of,
    ids,
    make_in,
    make_out,
    url,
)
from support.statements import statements_sent

HEADER = (
    "phone_number,call_type,uniqueid,closecallid,lead_id,list_id,campaign_id,call_date,start_epoch,"
    "end_epoch,length_in_sec,status,lead_status,phone_code,user,user_group,comments,processed,"
    "term_reason,alt_dial,queue_seconds,called_count,source_id\r\n"
)
DATES = ["2025-01-08 12:00:02", "2025-01-08 12:00:01", "2025-01-08 12:00:00", None]


def make_calls_at_equal_times(db: TestDatabase) -> list[str | int]:
    """At each of four times four calls, two of each direction and number; as they are ordered."""
    for lead_id, number in [(1, NUMBER), (500, OTHER)]:
        make_lead(db, lead_id=lead_id, phone_number=number)
    for place, (date, (lead_id, number)) in enumerate(
        product(reversed(DATES), [(1, NUMBER), (500, OTHER)]), 10
    ):
        make_out(db, f"1.{place}", date, lead_id=lead_id, phone_number=number)
        make_in(db, place, date, lead_id=lead_id, phone_number=number)
    ordered = list[str | int]()
    for place in (16, 14, 12, 10):
        ordered += [place + 1, place, f"1.{place + 1}", f"1.{place}"]
    return ordered


@ENGINES
@pytest.mark.parametrize("limit", [1, 2, 3, 5, 8, 15, 16, 17])
async def test_pages_show_every_call_once_in_order(
    reports: Reports, db: TestDatabase, engine: str, way: str, limit: int
) -> None:
    whole = make_calls_at_equal_times(db)

    found = await all_pages(reports, url(f"{OTHER},{NUMBER}", f"?type=ALL&limit={limit}"))

    assert [list(map(id_of, rows)) for rows in found] == [
        whole[start : start + limit] for start in range(0, 16, limit)
    ]


@pytest.mark.parametrize("kind", ["OUT", "IN"])
async def test_pages_of_one_direction(
    reports: Reports, db: TestDatabase, way: str, kind: str
) -> None:
    whole = make_calls_at_equal_times(db)

    found = await all_pages(reports, url(f"{OTHER},{NUMBER}", f"?type={kind}&limit=3"))

    ids_of_kind = [one for one in whole if isinstance(one, int) == (kind == "IN")]
    assert list(map(id_of, chain(*found))) == ids_of_kind


async def test_a_page_has_50_calls_where_nothing_is_said(
    reports: Reports, db: TestDatabase
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    for place in range(100, 151):
        make_out(db, f"1.{place}")

    found = await all_pages(reports, url())

    assert [len(rows) for rows in found] == [50, 1]
    assert len(await ids(reports, limit=1000)) == 51


async def test_the_link_repeats_the_request_and_writes_its_range_out(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-08T20:00:00"))
    make_calls_at_equal_times(db)
    query = "?type=IN&limit=1&start_date=2025-01-01&api_key=x&user=y&a=b&cursor="

    response = await reports.get(url(f"{NUMBER},{OTHER}", query))

    key = cursor("2025-01-08 12:00:02", "IN", 17)
    assert response.headers["Link"] == (
        f"</api/v1/phone-logs/{NUMBER},{OTHER}?type=IN&limit=1&a=b"
        "&start_date=2025-01-01+00:00:00&end_date=2025-01-08+23:59:59"
        f'&cursor={key}>; rel="next"'
    )


async def test_a_link_without_range_has_none(reports: Reports, db: TestDatabase) -> None:
    make_calls_at_equal_times(db)

    response = await reports.get(url(query="?limit=1"))

    key = cursor("2025-01-08 12:00:02", "OUT", "1.16")
    assert response.headers["Link"] == f'<{url()}?limit=1&cursor={key}>; rel="next"'


@pytest.mark.parametrize(
    ("key", "found"),
    [
        pytest.param(("2025-01-08 12:00:01", "IN", 14), ["1.15", "1.14"], id="an inbound call"),
        pytest.param(("2025-01-08 12:00:01", "OUT", "1.15"), ["1.14"], id="an outbound call"),
        pytest.param(("2025-01-08 12:00:01", "OUT", "1.2"), ["1.15", "1.14"], id="one that went"),
        pytest.param(("2025-01-08 12:00:01", "IN", 99), [15, 14, "1.15", "1.14"], id="none"),
        pytest.param(("2025-01-08 12:00:01", "OUT", ""), [], id="the last of that time"),
    ],
)
async def test_a_page_begins_after_the_key_even_of_a_call_that_is_gone(
    reports: Reports, db: TestDatabase, key: tuple[object, ...], found: list[object]
) -> None:
    make_calls_at_equal_times(db)

    rows = await ids(reports, f"{NUMBER},{OTHER}", type="ALL", cursor=cursor(*key))

    assert rows == [*found, 13, 12, "1.13", "1.12", 11, 10, "1.11", "1.10"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x", id="no base64"),
        pytest.param("!", id="other characters"),
        pytest.param("e30", id="no array"),
        pytest.param(cursor(), id="empty"),
        pytest.param(cursor("2025-01-08 12:00:01", "IN"), id="too short"),
        pytest.param(cursor("2025-01-08 12:00:01", "IN", 1, 1), id="too long"),
        pytest.param(cursor("2025-02-30 12:00:01", "IN", 1), id="no date"),
        pytest.param(cursor("2025-01-08", "IN", 1), id="no time"),
        pytest.param(cursor("0000-00-00", "IN", 1), id="half a zero date"),
        pytest.param(cursor(None, "IN", 1), id="null"),
        pytest.param(cursor(["2025-01-08 12:00:01"], "IN", 1), id="an array for a date"),
        pytest.param(cursor("2025-01-08 12:00:01", "ALL", 1), id="another direction"),
        pytest.param(cursor("2025-01-08 12:00:01", ["IN"], 1), id="an array for a direction"),
        pytest.param(cursor("2025-01-08 12:00:01", "IN", "1.1"), id="a uniqueid that came in"),
        pytest.param(cursor("2025-01-08 12:00:01", "IN", 2**32), id="too large a number"),
        pytest.param(cursor("2025-01-08 12:00:01", "IN", True), id="no number"),
        pytest.param(cursor("2025-01-08 12:00:01", "OUT", 1), id="a number that went out"),
        pytest.param(cursor("2025-01-08 12:00:01", "OUT", "1" * 21), id="too long a uniqueid"),
        pytest.param(cursor("2025-01-08 12:00:01", "OUT", "\U0001f600"), id="an emoji"),
    ],
)
async def test_what_is_no_cursor_is_a_400(reports: Reports, text: str) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, url(query=f"?cursor={text}"))

    assert answer == invalid("cursor", "Invalid cursor")
    assert statements == []


async def test_a_csv_export(reports: Reports, db: TestDatabase) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER, status="TD", source_id="=1+1")
    make_out(db, "1.1", start_epoch=1736355600, called_count=3, alt_dial="MAIN")
    make_in(db, 7, "2025-01-07 12:00:00", uniqueid="1.2", start_epoch=None)

    response = await reports.get(url(query="?type=ALL&format=csv&limit=1"))

    assert await response.text() == (
        f"{HEADER}"
        f"{NUMBER},OUT,1.1,,4711,999,TESTCAMP,2025-01-08T17:00:00Z,1736355600,1736356340,739,A,TD,1,"
        "6666,ADMIN,MANUAL,N,AGENT,MAIN,,3,'=1+1\r\n"
        f"{NUMBER},IN,1.2,7,4711,999,SALES,2025-01-07T17:00:00Z,,1736356081,300,SALE,TD,1,"
        "7777,CLOSERS,AUTO,N,CALLER,,12.5,0,'=1+1\r\n"
    )
    assert response.headers["Content-Disposition"] == 'attachment; filename="phone-logs.csv"'
    assert response.headers["X-Phone-Match"] == "leads"


async def test_an_ndjson_export_of_a_range(reports: Reports, db: TestDatabase) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    make_out(db, "1.1")
    make_out(db, "1.2", "2025-01-10 00:00:00")
    query = "?start_date=2025-01-01&end_date=2025-01-09"

    response = await reports.get(url(query=f"{query}&format=ndjson"))
    page = await (await reports.get(url(query=query))).json()

    (line,) = (await response.read()).splitlines()
    assert orjson.loads(line) == page["data"][0]
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="phone-logs_20250101_20250109.ndjson"'
    )


@pytest.mark.parametrize("detail", ["ALL", "LAST"])
async def test_an_export_has_every_call_once_in_order(
    start_reports: Start, db: TestDatabase, way: str, detail: str
) -> None:
    reports = await start_reports(chunk_rows=3)
    whole = make_calls_at_equal_times(db)
    query = f"?type=ALL&detail={detail}&format=ndjson&limit=1&cursor={cursor(DATES[1], 'IN', 1)}"

    response = await reports.get(url(f"{NUMBER},{OTHER}", query))

    found = [id_of(orjson.loads(line)) for line in (await response.read()).splitlines()]
    assert found == (whole if detail == "ALL" else whole[:4])


@pytest.mark.parametrize(("form", "body"), [("csv", HEADER), ("ndjson", "")])
async def test_an_export_of_nothing(reports: Reports, form: str, body: str) -> None:
    response = await reports.get(url(query=f"?type=ALL&format={form}"))

    assert (response.status, await response.text()) == (200, body)
