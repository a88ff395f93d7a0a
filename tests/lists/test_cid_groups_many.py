"""Changing and deleting very many entries of a CID group: a chunk at a time."""

import re
from typing import Any

import pytest
from support.apps import Lists
from support.changes import changes
from support.cid_groups import make_cid, make_cid_group, make_many_cids
from support.database import TestDatabase
from support.statements import Statement, statements_sent
from svc_lists.cid_groups.stages import CHUNK

CIDS = "/api/v1/cid-groups"
TABLE = "vicidial_campaign_cid_areacodes"
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
COUNT = 2 * CHUNK + 3


@pytest.fixture(autouse=True)
def many(db: TestDatabase) -> None:
    """FLCIDS with two chunks of entries and three more, one without a number; NYCIDS with ten."""
    make_cid_group(db, "FLCIDS")
    make_cid_group(db, "NYCIDS")
    make_many_cids(db, COUNT - 1)
    make_cid(db, "250", None)
    make_many_cids(db, 10, "NYCIDS")


async def change(lists: Lists) -> tuple[int, Any]:
    body = {"active": "N", "cid_description": "new"}
    response = await lists.put(f"{CIDS}/FLCIDS:---ALL---", json=body)
    return response.status, await response.json()


async def delete(lists: Lists) -> tuple[int, Any]:
    response = await lists.delete(f"{CIDS}/FLCIDS:---ALL---")
    return response.status, await response.json()


def old_rows(db: TestDatabase) -> list[str]:
    """FLCIDS's entries as the log of changes tells of them."""
    return [
        f"{areacode}|{cid or ''}|{active}|"
        for areacode, cid, active in db.rows(
            f"SELECT areacode, outbound_cid, active FROM {TABLE} WHERE campaign_id = 'FLCIDS'"
            " ORDER BY areacode, outbound_cid"
        )
    ]


def logged(db: TestDatabase) -> tuple[list[str], list[str]]:
    """The first lines of the log's rows, and the lines after them."""
    notes = [row[4].split("\n") for row in changes(db)]
    return [lines[0] for lines in notes], [line for lines in notes for line in lines[1:]]


def summaries(done: str) -> list[str]:
    return [
        f"areacode: ---ALL--- outbound_cid: ---ALL--- {done}: {count}"
        for count in (CHUNK, CHUNK, 3)
    ]


@ENGINES
async def test_all_are_changed_and_every_old_row_is_logged_once(
    lists: Lists, db: TestDatabase
) -> None:
    before = old_rows(db)

    status, answer = await change(lists)

    assert (status, answer["data"]["updated_count"]) == (200, COUNT)
    assert db.rows(
        f"SELECT campaign_id, active, cid_description, COUNT(*) FROM {TABLE} GROUP BY 1, 2, 3"
    ) == [("FLCIDS", "", "new", COUNT), ("NYCIDS", "Y", "", 10)]
    assert logged(db) == (summaries("modified"), before)


@ENGINES
async def test_all_are_deleted_and_every_old_row_is_logged_once(
    lists: Lists, db: TestDatabase
) -> None:
    before = old_rows(db)

    status, answer = await delete(lists)

    assert (status, answer["data"]["deleted_count"]) == (200, COUNT)
    assert db.rows(f"SELECT campaign_id, COUNT(*) FROM {TABLE} GROUP BY 1") == [("NYCIDS", 10)]
    assert logged(db) == (summaries("deleted"), before)


async def test_a_full_chunk_is_one_row_of_the_log(lists: Lists, db: TestDatabase) -> None:
    db.execute(f"DELETE FROM {TABLE} WHERE campaign_id = 'FLCIDS' LIMIT {COUNT - CHUNK}")

    status, answer = await delete(lists)

    assert (status, answer["data"]["deleted_count"]) == (200, CHUNK)
    assert logged(db)[0] == summaries("deleted")[:1]


@ENGINES
@pytest.mark.parametrize(("write", "operation"), [(change, "UPDATE"), (delete, "DELETE")])
async def test_a_repeat_finishes_what_broke_off(
    lists: Lists, db: TestDatabase, engine: str, write: Any, operation: str
) -> None:
    before = old_rows(db)
    db.execute(
        f"CREATE TRIGGER breaks_off BEFORE {operation} ON {TABLE} FOR EACH ROW"
        " IF OLD.areacode = '300' THEN SIGNAL SQLSTATE '45000'; END IF"
    )
    try:
        broken, _ = await write(lists)
    finally:
        db.execute("DROP TRIGGER breaks_off")
    found = logged(db)

    again, _ = await write(lists)

    assert (broken, again) == (500, 200)
    assert found[1] == (before[:CHUNK] if engine == "MyISAM" else [])
    assert db.value(
        f"SELECT COUNT(*) FROM {TABLE} WHERE campaign_id = 'FLCIDS' AND active = 'Y'"
    ) == 0  # fmt: skip
    assert db.value(f"SELECT COUNT(*) FROM {TABLE} WHERE campaign_id = 'NYCIDS'") == 10


@ENGINES
@pytest.mark.parametrize("write", [change, delete])
async def test_a_chunk_is_written_through_the_index(
    lists: Lists, db: TestDatabase, write: Any
) -> None:
    make_many_cids(db, 100_000, "NYCIDS2")
    db.execute(f"ANALYZE TABLE {TABLE}")
    with statements_sent() as sent:
        await write(lists)
    db.execute(f"DELETE FROM {TABLE} WHERE campaign_id = 'FLCIDS'")
    make_many_cids(db, COUNT)
    db.execute(f"ANALYZE TABLE {TABLE}")

    writes = [one for one in sent if re.match(r"\s+(UPDATE|DELETE)", one.sql)]
    plans = [plan(db, statement) for statement in writes]

    # All three columns of the index: 20, 5 and 20 characters with their lengths, and a NULL.
    assert [(one["type"], one["key"], one["key_len"]) for one in plans] == [
        ("range", "campareacode", "142")
    ] * 3


def plan(db: TestDatabase, statement: Statement) -> dict[str, Any]:
    """How the server would carry a write out."""
    names = ("id", "select_type", "table", "type", "possible_keys", "key", "key_len", "ref", "rows")
    row = db.row(f"EXPLAIN {statement.sql}", *statement.params)
    return dict(zip(names, row, strict=False))
