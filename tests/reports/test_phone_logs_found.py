"""GET /api/v1/phone-logs/{phone}: outbound calls by the site's index, or by the leads."""

from collections.abc import Iterator
from time import monotonic

import pytest
from support.answers import asked, invalid
from support.apps import Reports
from support.builders import make_lead
from support.database import ENGINES, TestDatabase
from support.pages import all_pages
from support.phone_logs import (
    LEAD_ID,
    NUMBER,
    OTHER,
    calls,
    id_of,
    ids,
    lead_archive,
    make_in,
    make_out,
    number_index,
    url,
)

FORMATS = pytest.mark.parametrize("form", ["json", "csv", "ndjson"])


async def match(reports: Reports, query: str = "") -> str | None:
    """What the answer says of how outbound calls were found."""
    response = await reports.get(url(query=query))
    assert response.status == 200
    return response.headers.get("X-Phone-Match")


@pytest.fixture
def archived_leads(db: TestDatabase) -> Iterator[None]:
    """There is an archive of leads."""
    with lead_archive(db):
        yield


@FORMATS
@pytest.mark.parametrize("kind", ["OUT", "ALL"])
async def test_the_answer_says_how_calls_were_found(
    reports: Reports, db: TestDatabase, form: str, kind: str
) -> None:
    assert await match(reports, f"?type={kind}&format={form}") == "leads"


@FORMATS
@pytest.mark.parametrize("kind", ["OUT", "ALL"])
async def test_the_answer_says_that_the_site_has_an_index(
    reports: Reports, db: TestDatabase, form: str, kind: str
) -> None:
    with number_index(db):
        assert await match(reports, f"?type={kind}&format={form}") == "index"


@FORMATS
async def test_calls_that_came_in_need_no_such_match(reports: Reports, form: str) -> None:
    assert await match(reports, f"?type=IN&format={form}") is None


async def test_the_archive_of_the_log_has_an_index_of_its_own(
    reports: Reports, db: TestDatabase
) -> None:
    with number_index(db, "vicidial_log_archive"):
        make_out(db, "1.1", archived=True)
        make_out(db, "1.2")

        assert await match(reports, "?archived=Y") == "index"
        assert await match(reports) == "leads"
        assert await ids(reports, archived="Y") == ["1.1"]


async def test_an_index_that_only_ends_with_the_number_is_of_no_use(
    reports: Reports, db: TestDatabase
) -> None:
    db.execute("CREATE INDEX user_number ON vicidial_log (user, phone_number)")
    try:
        assert await match(reports) == "leads"
    finally:
        db.execute("DROP INDEX user_number ON vicidial_log")


async def test_the_index_is_looked_up_every_hour(
    reports: Reports, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, now = "svc_reports.phone_logs.indexes.monotonic", monotonic()
    assert await match(reports) == "leads"

    with number_index(db):
        monkeypatch.setattr(theirs, lambda: now + 3590)
        before = await match(reports)
        monkeypatch.setattr(theirs, lambda: now + 3660)
        after = await match(reports)

    assert (before, after) == ("leads", "index")


@ENGINES
async def test_with_an_index_calls_of_whichever_leads_are_found(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_lead(db, lead_id=1, phone_number=OTHER)
    with number_index(db):
        make_out(db, "1.1", lead_id=1)
        make_out(db, "1.2", lead_id=999)
        make_out(db, "1.3", lead_id=1, phone_number=OTHER)

        assert await ids(reports) == ["1.2", "1.1"]


@ENGINES
async def test_without_one_calls_of_the_leads_that_have_the_number(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_lead(db, lead_id=1, phone_number=NUMBER)
    make_lead(db, lead_id=2, phone_number=OTHER)
    make_lead(db, lead_id=3, phone_number=OTHER, alt_phone=NUMBER, address3=NUMBER)
    make_lead(db, lead_id=4, phone_number=OTHER)
    for place in (1, 2):
        db.insert("vicidial_list_alt_phones", lead_id=4, phone_number=NUMBER, alt_phone_count=place)
    for lead_id in range(1, 6):
        make_out(db, f"{lead_id}.1", lead_id=lead_id)
        make_out(db, f"{lead_id}.2", lead_id=lead_id, phone_number=OTHER)

    assert await ids(reports) == ["4.1", "1.1"]
    assert await ids(reports, OTHER) == ["4.2", "3.2", "2.2"]


async def test_archived_leads_that_have_the_number_count(
    reports: Reports, db: TestDatabase, archived_leads: None
) -> None:
    make_lead(db, lead_id=1, phone_number=NUMBER)
    db.insert("vicidial_list_archive", lead_id=2, phone_number=NUMBER, status="OLD")
    db.insert("vicidial_list_archive", lead_id=3, phone_number=OTHER)
    db.insert("vicidial_list_archive", lead_id=1, phone_number=NUMBER)
    for lead_id in (1, 2, 3):
        make_out(db, f"{lead_id}.1", lead_id=lead_id)

    found = await calls(reports)

    assert [(one["uniqueid"], one["lead_status"]) for one in found] == [
        ("2.1", None),
        ("1.1", "NEW"),
    ]


async def test_an_archive_of_leads_that_may_not_be_read_is_passed_over(
    reports: Reports, db: TestDatabase
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    make_out(db, "1.1")

    with lead_archive(db, readable=False):
        assert await ids(reports) == ["1.1"]


async def test_calls_that_came_in_are_found_whatever_their_lead(
    reports: Reports, db: TestDatabase
) -> None:
    make_lead(db, lead_id=1, phone_number=OTHER)
    make_in(db, 1, lead_id=1)
    make_in(db, 2, lead_id=0)

    assert await ids(reports, type="ALL") == [2, 1]


async def test_calls_of_many_leads_are_put_in_one_order(reports: Reports, db: TestDatabase) -> None:
    """The leads of one statement after the other have newer and older calls."""
    db.execute(
        "INSERT INTO vicidial_list (lead_id, phone_number, list_id)"
        f" SELECT seq, '{NUMBER}', 101 FROM seq_1_to_450"
    )
    db.execute(
        "INSERT INTO vicidial_log (uniqueid, lead_id, phone_number, call_date)"
        f" SELECT seq, seq, '{NUMBER}', '2025-01-08 12:00:00' - INTERVAL (seq * 7) % 450 MINUTE"
        " FROM seq_1_to_450"
    )

    found = await ids(reports, limit=1000)

    expected = sorted(range(1, 451), key=lambda seq: ((seq * 7) % 450, -seq))
    assert found == list(map(str, expected))


async def test_pages_of_uniqueids_with_letters_lose_none(
    reports: Reports, db: TestDatabase
) -> None:
    """A server's name comes first, where it has one: the database's order is not Python's."""
    db.execute(
        "INSERT INTO vicidial_list (lead_id, phone_number)"
        f" SELECT seq, '{NUMBER}' FROM seq_1_to_1000"
    )
    uniqueids = ["1.10", "1.9", "B-1.1", "a-1.1", "a_1.1", "b-1.2"]
    for place, uniqueid in enumerate(uniqueids):
        make_out(db, uniqueid, lead_id=1000 - 199 * place)

    found = await all_pages(reports, url(query="?limit=1"))

    assert sorted(str(id_of(call)) for (call,) in found) == sorted(uniqueids)


@pytest.mark.parametrize("kind", ["OUT", "ALL"])
@FORMATS
async def test_a_number_of_too_many_leads_is_a_400(
    reports: Reports, db: TestDatabase, kind: str, form: str
) -> None:
    db.execute(
        "INSERT INTO vicidial_list (phone_number, list_id)"
        f" SELECT '{NUMBER}', 101 FROM seq_1_to_5001"
    )

    answer = await asked(reports, url(query=f"?type={kind}&format={form}"))

    assert answer == invalid("phone", "Too many leads with this number")


async def test_calls_of_5000_leads_are_found(reports: Reports, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_list (lead_id, phone_number, list_id)"
        f" SELECT seq, '{NUMBER}', 101 FROM seq_1_to_5000"
    )
    for lead_id in (1, 5000):
        db.insert("vicidial_list_alt_phones", lead_id=lead_id, phone_number=NUMBER)
    make_out(db, "1.1", lead_id=1)
    make_out(db, "1.2", lead_id=5000)

    assert await ids(reports) == ["1.2", "1.1"]


async def test_where_no_leads_are_needed_they_may_be_many(
    reports: Reports, db: TestDatabase
) -> None:
    db.execute(
        "INSERT INTO vicidial_list (phone_number, list_id)"
        f" SELECT '{NUMBER}', 101 FROM seq_1_to_5001"
    )
    make_out(db, "1.1")
    make_in(db, 1)

    assert await ids(reports, type="IN") == [1]
    with number_index(db):
        assert await ids(reports, type="ALL") == [1, "1.1"]
