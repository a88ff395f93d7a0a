"""The journal: changes logged with the statements that made them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

import pytest
from dialkit.db import Database
from dialkit.db_errors import DuplicateKey
from dialkit.journal import Journal, journaled
from support.apps import CALLER, clock_at
from support.builders import make_campaign
from support.changes import admin_log, changes
from support.database import TestDatabase

NOW = clock_at("2025-07-08T15:30:00").now()
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
RENAME = "UPDATE vicidial_campaigns SET campaign_name = %s WHERE campaign_id = %s"
pytestmark = pytest.mark.parametrize("service", ["svc-lists"])


def logged(db: TestDatabase) -> list[list[str]]:
    """The statements of each log row."""
    return [row[6].split("\n") for row in admin_log(db)]


@ENGINES
async def test_a_log_row_tells_who_did_what_and_when(database: Database, db: TestDatabase) -> None:
    async def work(journal: Journal) -> str:
        await journal.insert("vicidial_dnc", {"phone_number": "5551234567"})
        await journal.log("LISTS", "ADD", 5551234567, "ADMIN API ADD DNC NUMBER", "some notes")
        return "done"

    assert await journaled(database, CALLER, NOW, work) == "done"

    assert admin_log(db) == [
        ("6666", "192.0.2.7", "LISTS", "ADD", "5551234567", "ADMIN API ADD DNC NUMBER",
         "INSERT INTO `vicidial_dnc` (`phone_number`) VALUES ('5551234567')", "some notes",
         "---ALL---")
    ]  # fmt: skip
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


@pytest.mark.parametrize(
    ("record", "logged"),
    [
        pytest.param("x" * 50, "x" * 50, id="the longest"),
        pytest.param("x" * 50 + "y", "x" * 50, id="longer"),
        pytest.param("ö" * 51, "ö" * 50, id="characters and not bytes"),
        pytest.param(10**60, "1" + "0" * 49, id="number"),
    ],
)
async def test_a_log_row_has_the_first_50_characters_of_a_record(
    database: Database, db: TestDatabase, record: object, logged: str
) -> None:
    journal = Journal(database, CALLER, NOW)

    await journal.log("PHONES", "ADD", record, "code")
    await journal.log_for_others("LEADS", "ADD", record, "code")

    assert [change[2] for change in changes(db)] == [logged] * 2


@ENGINES
async def test_each_log_row_has_what_was_changed_since_the_last(
    database: Database, db: TestDatabase
) -> None:
    make_campaign(db)

    async def work(journal: Journal) -> None:
        await journal.execute(RENAME, "one", "TESTCAMP")
        await journal.execute(RENAME, "two", "TESTCAMP")
        await journal.log("CAMPAIGNS", "MODIFY", "TESTCAMP", "first")
        await journal.execute(RENAME, "three", "TESTCAMP")
        await journal.log("CAMPAIGNS", "MODIFY", "TESTCAMP", "second")
        await journal.log("CAMPAIGNS", "MODIFY", "TESTCAMP", "third")

    await journaled(database, CALLER, NOW, work)

    assert logged(db) == [
        ["UPDATE vicidial_campaigns SET campaign_name = 'one' WHERE campaign_id = 'TESTCAMP'",
         "UPDATE vicidial_campaigns SET campaign_name = 'two' WHERE campaign_id = 'TESTCAMP'"],
        ["UPDATE vicidial_campaigns SET campaign_name = 'three' WHERE campaign_id = 'TESTCAMP'"],
        [""],
    ]  # fmt: skip
    assert [row[3] for row in changes(db)] == ["first", "second", "third"]


async def test_what_is_read_or_fails_is_not_logged(database: Database, db: TestDatabase) -> None:
    db.insert("vicidial_dnc", phone_number="5551234567")

    async def work(journal: Journal) -> None:
        with suppress(DuplicateKey):
            await journal.insert("vicidial_dnc", {"phone_number": "5551234567"})
        await journal.fetch_all("SELECT phone_number FROM vicidial_dnc")
        await journal.fetch_wide("phone_number", "FROM vicidial_dnc")
        await journal.execute("DELETE FROM vicidial_dnc WHERE phone_number = %s", "5551234567")
        await journal.log("LISTS", "DELETE", "5551234567", "ADMIN API DELETE DNC NUMBER")

    await journaled(database, CALLER, NOW, work)

    assert logged(db) == [["DELETE FROM vicidial_dnc WHERE phone_number = '5551234567'"]]


@ENGINES
async def test_a_definition_is_logged_without_its_time_limit(
    database: Database, db: TestDatabase, engine: str
) -> None:
    journal = Journal(database, CALLER, NOW)

    await journal.define(f"CREATE TABLE custom_101 (lead_id INT) ENGINE={engine}", limit_s=10)
    await journal.log("LISTS", "MODIFY", 101, "code")

    assert logged(db) == [[f"CREATE TABLE custom_101 (lead_id INT) ENGINE={engine}"]]


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_work_that_fails_is_taken_back_with_its_log_row(
    database: Database, db: TestDatabase
) -> None:
    async def work(journal: Journal) -> None:
        await journal.insert("vicidial_dnc", {"phone_number": "5551234567"})
        await journal.log("LISTS", "ADD", "5551234567", "code")
        raise DuplicateKey

    with pytest.raises(DuplicateKey):
        await journaled(database, CALLER, NOW, work)

    assert (db.count("vicidial_dnc"), admin_log(db)) == (0, [])


@asynccontextmanager
async def rival(db: TestDatabase) -> AsyncIterator[None]:
    """A transaction that has changed HERS, and changes HIS once the block waits for HERS.

    It has changed many rows, so that it is the other one that the server ends.
    """
    db.execute(
        "INSERT INTO vicidial_list (lead_id, phone_number) SELECT seq, seq FROM seq_1_to_100"
    )
    with closing(db.server.connect(database=db.name)) as other, other.cursor() as cursor:
        other.begin()
        cursor.execute("UPDATE vicidial_list SET title = 'x'")
        cursor.execute(RENAME, ("theirs", "HERS"))
        yield
        await db.until_waiting(1)
        await asyncio.to_thread(cursor.execute, RENAME, ("theirs", "HIS"))
        other.commit()


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_after_a_deadlock_the_last_tries_statements_are_logged(
    database: Database, db: TestDatabase
) -> None:
    make_campaign(db, "HIS")
    make_campaign(db, "HERS")
    tries = 0

    async def work(journal: Journal) -> None:
        nonlocal tries
        tries += 1
        await journal.execute(RENAME, f"try {tries}", "HIS")
        await journal.execute(RENAME, f"try {tries}", "HERS")
        await journal.log("CAMPAIGNS", "MODIFY", "HIS", "code")

    async with rival(db):
        running = asyncio.create_task(journaled(database, CALLER, NOW, work))
    await running

    assert tries == 2
    assert logged(db) == [
        ["UPDATE vicidial_campaigns SET campaign_name = 'try 2' WHERE campaign_id = 'HIS'",
         "UPDATE vicidial_campaigns SET campaign_name = 'try 2' WHERE campaign_id = 'HERS'"],
    ]  # fmt: skip
    assert db.rows("SELECT DISTINCT campaign_name FROM vicidial_campaigns") == [("try 2",)]
