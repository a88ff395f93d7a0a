"""GET /api/v1/test-call/list: page by page, and with which statements."""

from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_lead
from support.database import ENGINES, TestDatabase
from support.queued_rows import (
    make_test_call,
    make_test_calls,
    make_test_lead,
    make_test_leads,
)
from support.statements import Statement, explained, rows_read, statements_sent
from yarl import URL

LIST = "/api/v1/test-call/list"


async def page(telephony: Telephony, url: URL) -> tuple[list[int], URL | None]:
    """The leads of a page, and the address of the next."""
    response = await telephony.get(url)
    data = (await response.json())["data"]
    assert data["count"] == len(data["calls"])
    leads = [call["lead_id"] for call in data["calls"]]
    if "Link" not in response.headers:
        return leads, None
    link = response.headers["Link"]
    assert link.endswith('>; rel="next"')
    return leads, URL(link[1:].partition(">")[0], encoded=True)


async def pages(telephony: Telephony, **query: Any) -> list[list[int]]:
    """The leads of all pages, from link to link."""
    found = []
    url: URL | None = URL(LIST).with_query(query)
    while url is not None:
        leads, url = await page(telephony, url)
        found.append(leads)
    return found


@pytest.mark.parametrize("limit", [1, 2, 7, 39, 40, 41, 50, 500])
async def test_pages_hold_each_call_once_whatever_leads_without_calls_lie_between(
    telephony: Telephony, db: TestDatabase, limit: int
) -> None:
    for lead_id in range(1, 121):
        if lead_id % 3:
            make_test_lead(db, lead_id)
        else:
            make_test_call(db, lead_id)
        make_lead(db, lead_id=1000 + lead_id)

    found = await pages(telephony, limit=limit)

    called = list(range(120, 0, -3))
    assert found == [called[place : place + limit] for place in range(0, 40, limit)]


async def test_a_page_looks_at_1000_leads_and_says_where_it_ended(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_calls(db, 1, 3)
    make_test_leads(db, 4, 2500)
    make_test_calls(db, 2600, 2601)

    leads, second = await page(telephony, URL(LIST))
    none, third = await page(telephony, second or URL())
    rest, end = await page(telephony, third or URL())

    assert (leads, second) == ([2601, 2600], URL(f"{LIST}?before=1503"))
    assert (none, third) == ([], URL(f"{LIST}?before=503"))
    assert (rest, end) == ([3, 2, 1], None)


@pytest.mark.parametrize("limit", [1, 7, 50, 300, 500])
async def test_thousands_of_leads_without_calls_hide_none(
    telephony: Telephony, db: TestDatabase, limit: int
) -> None:
    make_test_calls(db, 1, 3)
    make_test_leads(db, 4, 2500)
    make_test_calls(db, 2600, 2601)

    found = await pages(telephony, limit=limit)

    assert [lead_id for leads in found for lead_id in leads] == [2601, 2600, 3, 2, 1]
    assert all(len(leads) <= limit for leads in found)


@pytest.mark.parametrize(("number", "links"), [(1000, [None]), (1001, ["2", None])])
async def test_a_link_is_given_only_where_leads_remain(
    telephony: Telephony, db: TestDatabase, number: int, links: list[str | None]
) -> None:
    make_test_leads(db, 1, number)

    found = []
    url: URL | None = URL(LIST)
    while url is not None:
        _, url = await page(telephony, url)
        found.append(url.query["before"] if url else None)

    assert found == links


async def test_the_link_repeats_the_request(telephony: Telephony, db: TestDatabase) -> None:
    make_test_calls(db, 1, 30)

    _, following = await page(telephony, URL(f"{LIST}?limit=1&phone_login=9&before=25"))

    assert following == URL(f"{LIST}?limit=1&phone_login=9&before=19")


async def test_a_phone_login_finds_a_call_beyond_the_first_thousand(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_calls(db, 1, 2200)

    found = await pages(telephony, limit=2, phone_login="0000000777")

    assert [lead_id for leads in found for lead_id in leads] == [777]
    assert len(found) == 3


async def test_calls_that_come_and_go_do_not_move_the_next_page(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_calls(db, 1, 6)
    leads, following = await page(telephony, URL(f"{LIST}?limit=3"))

    make_test_calls(db, 7, 8)
    db.execute("DELETE FROM vicidial_list WHERE lead_id IN (4, 5)")
    rest, _ = await page(telephony, following or URL())

    assert (leads, rest) == ([6, 5, 4], [3, 2, 1])


async def test_a_page_has_50_calls_and_at_most_500(telephony: Telephony, db: TestDatabase) -> None:
    make_test_calls(db, 1, 501)

    usual, _ = await page(telephony, URL(LIST))
    most, following = await page(telephony, URL(f"{LIST}?limit=500"))

    assert usual == list(range(501, 451, -1))
    assert (most, following) == (list(range(501, 1, -1)), URL(f"{LIST}?limit=500&before=2"))


async def sent(telephony: Telephony, query: str) -> list[Statement]:
    """The statements of one page."""
    with statements_sent() as statements:
        await telephony.get(f"{LIST}?{query}")
    return statements


async def test_a_page_asks_for_leads_and_orders_once_and_for_calls_once_a_chunk(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_test_leads(db, 1, 1200)
    make_test_calls(db, 1201, 2200)

    assert len(await sent(telephony, "limit=1")) == 3
    assert len(await sent(telephony, "limit=50")) == 3
    assert len(await sent(telephony, "limit=500")) == 3
    assert len(await sent(telephony, "limit=500&phone_login=1")) == 4
    # Without calls there are no orders to ask for.
    assert len(await sent(telephony, "limit=500&before=1201")) == 3
    assert len(await sent(telephony, "limit=300&before=1201")) == 5
    assert len(await sent(telephony, "limit=1&before=1201")) == 21


@pytest.fixture
def busy(db: TestDatabase) -> None:
    """Six hundred test calls, beside tens of thousands of leads and calls of campaigns."""
    many = "FROM seq_10001_to_40000"
    for statement in (
        f"vicidial_list (lead_id, phone_number, owner) SELECT seq, seq, seq % 5 {many}",
        "vicidial_dial_log (caller_code, lead_id, call_date)"
        f" SELECT CONCAT('V', seq), seq, NOW() {many}",
        "vicidial_dial_cid_log (caller_code, outbound_cid_type)"
        f" SELECT CONCAT('V', seq), 'CAMPAIGN' {many}",
        "vicidial_manager (callerid, server_ip, action)"
        f" SELECT CONCAT('V', seq), '10.0.0.5', 'Originate' {many}",
    ):
        db.execute(f"INSERT INTO {statement}")
    make_test_calls(db, 50_001, 50_600)


@pytest.mark.usefixtures("busy")
@ENGINES
@pytest.mark.parametrize("limit", [1, 50, 500])
async def test_every_statement_finds_its_rows_by_an_index(
    telephony: Telephony, db: TestDatabase, engine: str, limit: int
) -> None:
    statements = await sent(telephony, f"limit={limit}")

    plans = [explained(db, statement, "svc-telephony") for statement in statements]
    assert [[(table["table"], table["key"]) for table in plan] for plan in plans] == [
        [("vicidial_list", "owner")],
        [("d", "lead_id"), ("c", "caller_code")],
        [("vicidial_manager", "callerid")],
    ]
    leads, calls, orders = [rows_read(db, one, "svc-telephony") for one in statements]
    assert leads <= 3 * 601
    assert calls <= 5 * max(limit, 50)
    assert orders <= 3 * max(limit, 50)


@pytest.mark.usefixtures("busy")
@ENGINES
async def test_old_test_leads_by_the_thousand_do_not_make_the_server_read_all_leads(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    make_test_leads(db, 1, 9_000)

    leads, *_ = await sent(telephony, "before=50001")

    (plan,) = explained(db, leads, "svc-telephony")
    assert plan["key"] == "owner"
    assert rows_read(db, leads, "svc-telephony") <= 9_601
