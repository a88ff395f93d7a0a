"""`Queries.define` of `dialkit`: tables made and changed, each in a time of its own."""

import asyncio

import pytest
from dialkit.db_errors import (
    DuplicateColumn,
    ImpossibleTable,
    StatementTooSlow,
    UnfitValue,
    UnknownName,
)
from support.builders import make_custom_table
from support.database import TestDatabase
from support.pool import database_of

ADD_SIZE = "ALTER TABLE custom_101 ADD COLUMN size INT"
COUNT = "SELECT COUNT(*) FROM custom_101"
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.fixture(autouse=True)
def custom_table(db: TestDatabase) -> None:
    """Lead 1 of list 101 has the color `dark red`."""
    make_custom_table(db, 101, color="VARCHAR(10)")
    db.insert("custom_101", lead_id=1, color="dark red")


def columns(db: TestDatabase) -> list[str]:
    return [row[0] for row in db.rows("SHOW COLUMNS FROM custom_101")]


@ENGINES
async def test_a_definition_that_takes_too_long_is_ended(db: TestDatabase) -> None:
    async with database_of(db, "svc-lists") as database, asyncio.timeout(15):
        with db.hold("custom_101"), pytest.raises(StatementTooSlow):
            await database.define(ADD_SIZE, limit_s=0.3)

    assert columns(db) == ["lead_id", "color"]


@ENGINES
async def test_a_definition_may_take_longer_than_other_statements(db: TestDatabase) -> None:
    async with database_of(db, "svc-lists", statement_timeout_s=0.2) as database:
        with db.hold("custom_101"):
            definition = asyncio.create_task(database.define(ADD_SIZE, limit_s=10))
            await db.until_waiting(1)
            with pytest.raises(StatementTooSlow):
                await database.fetch_value(COUNT)
            assert not definition.done()
        await definition

    assert columns(db) == ["lead_id", "color", "size"]


@pytest.mark.parametrize("limit_s", [0.1, 10])
async def test_the_next_statement_has_the_usual_time_again(
    db: TestDatabase, limit_s: float
) -> None:
    async with database_of(db, "svc-lists", statement_timeout_s=0.2, pool_size=1) as database:
        await database.define(ADD_SIZE, limit_s=limit_s)
        usual = await database.fetch_value("SELECT @@max_statement_time")

    assert usual == 0.2


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        pytest.param("ADD COLUMN COLOR INT", DuplicateColumn, id="column twice"),
        pytest.param("MODIFY color VARCHAR(3)", UnfitValue, id="value too long"),
        pytest.param("MODIFY color ENUM('red')", UnfitValue, id="value that is none of those"),
        pytest.param("MODIFY color DATE", UnfitValue, id="value of another kind"),
        pytest.param("ADD size INT DEFAULT 'x'", ImpossibleTable, id="default of another kind"),
        pytest.param("ADD a ENUM('x', 'X')", ImpossibleTable, id="values alike"),
        pytest.param("ADD a VARCHAR(20000), ADD b VARCHAR(20000)", ImpossibleTable, id="too wide"),
        pytest.param("MODIFY size INT", UnknownName, id="no such column to change"),
    ],
)
async def test_what_the_server_refuses_has_a_name(
    db: TestDatabase, sql: str, error: type[Exception]
) -> None:
    async with database_of(db, "svc-lists") as database:
        with pytest.raises(error):
            await database.define(f"ALTER TABLE custom_101 {sql}", limit_s=10)

    assert db.rows("SELECT lead_id, color FROM custom_101") == [(1, "dark red")]
    assert columns(db) == ["lead_id", "color"]
