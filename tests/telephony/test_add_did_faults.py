"""POST /api/v1/dids: steps that fail, requests that meet, and what the database is asked."""

import asyncio
from contextlib import closing

import pytest
from support.apps import Start, Telephony
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.dids import TAKEN, add, added, make_things, patterns


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What DIDs refer to."""
    make_things(db)


@ENGINES
async def test_nothing_is_logged_when_nothing_is_added(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_inbound_dids")

    status, _ = await add(telephony)

    assert (status, patterns(db), changes(db)) == (500, [], [])


@ENGINES
async def test_a_did_whose_log_row_fails_is_complete_or_not_there(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await add(telephony)
    found = patterns(db)
    db.mend_writes("vicidial_admin_log")

    again = await add(telephony)

    kept = engine == "MyISAM"
    assert (broken, found) == (500, ["18005551234"] if kept else [])
    assert again == TAKEN if kept else again[0] == 200
    assert patterns(db) == ["18005551234"]
    assert len(changes(db)) == (0 if kept else 1)


@ENGINES
async def test_of_two_that_add_the_same_pattern_one_wins(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]
    with db.hold("vicidial_inbound_dids"):
        both = [asyncio.create_task(add(one)) for one in instances]
        await db.until_waiting(2)

    answers = await asyncio.gather(*both)

    assert sorted(status for status, _ in answers) == [200, 409]
    assert TAKEN in answers
    assert (patterns(db), len(changes(db))) == (["18005551234"], 1)


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_pattern_that_is_just_being_taken_is_a_409(
    telephony: Telephony, db: TestDatabase
) -> None:
    with closing(db.server.connect(database=db.name)) as page, page.cursor() as cursor:
        page.begin()
        cursor.execute("INSERT INTO vicidial_inbound_dids (did_pattern) VALUES ('18005551234')")
        request = asyncio.create_task(add(telephony))
        await db.until_waiting(1)
        page.commit()

    assert await request == TAKEN
    assert changes(db) == []


@ENGINES
async def test_many_dids_at_once_are_all_added(start_telephony: Start, db: TestDatabase) -> None:
    instances = [await start_telephony() for _ in range(2)]
    numbers = [f"1800555{number:04}" for number in range(20)]

    requests = [
        add(instances[place % 2], did_pattern=number) for place, number in enumerate(numbers)
    ]
    answers = await asyncio.gather(*requests)

    rows = db.rows("SELECT did_id, did_pattern FROM vicidial_inbound_dids ORDER BY did_pattern")
    assert answers == [added(*row) for row in rows]
    assert [pattern for _, pattern in rows] == numbers
    assert len(changes(db)) == 20
