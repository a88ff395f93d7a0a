"""GET /api/v1/phone-logs/{phone}: which numbers it takes, and what it refuses."""

import pytest
from support.answers import asked, invalid, named, refused
from support.apps import Reports
from support.builders import make_lead
from support.database import TestDatabase
from support.phone_logs import LEAD_ID, NUMBER, OTHER, ids, make_in, make_out, url
from support.statements import statements_sent

TWENTY = [f"72755500{place:02}" for place in range(20)]


def make_numbers(db: TestDatabase) -> None:
    """Two leads with a call to and from each of their numbers, another with a third number."""
    for lead_id, number in enumerate([NUMBER, OTHER, "7275550000"], 1):
        make_lead(db, lead_id=lead_id, phone_number=number)
        make_out(db, f"{lead_id}.1", phone_number=number, lead_id=lead_id)
        make_in(db, lead_id, phone_number=number, lead_id=lead_id)


async def test_calls_of_several_numbers_are_merged(reports: Reports, db: TestDatabase) -> None:
    make_numbers(db)

    assert await ids(reports, f"{OTHER},{NUMBER}", type="ALL") == [2, 1, "2.1", "1.1"]


async def test_a_number_that_is_named_twice_is_shown_once(
    reports: Reports, db: TestDatabase
) -> None:
    make_numbers(db)

    assert await ids(reports, f"{NUMBER},(999) 888-7112", type="ALL") == [1, "1.1"]


@pytest.mark.parametrize(
    "phone",
    ["999-888-7112", "(999)%20888.7112", "+9998887112", "%20999%20888%207112", "9998887112%20"],
)
async def test_punctuation_is_dropped(reports: Reports, db: TestDatabase, phone: str) -> None:
    make_numbers(db)

    assert await ids(reports, phone, type="ALL") == [1, "1.1"]


async def test_a_comma_may_be_encoded(reports: Reports, db: TestDatabase) -> None:
    make_numbers(db)

    status, envelope = await asked(reports, url(f"{NUMBER}%2C{OTHER}"))

    assert (status, [one["uniqueid"] for one in envelope["data"]]) == (200, ["2.1", "1.1"])


@pytest.mark.parametrize("number", ["1234", "123456789012345678"])
async def test_the_shortest_and_the_longest_number_are_taken(
    reports: Reports, db: TestDatabase, number: str
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=number)
    make_out(db, "1.1", phone_number=number)
    make_in(db, 1, phone_number=number)

    assert await ids(reports, number, type="ALL") == [1, "1.1"]


async def test_a_number_is_the_whole_number(reports: Reports, db: TestDatabase) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    for place, number in enumerate([f"1{NUMBER}", f"{NUMBER}1", NUMBER[:-1]]):
        make_out(db, f"1.{place}", phone_number=number)
        make_in(db, place + 1, phone_number=number)

    assert await ids(reports, type="ALL") == []


async def test_twenty_numbers_are_taken(reports: Reports, db: TestDatabase) -> None:
    make_numbers(db)

    assert await ids(reports, ",".join(TWENTY), type="ALL") == [3, "3.1"]


@pytest.mark.parametrize(
    ("phone", "why"),
    [
        pytest.param("123", "Must be 4 to 18 digits", id="too short"),
        pytest.param("1234567890123456789", "Must be 4 to 18 digits", id="too long"),
        pytest.param("1-2-3", "Must be 4 to 18 digits", id="too short without punctuation"),
        pytest.param("12345x", "Must be 4 to 18 digits", id="a letter"),
        pytest.param("1234*", "Must be 4 to 18 digits", id="a star"),
        pytest.param("%D9%A1%D9%A2%D9%A3%D9%A4", "Must be 4 to 18 digits", id="other digits"),
        pytest.param("1234%2F5678", "Must be 4 to 18 digits", id="a slash"),
        pytest.param("12345%0A", "Must be 4 to 18 digits", id="a line's end"),
        pytest.param("%F0%9F%98%80", "Must be 4 to 18 digits", id="an emoji"),
        pytest.param("%20", "Must be 4 to 18 digits", id="nothing"),
        pytest.param(f"{NUMBER},", "Must be 4 to 18 digits", id="a comma at the end"),
        pytest.param(f"{NUMBER},,{OTHER}", "Must be 4 to 18 digits", id="an empty one"),
        pytest.param(f"{NUMBER},123", "Must be 4 to 18 digits", id="one of two"),
        pytest.param(f"{NUMBER}|{OTHER}", "Must be 4 to 18 digits", id="another separator"),
        pytest.param(",".join([*TWENTY, NUMBER]), "More than 20 numbers", id="21 numbers"),
    ],
)
async def test_what_is_no_number_is_a_400(reports: Reports, phone: str, why: str) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, url(phone))

    assert answer == invalid("phone", why)
    assert statements == []


async def test_without_a_number_there_is_no_such_path(reports: Reports) -> None:
    assert await asked(reports, url("")) == refused(404, "Not found")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param("type=out", "type", id="type in small letters"),
        pytest.param("type=BOTH", "type", id="no type"),
        pytest.param("type=IN&type=OUT", "type", id="two types"),
        pytest.param("detail=FIRST", "detail", id="no detail"),
        pytest.param("archived_lead=1", "archived_lead", id="no flag"),
        pytest.param("archived=yes", "archived", id="no flag either"),
        pytest.param("limit=0", "limit", id="limit zero"),
        pytest.param("limit=1001", "limit", id="limit too large"),
        pytest.param("limit=ten", "limit", id="limit no number"),
        pytest.param("format=xml", "format", id="no format"),
        pytest.param("start_date=2025-02-30", "start_date", id="no date"),
        pytest.param("end_date=2025-01-08", "start_date", id="end without start"),
        pytest.param("start_date=2025-01-09&end_date=2025-01-08", "end_date", id="before start"),
        pytest.param("start_date=2025-01-08&query_date=2025-01-08", "query_date", id="two starts"),
    ],
)
async def test_bad_input_is_a_400_that_names_the_field(
    reports: Reports, query: str, field: str
) -> None:
    with statements_sent() as statements:
        answer = await asked(reports, url(query=f"?{query}"))

    assert named(answer) == [field]
    assert statements == []


async def test_empty_parameters_count_as_absent_and_others_are_ignored(
    reports: Reports, db: TestDatabase
) -> None:
    make_numbers(db)
    query = "?type=&detail=&archived_lead=&archived=&limit=&cursor=&format=&start_date=&user=x&a=b"

    status, envelope = await asked(reports, url(query=query))

    assert (status, [one["uniqueid"] for one in envelope["data"]]) == (200, ["1.1"])
