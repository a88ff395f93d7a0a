"""PUT /api/v1/users/{user_id}: the password."""

import pytest
from support.apps import Users
from support.changes import admin_log, changes, difference
from support.database import TestDatabase
from support.passwords import (
    BOTH_HASHES,
    OWN,
    UNUSABLE,
    Vector,
    hash_passwords,
    set_system,
)
from support.user_rows import everything, make_agent, user_row
from support.users import NOT_CONFIGURED, change, hides, updated


@pytest.fixture(autouse=True)
def agents(db: TestDatabase) -> None:
    """agent1, and agent2 beside."""
    make_agent(db)
    make_agent(db, "agent2")


async def test_without_hashing_it_is_stored_plain_and_an_old_hash_goes(
    users: Users, db: TestDatabase
) -> None:
    before, other = user_row(db), user_row(db, "agent2")

    answer = await change(users, **{"pass": "New-Pass_2"})

    assert answer == updated()
    assert difference(before, user_row(db)) == {
        "pass": "New-Pass_2",
        "pass_hash": "",
        "failed_login_count": 0,
    }
    assert user_row(db, "agent2") == other


@BOTH_HASHES
async def test_with_hashing_the_hash_is_vicidials_and_the_plain_one_goes(
    users: Users, db: TestDatabase, vector: Vector
) -> None:
    hash_passwords(db, vector.pass_key, vector.cost)
    before, other = user_row(db), user_row(db, "agent2")

    answer = await change(users, **{"pass": vector.password})

    assert answer == updated()
    assert difference(before, user_row(db)) == {
        "pass": "",
        "pass_hash": vector.hashed,
        "failed_login_count": 0,
    }
    assert user_row(db, "agent2") == other


async def test_settings_are_read_at_every_change(users: Users, db: TestDatabase) -> None:
    found = []
    for enabled in ("0", "1", "0"):
        hash_passwords(db, OWN.pass_key, OWN.cost)
        set_system(db, pass_hash_enabled=enabled)
        await change(users, **{"pass": OWN.password})
        found.append((user_row(db)["pass"], user_row(db)["pass_hash"]))

    assert found == [(OWN.password, ""), ("", OWN.hashed), (OWN.password, "")]


async def test_a_change_of_other_fields_leaves_the_password(users: Users, db: TestDatabase) -> None:
    hash_passwords(db)
    before = user_row(db)

    await change(users, active="N", force_change_password="Y", phone_pass="other")

    changed = difference(before, user_row(db))
    assert not changed.keys() & {"pass", "pass_hash"}


@pytest.mark.parametrize("hashing", [False, True], ids=["plain", "hashed"])
async def test_password_and_hash_are_nowhere_to_be_read(
    users: Users, db: TestDatabase, hashing: bool
) -> None:
    if hashing:
        hash_passwords(db)

    status, envelope = await change(users, **{"pass": "Agent-Pass_9", "full_name": "Mary"})
    await users.close()

    assert (status, hides("Agent-Pass_9", envelope)) == (200, True)
    ((*_, statements, _, _),) = admin_log(db)
    stored = user_row(db)["pass_hash"] if hashing else "Agent-Pass_9"
    assert "`full_name` = 'Mary'" in statements
    assert "***" in statements
    for table in ("vicidial_admin_log", "vicidial_api_log"):
        written = str(db.rows(f"SELECT * FROM {table}"))
        assert "Agent-Pass_9" not in written
        assert stored not in written
    assert changes(db) == [("USERS", "MODIFY", "agent1", "ADMIN API UPDATE USER", "user: agent1")]


@pytest.mark.parametrize(("pass_key", "cost"), UNUSABLE)
async def test_hashing_that_is_not_configured_is_a_500_and_nothing_is_written(
    users: Users, db: TestDatabase, pass_key: str, cost: int
) -> None:
    hash_passwords(db, pass_key, cost)
    before = everything(db)

    answer = await change(users, **{"pass": "1234", "active": "N", "campaign_rank": 1})

    assert answer == NOT_CONFIGURED
    assert everything(db) == before


async def test_without_a_password_hashing_need_not_be_configured(
    users: Users, db: TestDatabase
) -> None:
    hash_passwords(db, pass_key="")

    assert await change(users, active="N") == updated()


@pytest.mark.parametrize(
    ("least", "password", "status"),
    [(0, "ab", 200), (8, "1234567", 400), (8, "12345678", 200), (100, "a" * 72, 400)],
)
async def test_the_system_may_ask_for_longer_passwords(
    users: Users, db: TestDatabase, least: int, password: str, status: int
) -> None:
    set_system(db, require_password_length=least)
    before = everything(db)

    answer = await change(users, **{"pass": password})

    assert answer[0] == status
    if status == 400:
        assert list(answer[1]["details"]) == ["pass"]
        assert hides(password, answer)
        assert everything(db) == before
