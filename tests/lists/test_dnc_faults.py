"""The DNC lists: writes that fail, and two requests at once."""

import asyncio

import pytest
from support.apps import Lists
from support.builders import make_campaign
from support.changes import admin_log
from support.database import TestDatabase
from support.statements import explained, statements_sent

DNC = "/api/v1/dnc"
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
LISTS = pytest.mark.parametrize(
    ("table", "campaign_id"),
    [("vicidial_dnc", "SYSTEM_INTERNAL"), ("vicidial_campaign_dnc", "TESTCAMP")],
)
LOGS = pytest.mark.parametrize("lost", ["vicidial_dnc_log", "vicidial_admin_log"])
PHONE = "5551234567"


async def add(lists: Lists, campaign_id: str) -> int:
    body = {"phone_number": PHONE, "campaign_id": campaign_id}
    return (await lists.post(DNC, json=body)).status


async def delete(lists: Lists, campaign_id: str) -> int:
    return (await lists.delete(f"{DNC}/{PHONE}", params={"campaign_id": campaign_id})).status


def log(db: TestDatabase) -> list[str]:
    """What was done, as the log of the DNC lists tells it."""
    return [action for (action,) in db.rows("SELECT action FROM vicidial_dnc_log")]


@pytest.fixture(autouse=True)
def campaign(db: TestDatabase) -> None:
    """TESTCAMP."""
    make_campaign(db)


@pytest.fixture
def entry(db: TestDatabase, table: str) -> None:
    """The number, on the list that the test is about."""
    campaign = {} if table == "vicidial_dnc" else {"campaign_id": "TESTCAMP"}
    db.insert(table, phone_number=PHONE, **campaign)


@ENGINES
@LISTS
@LOGS
async def test_a_number_is_blocked_though_a_log_row_is_lost(
    lists: Lists, db: TestDatabase, table: str, campaign_id: str, engine: str, lost: str
) -> None:
    db.fail_writes(lost)
    broken = await add(lists, campaign_id)
    blocked = db.count(table)
    db.mend_writes(lost)

    again = await add(lists, campaign_id)

    assert broken == 500
    assert (blocked, again) == ((1, 409) if engine == "MyISAM" else (0, 200))
    assert db.count(table) == 1


@ENGINES
@LISTS
async def test_a_number_that_could_not_be_blocked_is_not_logged(
    lists: Lists, db: TestDatabase, table: str, campaign_id: str
) -> None:
    db.fail_writes(table)
    broken = await add(lists, campaign_id)
    db.mend_writes(table)

    assert (broken, log(db), admin_log(db)) == (500, [], [])
    assert await add(lists, campaign_id) == 200
    assert (db.count(table), log(db), len(admin_log(db))) == (1, ["add"], 1)


@ENGINES
@LISTS
@pytest.mark.usefixtures("entry")
async def test_a_number_leaves_no_list_without_a_trace(
    lists: Lists, db: TestDatabase, table: str, campaign_id: str
) -> None:
    db.fail_writes("vicidial_dnc_log")
    broken = await delete(lists, campaign_id)
    left = db.count(table)
    db.mend_writes("vicidial_dnc_log")

    assert (broken, left) == (500, 1)
    assert await delete(lists, campaign_id) == 200
    assert (db.count(table), log(db), len(admin_log(db))) == (0, ["delete"], 1)


@ENGINES
@LISTS
@pytest.mark.usefixtures("entry")
async def test_a_repeat_deletes_what_was_only_logged(
    lists: Lists, db: TestDatabase, table: str, campaign_id: str, engine: str
) -> None:
    db.fail_writes(table, "DELETE")
    broken = await delete(lists, campaign_id)
    logged = log(db)
    db.mend_writes(table)

    again = await delete(lists, campaign_id)

    assert (broken, again, db.count(table)) == (500, 200, 0)
    assert logged == (["delete"] if engine == "MyISAM" else [])
    assert log(db) == [*logged, "delete"]
    assert len(admin_log(db)) == 1


@ENGINES
@LISTS
@pytest.mark.usefixtures("entry")
async def test_the_log_of_changes_is_written_last(
    lists: Lists, db: TestDatabase, table: str, campaign_id: str, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken = await delete(lists, campaign_id)
    left = db.count(table)
    db.mend_writes("vicidial_admin_log")

    again = await delete(lists, campaign_id)

    assert broken == 500
    assert (left, again) == ((0, 404) if engine == "MyISAM" else (1, 200))
    assert (db.count(table), log(db)) == (0, ["delete"])


@ENGINES
@LISTS
async def test_of_two_additions_at_once_one_wins(
    lists: Lists, db: TestDatabase, table: str, campaign_id: str
) -> None:
    with db.hold(table):
        both = [asyncio.create_task(add(lists, campaign_id)) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([await one for one in both]) == [200, 409]
    assert (db.count(table), log(db), len(admin_log(db))) == (1, ["add"], 1)


@ENGINES
@LISTS
@pytest.mark.usefixtures("entry")
async def test_of_two_deletions_at_once_one_wins(
    lists: Lists, db: TestDatabase, table: str, campaign_id: str, engine: str
) -> None:
    with db.hold("vicidial_dnc_log"):  # both have seen the entry
        both = [asyncio.create_task(delete(lists, campaign_id)) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([await one for one in both]) == [200, 404]
    assert (db.count(table), len(admin_log(db))) == (0, 1)
    assert log(db) == ["delete"] * (2 if engine == "MyISAM" else 1)


@LISTS
@pytest.mark.usefixtures("entry")
async def test_entries_are_found_by_their_key(
    lists: Lists, db: TestDatabase, table: str, campaign_id: str
) -> None:
    rows = "SELECT 6000000000 + seq" + (", 'TESTCAMP'" if table != "vicidial_dnc" else "")
    db.execute(f"INSERT INTO {table} {rows} FROM seq_1_to_2000")

    with statements_sent() as sent:
        await delete(lists, campaign_id)
    await add(lists, campaign_id)  # a key that is not found has no plan

    selects = [statement for statement in sent if "SELECT" in statement.sql]
    (plan,) = [explained(db, statement, "svc-lists") for statement in selects]
    assert [line["type"] for line in plan] == ["const"]
