"""What the two password columns become by the site's rules."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from dialkit.db import Database
from dialkit.errors import InvalidInput
from dialkit.secret import Secret
from support.database import TestDatabase
from support.pool import database_of
from support.statements import statements_sent
from svc_users.passwords import hash_queue as hasher_module
from svc_users.passwords.columns import password_columns
from svc_users.passwords.hash_queue import Hasher
from svc_users.passwords.vicidial_hash import HashingNotConfigured
from svc_users.passwords.store import PasswordRules, find_rules

PASSWORD = Secret("1234")
HASHED = {"pass": "", "pass_hash": "w57tabe0S2XBvW1Bb8hdaSt22/jZlP2"}
PLAIN = {"pass": "1234", "pass_hash": ""}


@pytest.fixture
async def database(db: TestDatabase) -> AsyncIterator[Database]:
    """The database with the rights of svc-users, and only one connection."""
    async with database_of(db, "svc-users", pool_size=1) as database:
        yield database


def set_rules(db: TestDatabase, **changes: Any) -> None:
    rules = {
        "pass_hash_enabled": "1",
        "pass_key": "abcdefgh12345678",
        "pass_cost": 2,
        "require_password_length": 0,
    } | changes
    columns = ", ".join(f"{name} = %s" for name in rules)
    db.execute(f"UPDATE system_settings SET {columns}", *rules.values())


async def test_with_hashing_off_the_password_is_stored_plain(
    database: Database, db: TestDatabase
) -> None:
    set_rules(db, pass_hash_enabled="0")

    assert await password_columns(database, Hasher(), "pass", PASSWORD) == PLAIN


async def test_with_hashing_on_only_the_hash_is_stored(
    database: Database, db: TestDatabase
) -> None:
    set_rules(db)

    assert await password_columns(database, Hasher(), "pass", PASSWORD) == HASHED


@pytest.mark.parametrize("enabled", ["0", "1"])
async def test_both_columns_are_secrets(database: Database, db: TestDatabase, enabled: str) -> None:
    set_rules(db, pass_hash_enabled=enabled)

    columns = await password_columns(database, Hasher(), "pass", PASSWORD)

    assert repr(columns) == "{'pass': '***', 'pass_hash': '***'}"


@pytest.mark.parametrize("enabled", ["0", "1"])
@pytest.mark.parametrize("field", ["pass", "new_pass"])
async def test_a_password_shorter_than_the_site_requires(
    database: Database, db: TestDatabase, enabled: str, field: str
) -> None:
    set_rules(db, pass_hash_enabled=enabled, require_password_length=5)

    with pytest.raises(InvalidInput) as refused:
        await password_columns(database, Hasher(), field, PASSWORD)

    assert refused.value.details == {field: ["Shorter than 5 characters"]}


@pytest.mark.parametrize("length", [None, 0, 3, 4])
async def test_a_password_as_long_as_the_site_requires(
    database: Database, db: TestDatabase, length: int | None
) -> None:
    set_rules(db, require_password_length=length)

    assert await password_columns(database, Hasher(), "pass", PASSWORD) == HASHED


async def test_the_rules_are_read_each_time_with_one_statement(
    database: Database, db: TestDatabase
) -> None:
    set_rules(db)
    with statements_sent() as statements:
        before = await password_columns(database, Hasher(), "pass", PASSWORD)
    set_rules(db, pass_hash_enabled="0")
    after = await password_columns(database, Hasher(), "pass", PASSWORD)

    assert (before, after) == (HASHED, PLAIN)
    assert len(statements) == 1


@pytest.mark.parametrize(
    "rules", [{"pass_key": ""}, {"pass_key": None}, {"pass_key": "x" * 17}, {"pass_cost": 32}]
)
async def test_rules_that_make_no_hash(
    database: Database, db: TestDatabase, rules: dict[str, Any]
) -> None:
    set_rules(db, **rules)

    with pytest.raises(HashingNotConfigured):
        await password_columns(database, Hasher(), "pass", PASSWORD)


async def test_with_hashing_off_its_settings_do_not_matter(
    database: Database, db: TestDatabase
) -> None:
    set_rules(db, pass_hash_enabled="0", pass_key="", pass_cost=255)

    assert await password_columns(database, Hasher(), "pass", PASSWORD) == PLAIN


async def test_what_is_null_is_empty_or_nothing(database: Database, db: TestDatabase) -> None:
    set_rules(
        db, pass_hash_enabled=None, pass_key=None, pass_cost=None, require_password_length=None
    )

    assert await find_rules(database) == PasswordRules(False, Secret(""), 0, 0)


async def test_the_salt_of_the_site_is_shown_to_nobody(
    database: Database, db: TestDatabase
) -> None:
    set_rules(db, require_password_length=8)

    rules = await find_rules(database)

    assert rules == (True, "abcdefgh12345678", 2, 8)
    assert "abcdefgh12345678" not in repr(rules)


async def test_no_connection_is_held_while_a_hash_is_made(
    database: Database, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_rules(db)
    begun, gate = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def wait_at_the_gate(_password: str, **_: Any) -> Secret:
        loop.call_soon_threadsafe(begun.set)
        assert gate.wait(30)
        return Secret("a hash")

    monkeypatch.setattr(hasher_module, "password_hash", wait_at_the_gate)
    task = asyncio.create_task(password_columns(database, Hasher(), "pass", PASSWORD))
    await begun.wait()

    assert await database.fetch_value("SELECT 1") == 1
    gate.set()
    assert await task == {"pass": "", "pass_hash": "a hash"}
