"""Transactions: only where the database has tables that keep them."""

import pytest
from dialkit import db as dialkit_db
from dialkit.db import Connection, Database
from support.database import TestDatabase
from support.statements import statements_sent

CUSTOM_TABLE = "CREATE TABLE custom_101 (lead_id INT UNSIGNED NOT NULL PRIMARY KEY) ENGINE=InnoDB"
pytestmark = pytest.mark.parametrize("service", ["svc-lists"])


async def add_twice(connection: Connection) -> None:
    for phone in ("5551234567", "5557654321"):
        await connection.insert("vicidial_dnc", {"phone_number": phone})


@pytest.mark.parametrize(
    ("engine", "verbs"),
    [
        ("MyISAM", ["INSERT", "INSERT"]),
        ("InnoDB", ["START", "INSERT", "INSERT", "COMMIT"]),
    ],
)
async def test_none_is_begun_where_no_table_keeps_it(
    database: Database, db: TestDatabase, verbs: list[str]
) -> None:
    with statements_sent() as sent:
        await database.in_transaction(add_twice)

    assert [one.sql.split(maxsplit=1)[0] for one in sent] == verbs
    assert db.count("vicidial_dnc") == 2


async def test_one_table_that_keeps_it_is_enough(database: Database, db: TestDatabase) -> None:
    db.execute(CUSTOM_TABLE)

    with statements_sent() as sent:
        await database.in_transaction(add_twice)

    assert [one.sql for one in sent][::3] == ["START TRANSACTION", "COMMIT"]


async def test_tables_that_are_converted_meanwhile_are_noticed(
    database: Database, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialkit_db, "_ENGINES_KNOWN_S", 0)
    await database.in_transaction(add_twice)
    db.execute(CUSTOM_TABLE)
    db.execute("DELETE FROM vicidial_dnc WHERE phone_number > ''")

    with statements_sent() as sent:
        await database.in_transaction(add_twice)

    assert sent[0].sql == "START TRANSACTION"
