"""POST /api/v1/dids/{did_id}/copy: each column of `vicidial_inbound_dids`."""

import re
from typing import Any, NamedTuple

import pytest
from support.apps import Telephony
from support.builders import read_row
from support.database import TestDatabase
from support.dids import copied, copy

from deploy.db.facts import facts_by_table

SECOND = "18005555678"
OLD_STAMP = "2024-01-01 00:00:00"
# The database's, and the request's.
NOT_COPIED = {"did_id", "modify_stamp", "did_pattern"}


class Column(NamedTuple):
    name: str
    type: str
    nullable: bool


# VICIdial's own, from its schema.
COLUMNS = [
    Column(name, kind, nullable == "YES")
    for _, name, kind, nullable, *_ in facts_by_table("columns")["vicidial_inbound_dids"]
]


def other_value(column: Column, place: int, default: Any) -> Any:
    """A value for the column that is neither its default nor, if it can be, another column's."""
    kind = column.type
    if kind.startswith("enum"):
        return next(word for word in re.findall("'([^']*)'", kind) if word != default)
    if kind == "timestamp":
        return OLD_STAMP
    if kind.startswith(("varchar", "text")):
        return f"v{place}"
    assert "int" in kind, column
    return 1000 + place


def fresh_row(db: TestDatabase) -> dict[str, Any]:
    """What a DID has of which nothing is said."""
    did_id = db.insert("vicidial_inbound_dids", did_pattern="fresh")
    row = read_row(db, "vicidial_inbound_dids", did_id=did_id)
    db.execute("DELETE FROM vicidial_inbound_dids WHERE did_id = %s", did_id)
    return row


@pytest.fixture
def source(db: TestDatabase) -> dict[str, Any]:
    """DID 12, which has nothing by default: its row."""
    fresh = fresh_row(db)
    values = {
        column.name: other_value(column, place, fresh[column.name])
        for place, column in enumerate(COLUMNS, 1)
    }
    db.insert("vicidial_inbound_dids", **values | {"did_id": 12})
    row = read_row(db, "vicidial_inbound_dids", did_id=12)
    assert [name for name, value in row.items() if value == fresh[name]] == []
    return row


def test_the_test_distinguishes_columns() -> None:
    texts = [column for column in COLUMNS if not column.type.startswith("enum")]

    values = [other_value(column, place, None) for place, column in enumerate(texts)]

    assert len(COLUMNS) == 64
    assert len(set(values)) == len(texts)


async def test_all_columns_are_copied_but_three(
    telephony: Telephony, db: TestDatabase, source: dict[str, Any]
) -> None:
    assert await copy(telephony, SECOND) == copied((13, SECOND))

    row = read_row(db, "vicidial_inbound_dids", did_id=13)
    same = {name for name, value in row.items() if value == source[name]}
    assert same == {column.name for column in COLUMNS} - NOT_COPIED
    assert len(same) == 61
    assert row["did_pattern"] == SECOND
    assert str(row["modify_stamp"]) > "2025"
    assert read_row(db, "vicidial_inbound_dids", did_id=12) == source


async def test_the_description_that_is_given_is_not_copied(
    telephony: Telephony, db: TestDatabase, source: dict[str, Any]
) -> None:
    await copy(telephony, SECOND, did_description="New")

    row = read_row(db, "vicidial_inbound_dids", did_id=13)
    same = {name for name, value in row.items() if value == source[name]}
    assert same == {column.name for column in COLUMNS} - NOT_COPIED - {"did_description"}
    assert row["did_description"] == "New"


async def test_what_is_null_is_copied_as_null(telephony: Telephony, db: TestDatabase) -> None:
    nullable = {column.name for column in COLUMNS if column.nullable}
    db.insert("vicidial_inbound_dids", did_id=12, did_pattern="1", **dict.fromkeys(nullable))

    assert await copy(telephony, SECOND) == copied((13, SECOND))

    row = read_row(db, "vicidial_inbound_dids", did_id=13)
    assert {name for name, value in row.items() if value is None} == nullable
    assert len(nullable) == 61


async def test_what_is_empty_is_copied_as_empty(telephony: Telephony, db: TestDatabase) -> None:
    texts = {column.name for column in COLUMNS if column.type == "text" or "char" in column.type}
    db.insert("vicidial_inbound_dids", **dict.fromkeys(texts, "") | {"did_id": 12})

    assert await copy(telephony, SECOND) == copied((13, SECOND))

    row = read_row(db, "vicidial_inbound_dids", did_id=13)
    assert {name for name in texts if row[name] == ""} == texts - {"did_pattern"}


async def test_a_route_that_vicidial_could_not_store_is_copied_too(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("SET SESSION sql_mode = ''")
    db.insert("vicidial_inbound_dids", did_id=12, did_pattern="1", did_route="FAX")
    db.execute("SET SESSION sql_mode = DEFAULT")

    assert await copy(telephony, SECOND) == copied((13, SECOND))

    assert db.rows("SELECT did_route FROM vicidial_inbound_dids") == [("",), ("",)]
