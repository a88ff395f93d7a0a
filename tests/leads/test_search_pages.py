"""GET /api/v1/leads/search by pages: every filter, every order, against plain Python."""

import itertools
import random
import re
import unicodedata
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import pytest
from aiohttp import ClientResponse
from support.apps import Leads
from support.builders import make_lead
from support.database import TestDatabase

SEARCH = "/api/v1/leads/search"
SEED = 20250108
NUMBERS = [
    "5551234567",
    "5551234568",
    "5559999999",
    "555",
    "4440000000",
    "44400000000",
    "6666666666",
]
NAMES = ["John", "JOHN", "jöhn", "Johanna", "O'Hara", "100%", "a_b", "back\\slash", "", None]
EMAILS = ["john@example.com", "JANE@EXAMPLE.COM", "%@_.example", "", None]
STATUSES = ["NEW", "NA", "CALLBK", "new", None]
LISTS = [101, 102, 999]

FILTERS: dict[str, list[str]] = {
    "phone_number": ["5", "555", "5551234567", "444000000", "9"],
    "first_name": ["joh", "OHN", "ö", "%", "_", "\\", "'"],
    "last_name": ["j", "a_", "%%"],
    "email": ["example.com", "@_"],
    "list_id": ["101", "102", "1"],
    "status": ["NEW", "NA", "CALLBACK"],
}
COMBINATIONS = [
    names for size in range(len(FILTERS) + 1) for names in itertools.combinations(FILTERS, size)
]


class Row(NamedTuple):
    """A lead, as far as a search looks at it."""

    lead_id: int
    list_id: int
    phone_number: str
    first_name: str | None
    last_name: str | None
    email: str | None
    status: str | None


@pytest.fixture
def rows(db: TestDatabase) -> list[Row]:
    """Some hundred leads that share few numbers, names and statuses."""
    dice = random.Random(SEED)
    made = [
        Row(
            lead_id,
            dice.choice(LISTS),
            dice.choice(NUMBERS),
            dice.choice(NAMES),
            dice.choice(NAMES),
            dice.choice(EMAILS),
            dice.choice(STATUSES),
        )
        for lead_id in dice.sample(range(1, 100_000), 400)
    ]
    place = f"({', '.join(['%s'] * len(Row._fields))})"
    db.execute(
        f"INSERT INTO vicidial_list ({', '.join(Row._fields)})"
        f" VALUES {', '.join([place] * len(made))}",
        *itertools.chain(*made),
    )
    return made


@pytest.mark.parametrize("names", COMBINATIONS, ids=lambda names: "+".join(names) or "none")
async def test_pages_hold_all_that_fits_once_and_in_order(
    leads: Leads, rows: list[Row], names: tuple[str, ...]
) -> None:
    dice = random.Random(f"{SEED}{names}")
    for _ in range(4):
        filters = {name: dice.choice(FILTERS[name]) for name in names}
        limit = dice.choice([1, 7, 50, 100]) if len(names) > 1 else dice.choice([29, 50, 100])

        pages = [page async for page in walk(leads, **filters, limit=str(limit))]

        assert list(itertools.chain(*pages)) == expected(rows, filters), filters
        assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.parametrize("most", [0, 10_000], ids=["many of a status", "few of a status"])
@pytest.mark.parametrize(
    "filters", [{"status": "NEW"}, {"status": "NEW", "list_id": "101"},
                {"status": "NEW", "first_name": "j"}],
    ids=["status", "list and status", "status and name"],
)  # fmt: skip
async def test_the_order_does_not_depend_on_how_many_there_are(
    leads: Leads, rows: list[Row], monkeypatch: pytest.MonkeyPatch, most: int,
    filters: dict[str, str],
) -> None:  # fmt: skip
    monkeypatch.setattr("svc_leads.search.store.FEW", most)

    pages = [page async for page in walk(leads, **filters, limit="3")]

    assert list(itertools.chain(*pages)) == expected(rows, filters)


async def test_leads_of_one_number_come_newest_first_over_pages(
    leads: Leads, db: TestDatabase
) -> None:
    for lead_id in range(1, 8):
        make_lead(db, lead_id=lead_id, phone_number="5551234567")
    make_lead(db, lead_id=8, phone_number="5551234566")
    make_lead(db, lead_id=9, phone_number="5551234568")

    for filters in ({"phone_number": "555"}, {"list_id": "101"}):
        pages = [page async for page in walk(leads, **filters, limit="3")]

        assert pages == [[8, 7, 6], [5, 4, 3], [2, 1, 9]]


async def test_the_link_repeats_the_request_and_says_where_the_page_ended(
    leads: Leads, db: TestDatabase
) -> None:
    for lead_id in (1, 2, 3):
        make_lead(db, lead_id=lead_id, first_name="a&b=c", phone_number=f"555{lead_id}")

    by_number = await leads.get(SEARCH, params={"phone_number": "555", "limit": "2"})
    by_id = await leads.get(SEARCH, params={"first_name": "a&b=c", "limit": "1"})

    assert by_number.headers["Link"] == (
        '</api/v1/leads/search?phone_number=555&limit=2&after=5552:2>; rel="next"'
    )
    assert by_id.headers["Link"] == (
        '</api/v1/leads/search?first_name=a%26b%3Dc&limit=1&after=3>; rel="next"'
    )
    assert await ids(await follow(leads, by_id)) == [2]


async def test_a_full_last_page_has_no_link(leads: Leads, db: TestDatabase) -> None:
    for lead_id in (1, 2):
        make_lead(db, lead_id=lead_id)

    for filters in ({"limit": "2"}, {"limit": "2", "list_id": "101"}):
        response = await leads.get(SEARCH, params=filters)

        assert len(await ids(response)) == 2
        assert "Link" not in response.headers


async def test_a_page_has_100_leads_at_most_and_by_default(leads: Leads, db: TestDatabase) -> None:
    db.execute("INSERT INTO vicidial_list (lead_id, phone_number) SELECT seq, 5 FROM seq_1_to_250")

    pages = [page async for page in walk(leads)]

    assert [len(page) for page in pages] == [100, 100, 50]


async def test_leads_that_come_and_go_do_not_move_the_next_page(
    leads: Leads, db: TestDatabase
) -> None:
    for lead_id in range(10, 16):
        make_lead(db, lead_id=lead_id, phone_number="555")
    first = await leads.get(SEARCH, params={"phone_number": "5", "limit": "3"})

    make_lead(db, lead_id=20, phone_number="555")
    make_lead(db, lead_id=21, phone_number="5")
    db.execute("DELETE FROM vicidial_list WHERE lead_id IN (13, 14, 15)")

    assert await ids(await follow(leads, first)) == [12, 11, 10]


@pytest.mark.parametrize(
    "number", ["", "n/a", "+1 555:12", 'a"<b>', "ä中", "555;DROP", "x" * 18], ids=ascii
)
async def test_a_number_that_is_none_does_not_end_the_pages(
    leads: Leads, db: TestDatabase, number: str
) -> None:
    for lead_id in range(1, 6):
        make_lead(db, lead_id=lead_id, phone_number=number)

    pages = [page async for page in walk(leads, list_id="101", limit="2")]

    assert pages == [[5, 4], [3, 2], [1]]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"after": "5551234567:5"}, id="number, but newest first"),
        pytest.param({"after": "5551234567:5", "status": "NEW"}, id="number, but by status"),
        pytest.param({"after": "5", "phone_number": "555"}, id="id, but by number"),
        pytest.param({"after": "5", "list_id": "101"}, id="id, but by list"),
    ],
)
async def test_an_after_that_does_not_fit_the_order_is_a_400(
    leads: Leads, query: dict[str, str]
) -> None:
    response = await leads.get(SEARCH, params=query)

    assert response.status == 400
    assert (await response.json())["details"] == {
        "after": ["Belongs to a search with other filters"]
    }


async def walk(leads: Leads, **filters: str) -> AsyncIterator[list[int]]:
    """The ids of each page, as a client follows the links."""
    response = await leads.get(SEARCH, params=filters)
    while True:
        yield await ids(response)
        if "Link" not in response.headers:
            return
        response = await follow(leads, response)


async def follow(leads: Leads, response: ClientResponse) -> ClientResponse:
    """The next page."""
    match = re.fullmatch(r'<(/.*)>; rel="next"', response.headers["Link"])
    assert match
    return await leads.get(match[1])


async def ids(response: ClientResponse) -> list[int]:
    """The ids of a page."""
    envelope = await response.json()
    assert response.status == 200, envelope
    return [lead["lead_id"] for lead in envelope["data"]]


def expected(rows: list[Row], filters: dict[str, str]) -> list[int]:
    """What a search must find: the contract's sentences, not the service's SQL."""
    fitting = [row for row in rows if all(fits(row, *item) for item in filters.items())]
    if "phone_number" in filters or "list_id" in filters:
        fitting.sort(key=lambda row: (row.phone_number, -row.lead_id))
    else:
        fitting.sort(key=lambda row: -row.lead_id)
    return [row.lead_id for row in fitting]


def fits(row: Row, name: str, wanted: str) -> bool:
    """Whether a lead meets one filter."""
    value: Any = getattr(row, name)
    if value is None:
        return False
    if name == "phone_number":
        return bool(value.startswith(wanted))
    if name == "list_id":
        return bool(value == int(wanted))
    if name == "status":
        return folded(value) == folded("CALLBK" if wanted == "CALLBACK" else wanted)
    return folded(wanted) in folded(value)


def folded(text: str) -> str:
    """Without case and accents."""
    return "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    ).casefold()
