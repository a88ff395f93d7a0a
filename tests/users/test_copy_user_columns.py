"""POST /api/v1/users/{user_id}/copy: each column of `vicidial_users`."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from support.apps import Users
from support.builders import read_row
from support.database import TestDatabase
from support.users import copy

OLD_STAMP = "2024-01-01 00:00:00"
OF_THE_DATABASE = {"user_id", "modify_stamp"}
OF_THE_REQUEST = {"user", "pass", "pass_hash", "full_name"}
DEFAULTS = {
    "shift_override_flag", "failed_login_count", "failed_login_attempts_today",
    "failed_login_count_today", "failed_last_ip_today", "failed_last_type_today",
    "last_login_date", "last_ip",
}  # fmt: skip
NOT_COPIED = OF_THE_DATABASE | OF_THE_REQUEST | DEFAULTS


class Column(NamedTuple):
    name: str
    type: str
    nullable: bool


def columns(db: TestDatabase) -> list[Column]:
    """The columns of users, as the database describes them."""
    rows = db.rows("SHOW COLUMNS FROM vicidial_users")
    return [Column(name, kind, null == "YES") for name, kind, null, *_ in rows]


def fresh_row(db: TestDatabase) -> dict[str, Any]:
    """What a user has of whom nothing is said."""
    db.insert("vicidial_users", **{"user": "fresh", "pass": ""})
    row = read_row(db, "vicidial_users", user="fresh")
    db.execute("DELETE FROM vicidial_users WHERE user = 'fresh'")
    return row


def other_value(column: Column, default: Any) -> Any:
    """A value for the column that is not its default."""
    kind = column.type
    if kind.startswith("enum"):
        return next(word for word in re.findall("'([^']*)'", kind) if word != default)
    if kind == "text":
        return f"Text of {column.name}"
    if kind.startswith("varchar"):
        return f"v {column.name}"[: int(re.findall("[0-9]+", kind)[0])]
    if kind in ("datetime", "timestamp"):
        return OLD_STAMP
    assert "int" in kind, column
    return 37


@pytest.fixture
def source(db: TestDatabase) -> dict[str, Any]:
    """agent1, who has nothing by default: its row."""
    fresh = fresh_row(db)
    values = {one.name: other_value(one, fresh[one.name]) for one in columns(db)}
    del values["user_id"]
    db.insert("vicidial_users", **values | {"user": "agent1"})
    row = read_row(db, "vicidial_users", user="agent1")
    assert [name for name, value in row.items() if value == fresh[name]] == []
    return row


async def test_all_columns_are_copied_but_14(
    users: Users, db: TestDatabase, source: dict[str, Any]
) -> None:
    fresh = fresh_row(db)

    status, answer = await copy(users, full_name="Mary Jones")

    row = read_row(db, "vicidial_users", user="agent2")
    expected = source | {name: fresh[name] for name in DEFAULTS} | {
        "user": "agent2",
        "pass": "new-pass1",
        "pass_hash": "",
        "full_name": "Mary Jones",
        "user_id": answer["data"]["user_id"],
        "modify_stamp": row["modify_stamp"],
    }  # fmt: skip
    assert status == 200
    assert row == expected
    assert row["user_id"] > source["user_id"]
    assert str(row["modify_stamp"]) > "2025"
    assert (len(row), len(row.keys() - NOT_COPIED)) == (155, 141)
    assert read_row(db, "vicidial_users", user="agent1") == source


async def test_without_a_name_of_its_own_the_copy_has_that_of_the_source(
    users: Users, db: TestDatabase, source: dict[str, Any]
) -> None:
    await copy(users)

    row = read_row(db, "vicidial_users", user="agent2")
    same = {name for name, value in row.items() if value == source[name]}
    assert same == row.keys() - NOT_COPIED | {"full_name"}


async def test_what_is_null_is_copied_as_null(users: Users, db: TestDatabase) -> None:
    nullable = [column.name for column in columns(db) if column.nullable]
    db.insert("vicidial_users", **dict.fromkeys(nullable) | {"user": "agent1", "pass": ""})
    fresh = fresh_row(db)

    status, _ = await copy(users)

    row = read_row(db, "vicidial_users", user="agent2")
    nulls = {name for name, value in row.items() if value is None}
    defaults = {name: row[name] for name in DEFAULTS}
    assert status == 200
    assert nulls == set(nullable) - DEFAULTS - {"pass_hash"}
    assert defaults == {name: fresh[name] for name in DEFAULTS}


async def test_what_is_empty_is_copied_as_empty(users: Users, db: TestDatabase) -> None:
    texts = [one.name for one in columns(db) if one.type == "text" or "varchar" in one.type]
    db.insert("vicidial_users", **dict.fromkeys(texts, "") | {"user": "agent1"})

    await copy(users)

    row = read_row(db, "vicidial_users", user="agent2")
    assert {row[name] for name in set(texts) - NOT_COPIED} == {""}


@pytest.fixture
def newer_column(db: TestDatabase) -> Iterator[None]:
    """A column that a newer VICIdial has, with a name that is a word of SQL."""
    db.execute("ALTER TABLE vicidial_users ADD COLUMN `select` VARCHAR(20) DEFAULT 'none'")
    yield
    db.execute("ALTER TABLE vicidial_users DROP COLUMN `select`")


@pytest.mark.usefixtures("newer_column")
async def test_a_column_of_a_newer_vicidial_is_copied(users: Users, db: TestDatabase) -> None:
    db.insert("vicidial_users", **{"user": "agent1", "pass": "", "select": "mine"})

    status, _ = await copy(users)

    assert status == 200
    assert read_row(db, "vicidial_users", user="agent2")["select"] == "mine"


@pytest.fixture
def without_a_column(db: TestDatabase) -> Iterator[None]:
    """Users as an older VICIdial has them: it does not know `manual_dial_lead_id`."""
    (ddl,) = (
        line.strip().rstrip(",")
        for line in db.row("SHOW CREATE TABLE vicidial_users")[1].splitlines()
        if "`manual_dial_lead_id`" in line
    )
    db.execute("ALTER TABLE vicidial_users DROP COLUMN manual_dial_lead_id")
    yield
    db.execute(f"ALTER TABLE vicidial_users ADD COLUMN {ddl}")


@pytest.mark.usefixtures("without_a_column")
async def test_a_column_that_an_older_vicidial_does_not_have_is_not_missed(
    users: Users, db: TestDatabase
) -> None:
    db.insert("vicidial_users", **{"user": "agent1", "pass": "", "territory": "North"})

    status, _ = await copy(users)

    row = read_row(db, "vicidial_users", user="agent2")
    assert (status, row["territory"], len(row)) == (200, "North", 154)
