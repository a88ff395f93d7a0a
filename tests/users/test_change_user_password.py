"""PUT /api/v1/users/{user_id}: the password."""

from typing import Any

import pytest
from support.apps import Users
from support.changed_users import (
    change,
    everything,
    hash_passwords,
    make_agent,
    refused,
    says_no,
    updated,
    user_row,
)
from support.changes import admin_log, changes, difference
from support.database import TestDatabase

# Made with VICIdial's own library: password, `pass_key`, cost, hash.
VECTORS = [
    ("1234", "abcdefgh12345678", 2, "w57tabe0S2XBvW1Bb8hdaSt22/jZlP2"),
    ("1234", "abcdefgh12345678", 4, "xDWGKMDWsL50wMhx7jLgT93rgPmfe/O"),
    ("Agent-Pass_9", "Zk3vP0sQ8mLx1RtY", 2, "uHgmhgR1TaLjbCEEryhFqPp5vjKnhUi"),
    ("a" * 72, "abcdefgh12345678", 4, "hxN0dQin5mun3QtbZa6ePlNzpdNZG0O"),
]


@pytest.fixture(autouse=True)
def agents(db: TestDatabase) -> None:
    """agent1, and agent2 beside."""
    make_agent(db)
    make_agent(db, "agent2")


def set_system(db: TestDatabase, **columns: Any) -> None:
    for column, value in columns.items():
        db.execute(f"UPDATE system_settings SET {column} = %s", value)


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


@pytest.mark.parametrize(("password", "pass_key", "cost", "hashed"), VECTORS)
async def test_with_hashing_the_hash_is_vicidials_and_the_plain_one_goes(
    users: Users, db: TestDatabase, password: str, pass_key: str, cost: int, hashed: str
) -> None:
    hash_passwords(db, pass_key, cost)
    db.execute("UPDATE vicidial_users SET pass_hash = 'old' WHERE user = 'agent1'")
    before, other = user_row(db), user_row(db, "agent2")

    answer = await change(users, **{"pass": password})

    assert answer == updated()
    assert difference(before, user_row(db)) == {
        "pass": "",
        "pass_hash": hashed,
        "failed_login_count": 0,
    }
    assert user_row(db, "agent2") == other


async def test_settings_are_read_at_every_change(users: Users, db: TestDatabase) -> None:
    found = []
    for enabled in ("0", "1", "0"):
        hash_passwords(db)
        set_system(db, pass_hash_enabled=enabled)
        await change(users, **{"pass": "1234"})
        found.append((user_row(db)["pass"], user_row(db)["pass_hash"]))

    hashed = ("", "w57tabe0S2XBvW1Bb8hdaSt22/jZlP2")
    assert found == [("1234", ""), hashed, ("1234", "")]


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

    assert (status, says_no("Agent-Pass_9", envelope)) == (200, True)
    ((*_, statements, _, _),) = admin_log(db)
    stored = user_row(db)["pass_hash"] if hashing else "Agent-Pass_9"
    assert "`full_name` = 'Mary'" in statements
    assert "***" in statements
    for table in ("vicidial_admin_log", "vicidial_api_log"):
        written = str(db.rows(f"SELECT * FROM {table}"))
        assert "Agent-Pass_9" not in written
        assert stored not in written
    assert changes(db) == [("USERS", "MODIFY", "agent1", "ADMIN API UPDATE USER", "user: agent1")]


@pytest.mark.parametrize(
    ("pass_key", "cost"),
    [
        pytest.param("", 2, id="no key"),
        pytest.param("abcdefgh1234567", 2, id="key too short"),
        pytest.param("abcdefgh123456789", 2, id="key too long"),
        pytest.param("äbcdefgh12345678", 2, id="17 bytes"),
        pytest.param("abcdefgh12345678", 32, id="cost too high"),
    ],
)
async def test_hashing_that_is_not_configured_is_a_500_and_nothing_is_written(
    users: Users, db: TestDatabase, pass_key: str, cost: int
) -> None:
    hash_passwords(db, pass_key, cost)
    before = everything(db)

    answer = await change(users, **{"pass": "1234", "active": "N", "campaign_rank": 1})

    assert answer == refused(500, "Password hashing is not configured")
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
        assert says_no(password, answer)
        assert everything(db) == before
