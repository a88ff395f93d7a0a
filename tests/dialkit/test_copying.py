"""Rows copied within their table, with every column that it has."""

from collections.abc import Iterator
from typing import Any

import pytest
from dialkit.copying import copy_row, list_columns
from dialkit.db import Database
from dialkit.db_errors import DuplicateKey
from support.builders import read_row
from support.database import ENGINES, TestDatabase

from deploy.db.facts import facts_by_table

TABLE = "vicidial_inbound_dids"
COLUMNS = [name for _, name, *_ in facts_by_table("columns")[TABLE]]
KEY = ("did_id", 12)
COPIED = ["did_description", "did_pattern", "record_call"]
pytestmark = pytest.mark.parametrize("service", ["svc-telephony"])


@pytest.fixture
def source(db: TestDatabase) -> dict[str, Any]:
    """The row of `KEY`, and another one: the first."""
    db.insert(TABLE, did_id=11, did_pattern="another")
    db.insert(
        TABLE, did_id=12, did_pattern="first", did_description="100% of Zoë's; 'A'",
        record_call="Y_QUEUESTOP", extension="8300",
    )  # fmt: skip
    return read_row(db, TABLE, did_id=12)


@pytest.fixture
def another_version(db: TestDatabase) -> Iterator[None]:
    """A VICIdial whose DIDs have a column more."""
    db.execute(f"ALTER TABLE {TABLE} ADD new_in_vicidial VARCHAR(5) DEFAULT 'x' AFTER did_id")
    yield
    db.execute(f"ALTER TABLE {TABLE} DROP new_in_vicidial")


@pytest.mark.parametrize("but", [set(), {"did_id"}, {"did_id", "modify_stamp", "no_such_column"}])
async def test_columns_come_in_the_tables_order_without_those_that_are_named(
    database: Database, but: set[str]
) -> None:
    columns = await list_columns(database, TABLE, but=but)

    assert columns == [name for name in COLUMNS if name not in but]


@pytest.mark.usefixtures("another_version")
async def test_a_column_that_only_this_database_has_is_found(database: Database) -> None:
    first, second, *_ = await list_columns(database, TABLE, but=())

    assert (first, second) == ("did_id", "new_in_vicidial")


async def test_a_table_that_is_not_there_has_no_columns(database: Database) -> None:
    assert await list_columns(database, "no_such_table", but=()) == []


@ENGINES
async def test_a_copy_has_what_its_source_has_but_for_what_is_given(
    database: Database, db: TestDatabase, source: dict[str, Any]
) -> None:
    columns = await list_columns(database, TABLE, but={"did_id", "modify_stamp"})
    given = {"did_pattern": "sec%snd", "did_description": None}

    new_id = await copy_row(database, TABLE, KEY, given, columns)

    copy = read_row(db, TABLE, did_id=new_id)
    assert copy == source | given | {"did_id": new_id, "modify_stamp": copy["modify_stamp"]}
    assert read_row(db, TABLE, did_id=12) == source
    assert (new_id, db.count(TABLE)) == (13, 3)


@pytest.mark.usefixtures("source")
async def test_columns_that_are_not_named_have_their_defaults(
    database: Database, db: TestDatabase
) -> None:
    new_id = await copy_row(database, TABLE, KEY, {"did_pattern": "second"}, COPIED)

    fresh_id = db.insert(TABLE, did_pattern="second's twin")
    fresh, copy = (read_row(db, TABLE, did_id=number) for number in (fresh_id, new_id))
    assert {name for name in COLUMNS if copy[name] != fresh[name]} - {"modify_stamp"} == {
        "did_id", *COPIED
    }  # fmt: skip


@pytest.mark.usefixtures("source")
async def test_what_is_given_need_not_be_among_the_columns(
    database: Database, db: TestDatabase
) -> None:
    given = {"did_pattern": "second", "extension": "8301"}

    new_id = await copy_row(database, TABLE, KEY, given, COPIED)

    copy = read_row(db, TABLE, did_id=new_id)
    assert (copy["extension"], copy["record_call"]) == ("8301", "Y_QUEUESTOP")


@ENGINES
@pytest.mark.usefixtures("source")
async def test_without_a_source_nothing_is_copied(database: Database, db: TestDatabase) -> None:
    new_id = await copy_row(database, TABLE, ("did_id", 99), {"did_pattern": "second"}, COPIED)

    assert new_id is None
    assert db.count(TABLE) == 2


@ENGINES
@pytest.mark.parametrize("given", [{}, {"did_pattern": "another"}, {"did_pattern": "FIRST"}])
async def test_a_key_that_is_taken_is_told_and_nothing_is_copied(
    database: Database, db: TestDatabase, source: dict[str, Any], given: dict[str, str]
) -> None:
    with pytest.raises(DuplicateKey):
        await copy_row(database, TABLE, KEY, given, COPIED)

    assert db.count(TABLE) == 2
    assert read_row(db, TABLE, did_id=12) == source
