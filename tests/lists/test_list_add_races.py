"""POST /api/v1/lists without `list_id`: requests that want an id at the same time."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from pytest_aiohttp import AiohttpClient
from support.apps import Lists, Start, authorization, service_settings
from support.builders import (
    make_campaign,
    make_custom_field,
    make_custom_table,
    make_lead,
    make_list,
)
from support.changes import archive_lead, changes, make_archive
from support.database import TestDatabase
from support.lists import add, list_ids, refused
from support.statements import statements_sent
from svc_lists.app import create_app
from svc_lists.lists import assign_id

INSERT = "INSERT INTO `vicidial_lists` "
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


def refuse_some(db: TestDatabase) -> list[int]:
    """Leave rows of every kind that refuses an id; the first 50 ids that may be assigned."""
    make_archive(db)
    make_lead(db, list_id=101)
    archive_lead(db, make_lead(db, list_id=103))
    make_custom_field(db, 104, "color")
    make_custom_table(db, 106)
    make_campaign(db, manual_dial_list_id=107)
    db.insert("vicidial_admin_log", event_date="2024-01-01", user="", ip_address="",
              event_section="LISTS", record_id="109", event_code="")  # fmt: skip
    db.execute("INSERT INTO vicidial_lists (list_id) SELECT seq FROM seq_140_to_990")
    return [102, 105, 108, *range(110, 140), *range(991, 998), *range(1000, 1010)]


def number(db: TestDatabase) -> None:
    """Switch VICIdial's own numbering on, which has come to 40000."""
    db.execute("UPDATE vicidial_override_ids SET active = '1' WHERE id_table = 'vicidial_lists'")


def take_first(db: TestDatabase, condition: str) -> None:
    """Let somebody else always be faster to insert a list that meets the condition."""
    db.execute(
        "CREATE TRIGGER faster BEFORE INSERT ON vicidial_lists FOR EACH ROW"
        f" BEGIN IF {condition} THEN SIGNAL SQLSTATE '23000' SET MYSQL_ERRNO = 1062; END IF; END"
    )


@pytest.fixture
def faster(db: TestDatabase) -> Iterator[None]:
    """Takes away what `take_first` has made."""
    yield
    db.execute("DROP TRIGGER IF EXISTS faster")


@contextmanager
def lock_held(db: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody holds the lock of the ids, and nobody waits for it."""
    monkeypatch.setattr(assign_id, "_LOCK_TIMEOUT_S", 0)
    db.value("SELECT GET_LOCK(%s, 0)", f"{db.name}.lists.id")
    try:
        yield
    finally:
        db.value("SELECT RELEASE_LOCK(%s)", f"{db.name}.lists.id")


async def add_many(*instances: Lists, each: int) -> list[int]:
    """Add lists by all instances at once; their ids."""
    answers = await asyncio.gather(*(add(one) for one in instances for _ in range(each)))
    assert [status for status, _ in answers] == [200] * each * len(instances), answers
    return sorted(envelope["data"]["list_id"] for _, envelope in answers)


@ENGINES
async def test_50_at_once_over_two_instances_get_50_different_allowed_ids(
    start_lists: Start, db: TestDatabase
) -> None:
    allowed, before = refuse_some(db), list_ids(db)
    instances = [await start_lists() for _ in range(2)]

    with statements_sent() as statements:
        assert await add_many(*instances, each=25) == allowed

    # Nobody has lost a race.
    assert len([one for one in statements if one.sql.startswith(INSERT)]) == 50
    assert list_ids(db) == sorted(before + allowed)
    assert sorted(int(row[2]) for row in changes(db)[1:]) == allowed


@ENGINES
async def test_50_at_once_get_50_different_ids_of_vicidials_own_numbering(
    start_lists: Start, db: TestDatabase
) -> None:
    number(db)
    instances = [await start_lists() for _ in range(2)]

    assert await add_many(*instances, each=25) == list(range(40_001, 40_051))


@ENGINES
async def test_the_primary_key_decides_where_the_lock_is_not_to_be_had(
    start_lists: Start, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed, instances = refuse_some(db), [await start_lists() for _ in range(2)]

    with lock_held(db, monkeypatch):
        ids = await add_many(*instances, each=5)

    # One that looks late may find gaps filled and go on; none comes twice.
    assert len(set(ids)) == 10
    assert set(ids) <= set(allowed)


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_list_that_vicidial_adds_meanwhile_is_left_to_it(
    lists: Lists, db: TestDatabase
) -> None:
    with closing(db.server.connect(database=db.name)) as page, page.cursor() as cursor:
        cursor.execute("START TRANSACTION")
        cursor.execute("INSERT INTO vicidial_lists (list_id, list_name) VALUES (101, 'Theirs')")
        ours = asyncio.create_task(add(lists, list_name="Ours"))
        await db.until_waiting(1)
        cursor.execute("COMMIT")
    status, envelope = await ours

    assert (status, envelope["data"]["list_id"]) == (200, 102)
    assert db.rows("SELECT list_id, list_name FROM vicidial_lists ORDER BY 1") == [
        (101, "Theirs"),
        (102, "Ours"),
    ]
    assert [row[2] for row in changes(db)] == ["102"]


@ENGINES
@pytest.mark.usefixtures("faster")
@pytest.mark.parametrize(("lost", "status"), [(19, 200), (20, 409)])
async def test_20_lost_races_are_a_409(
    lists: Lists, db: TestDatabase, lost: int, status: int
) -> None:
    number(db)
    take_first(db, f"NEW.list_id <= 40000 + {lost}")

    answer = await add(lists)

    assert answer[0] == status
    assert list_ids(db) == ([40_020] if status == 200 else [])
    assert status == 200 or answer == refused(409, "No free list ID")
    assert len(changes(db)) == len(list_ids(db))


@pytest.mark.usefixtures("faster")
async def test_after_a_lost_race_the_lists_are_read_again(lists: Lists, db: TestDatabase) -> None:
    take_first(db, "NEW.list_id = 101")

    with statements_sent() as statements:
        answer = await add(lists)

    assert answer == refused(409, "No free list ID")
    reads = [one for one in statements if "FROM vicidial_lists WHERE list_id >= %s" in one.sql]
    inserts = [one for one in statements if one.sql.startswith(INSERT)]
    assert (len(reads), len(inserts)) == (20, 20)


async def test_one_connection_is_enough(
    db: TestDatabase, aiohttp_client: AiohttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = service_settings(db, "svc-lists")
    app = create_app(replace(settings, database=replace(settings.database, pool_size=1)))
    lists: Any = await aiohttp_client(TestServer(app), headers=authorization("svc-lists"))

    assert await add_many(lists, each=3) == [101, 102, 103]
    with lock_held(db, monkeypatch):
        assert await add_many(lists, each=1) == [104]


@ENGINES
async def test_of_two_that_ask_for_the_same_id_one_gets_it(
    start_lists: Start, db: TestDatabase
) -> None:
    instances = [await start_lists() for _ in range(2)]
    make_list(db, 102)
    with db.hold("vicidial_lists"):
        both = [asyncio.create_task(add(one, list_id=500)) for one in instances]
        await db.until_waiting(2)

    assert sorted([(await one)[0] for one in both]) == [200, 409]
    assert list_ids(db) == [102, 500]
    assert [row[2] for row in changes(db)] == ["500"]
