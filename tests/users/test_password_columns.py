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
from support.passwords import OWN, UNUSABLE, hash_passwords, set_system
from support.pool import database_of
from support.statements import statements_sent
from svc_users.passwords import hash_queue as hasher_module
from svc_users.passwords.columns import checked_rules, password_columns
from svc_users.passwords.hash_queue import Hasher
from svc_users.passwords.store import PasswordRules, find_rules
from svc_users.passwords.vicidial_hash import HashingNotConfigured

PASSWORD = Secret(OWN.password)
HASHED = {"pass": "", "pass_hash": OWN.hashed}
PLAIN = {"pass": OWN.password, "pass_hash": ""}


@pytest.fixture
async def database(db: TestDatabase) -> AsyncIterator[Database]:
    """The database with the rights of svc-users, and only one connection."""
    async with database_of(db, "svc-users", pool_size=1) as database:
        yield database


@pytest.fixture(autouse=True)
def rules(db: TestDatabase) -> None:
    """The site hashes its passwords."""
    hash_passwords(db, OWN.pass_key, OWN.cost)


async def made(database: Database, field: str = "pass") -> dict[str, Secret]:
    """The columns of the password, by the rules that hold now."""
    rules = await checked_rules(database, field, PASSWORD)
    return await password_columns(rules, Hasher(), PASSWORD)


async def test_with_hashing_off_the_password_is_stored_plain(
    database: Database, db: TestDatabase
) -> None:
    set_system(db, pass_hash_enabled="0")

    assert await made(database) == PLAIN


async def test_with_hashing_on_only_the_hash_is_stored(database: Database) -> None:
    assert await made(database) == HASHED


@pytest.mark.parametrize("enabled", ["0", "1"])
async def test_both_columns_are_secrets(database: Database, db: TestDatabase, enabled: str) -> None:
    set_system(db, pass_hash_enabled=enabled)

    columns = await made(database)

    assert repr(columns) == "{'pass': '***', 'pass_hash': '***'}"


@pytest.mark.parametrize("enabled", ["0", "1"])
@pytest.mark.parametrize("field", ["pass", "new_pass"])
async def test_a_password_shorter_than_the_site_requires_is_refused(
    database: Database, db: TestDatabase, enabled: str, field: str
) -> None:
    set_system(db, pass_hash_enabled=enabled, require_password_length=13)

    with pytest.raises(InvalidInput) as refused:
        await made(database, field)

    assert refused.value.details == {field: ["Shorter than 13 characters"]}


@pytest.mark.parametrize("length", [None, 0, 11, 12])
async def test_a_password_as_long_as_the_site_requires_is_taken(
    database: Database, db: TestDatabase, length: int | None
) -> None:
    set_system(db, require_password_length=length)

    assert await made(database) == HASHED


async def test_the_rules_are_read_each_time_with_one_statement(
    database: Database, db: TestDatabase
) -> None:
    with statements_sent() as statements:
        before = await made(database)
    set_system(db, pass_hash_enabled="0")
    after = await made(database)

    assert (before, after) == (HASHED, PLAIN)
    assert len(statements) == 1


@pytest.mark.parametrize(("pass_key", "cost"), [*UNUSABLE, pytest.param(None, 2, id="NULL")])
async def test_a_key_or_a_cost_that_makes_no_hash_is_told(
    database: Database, db: TestDatabase, pass_key: str | None, cost: int
) -> None:
    set_system(db, pass_key=pass_key, pass_cost=cost)

    with pytest.raises(HashingNotConfigured):
        await made(database)


async def test_with_hashing_off_its_settings_do_not_matter(
    database: Database, db: TestDatabase
) -> None:
    set_system(db, pass_hash_enabled="0", pass_key="", pass_cost=255)

    assert await made(database) == PLAIN


async def test_what_is_null_is_empty_or_nothing(database: Database, db: TestDatabase) -> None:
    set_system(
        db, pass_hash_enabled=None, pass_key=None, pass_cost=None, require_password_length=None
    )

    assert await find_rules(database) == PasswordRules(False, Secret(""), 0, 0)


async def test_the_salt_of_the_site_is_shown_to_nobody(
    database: Database, db: TestDatabase
) -> None:
    set_system(db, require_password_length=8)

    rules = await find_rules(database)

    assert rules == (True, OWN.pass_key, OWN.cost, 8)
    assert OWN.pass_key not in repr(rules)


async def test_no_connection_is_held_while_a_hash_is_made(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gate = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def wait_at_the_gate(_password: str, **_: Any) -> Secret:
        loop.call_soon_threadsafe(begun.set)
        assert gate.wait(30)
        return Secret("a hash")

    monkeypatch.setattr(hasher_module, "password_hash", wait_at_the_gate)
    task = asyncio.create_task(made(database))
    await begun.wait()

    assert await database.fetch_value("SELECT 1") == 1
    gate.set()
    assert await task == {"pass": "", "pass_hash": "a hash"}
