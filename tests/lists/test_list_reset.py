"""PUT /api/v1/lists/{list_id} with `reset_list`: all leads may be called again."""

import asyncio
from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_lead, make_list, read_row
from support.changes import admin_log, changes, difference, make_entry
from support.database import TestDatabase
from support.lists import StandInLeads, change, make_things, refused, updated

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
OVER = refused(409, "Daily reset limit reached")


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York; two called leads of list 101, one of 102."""
    make_things(db)
    for list_id in (101, 102):
        make_list(db, list_id)
    for lead_id, list_id, flag in [(1, 101, "Y"), (2, 101, "Y3"), (3, 101, "N"), (4, 102, "Y")]:
        make_lead(db, lead_id=lead_id, list_id=list_id, called_since_last_reset=flag)
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


def called(db: TestDatabase) -> dict[int, str]:
    return dict(db.rows("SELECT lead_id, called_since_last_reset FROM vicidial_list"))


def limit(db: TestDatabase, resets_today: int | None, most: int | None) -> None:
    db.execute(
        "UPDATE vicidial_lists SET resets_today = %s, daily_reset_limit = %s", resets_today, most
    )


def resets(db: TestDatabase, list_id: int = 101) -> Any:
    return db.value("SELECT resets_today FROM vicidial_lists WHERE list_id = %s", list_id)


def reset_row(leads: int, resets_today: int) -> tuple[str, ...]:
    notes = f"{leads} leads reset, list resets today: {resets_today}"
    return ("LISTS", "RESET", "101", "ADMIN API RESET LIST", notes)


@ENGINES
async def test_a_reset_is_counted_and_logged(lists: Lists, db: TestDatabase) -> None:
    before = read_row(db, "vicidial_lists", list_id=101)

    answer = await change(lists, reset_list="Y")

    assert answer == updated(leads_reset=2, reset_done=True)
    assert called(db) == {1: "N", 2: "N", 3: "N", 4: "Y"}
    changed = difference(before, read_row(db, "vicidial_lists", list_id=101))
    assert {name: str(value) for name, value in changed.items()} == {
        "list_changedate": "2025-07-08 11:30:00",
        "resets_today": "1",
    }
    assert resets(db, 102) == 0
    assert changes(db) == [reset_row(2, 1)]


async def test_a_reset_and_a_change_are_one_statement_that_both_log_rows_show(
    lists: Lists, db: TestDatabase
) -> None:
    make_entry(db, 1)

    answer = await change(lists, reset_list="Y", list_name="New", campaign_id="NEWCAMP")

    assert answer == updated(leads_reset=2, reset_done=True)
    assert changes(db) == [
        ("LISTS", "MODIFY", "101", "ADMIN API UPDATE LIST", "list: 101"),
        reset_row(2, 1),
    ]
    modified, reset = (row[6] for row in admin_log(db))
    assert modified == reset
    assert modified.startswith("UPDATE vicidial_lists SET `list_name` = 'New', `campaign_id` =")
    assert db.count("vicidial_hopper") == 0


@pytest.mark.parametrize(
    ("before", "most", "after"),
    [
        pytest.param(5, -1, 6, id="no limit"),
        pytest.param(5, None, 6, id="limit NULL"),
        pytest.param(1, 2, 2, id="below the limit"),
        pytest.param(None, 1, 1, id="none counted yet"),
        pytest.param(None, -1, 1, id="none counted, no limit"),
        pytest.param(65_534, -1, 65_535, id="nearly all that can be counted"),
        pytest.param(65_535, -1, 65_535, id="all that can be counted"),
    ],
)
async def test_a_reset_within_the_limit_counts(
    lists: Lists, db: TestDatabase, before: int | None, most: int | None, after: int
) -> None:
    limit(db, before, most)

    assert await change(lists, reset_list="Y") == updated(leads_reset=2, reset_done=True)
    assert resets(db) == after
    assert changes(db) == [reset_row(2, after)]


@ENGINES
@pytest.mark.parametrize(("before", "most"), [(2, 2), (3, 2), (0, 0), (None, 0)])
async def test_beyond_the_limit_nothing_changes_but_the_log(
    lists: Lists, db: TestDatabase, before: int | None, most: int
) -> None:
    limit(db, before, most)
    make_entry(db, 1)
    row = read_row(db, "vicidial_lists", list_id=101)

    answer = await change(lists, reset_list="Y", list_name="New", campaign_id="NEWCAMP")

    assert answer == OVER
    assert read_row(db, "vicidial_lists", list_id=101) == row
    assert (called(db)[1], db.count("vicidial_hopper")) == ("Y", 1)
    assert changes(db) == [
        ("LISTS", "RESET", "101", "ADMIN API RESET LIST FAILED",
         f"daily list resets limit reached: {before or 0} / {most}"),
    ]  # fmt: skip


async def test_other_changes_have_no_daily_limit(lists: Lists, db: TestDatabase) -> None:
    limit(db, 2, 2)

    assert await change(lists, list_name="New", reset_list="N") == updated()
    assert resets(db) == 2


@ENGINES
async def test_requests_at_once_cannot_pass_the_limit(
    start_lists: Start, lists: Lists, db: TestDatabase
) -> None:
    limit(db, 0, 3)
    other = await start_lists()
    with db.hold("vicidial_lists"):
        both = [
            asyncio.create_task(change(one, reset_list="Y"))
            for one in (lists, other)
            for _ in range(4)
        ]
        await db.until_waiting(8)
    statuses = sorted([(await one)[0] for one in both])

    assert statuses == [200] * 3 + [409] * 5
    assert resets(db) == 3
    counted = sorted(row[4].rpartition(" ")[2] for row in changes(db) if row[3].endswith("LIST"))
    assert counted == ["1", "2", "3"]


@ENGINES
async def test_a_reset_is_counted_before_it_is_done(lists: Lists, db: TestDatabase) -> None:
    db.fail_writes("vicidial_list", "UPDATE")
    broken = await change(lists, reset_list="Y")
    left = resets(db), called(db)[1], changes(db)
    db.mend_writes("vicidial_list")

    again = await change(lists, reset_list="Y")

    assert broken == refused(502, "svc-leads gave no usable answer")
    assert left == (1, "Y", [])
    assert again == updated(leads_reset=2, reset_done=True)
    assert (resets(db), changes(db)) == (2, [reset_row(2, 2)])


async def test_a_count_that_fails_resets_nothing(lists: Lists, db: TestDatabase) -> None:
    db.fail_writes("vicidial_lists", "UPDATE")

    status, _ = await change(lists, reset_list="Y")

    assert (status, called(db)[1]) == (500, "Y")


async def test_without_svc_leads_a_reset_is_counted_and_is_a_503(
    start_lists: Start, lists: Lists, db: TestDatabase
) -> None:
    alone = await start_lists(urls={})

    assert await change(alone, reset_list="Y") == refused(503, "svc-leads is not available")
    assert (resets(db), called(db)[1], changes(db)) == (1, "Y", [])
    assert await change(lists, reset_list="Y") == updated(leads_reset=2, reset_done=True)


async def test_the_log_of_changes_is_written_last(lists: Lists, db: TestDatabase) -> None:
    db.fail_writes("vicidial_admin_log")

    status, _ = await change(lists, reset_list="Y")

    assert (status, resets(db), called(db)[1]) == (500, 1, "N")


@pytest.mark.usefixtures("lists")
async def test_a_reset_goes_on_until_svc_leads_is_done(
    start_lists: Start, db: TestDatabase
) -> None:
    steps = [{"updated": 5000, "done": False}, {"updated": 0, "done": False},
             {"updated": 7, "done": True}]  # fmt: skip
    async with StandInLeads(*steps).running() as leads:
        answer = await change(await start_lists(urls=leads.urls), reset_list="Y")

    assert answer == updated(leads_reset=5007, reset_done=True)
    assert leads.asked == [("/lists/101/leads/reset", {})] * 3
    assert changes(db) == [reset_row(5007, 1)]


@pytest.mark.usefixtures("lists")
async def test_a_reset_that_takes_too_long_is_answered_as_not_done(
    start_lists: Start, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_lists.lists.leads_work.CALLS_WITHIN_S", 0)
    async with StandInLeads({"updated": 5000, "done": False}).running() as leads:
        answer = await change(await start_lists(urls=leads.urls), reset_list="Y")

    assert answer == updated(leads_reset=5000, reset_done=False)
    assert changes(db) == [reset_row(5000, 1)]
