"""GET /api/v1/users/{user_id}/details: one user, as the database has it."""

import pytest
from support import documented
from support.apps import Users
from support.builders import make_in_group, make_user, make_user_group
from support.database import TestDatabase
from support.statements import explained, statements_sent
from support.users import FULL, NOT_FOUND, USERS, add, show


@pytest.fixture(autouse=True)
def user(db: TestDatabase) -> None:
    """The documented user, and one whose number is its login."""
    make_user(db, "agent1", user_id=57, full_name="John Smith", phone_login="101",
              email="john@example.com", voicemail_id="", closer_campaigns=" SALES SUPPORT -",
              last_login_date="2025-01-08 10:30:00", phone_pass="Phone-Pass_1", pass_hash="Hash.1/",
              **{"pass": "Agent-Pass_9"})  # fmt: skip
    make_user(db, "58", full_name="Jane Doe", failed_login_count=3)


async def test_the_documented_user_is_shown(users: Users) -> None:
    status, envelope = await show(users)

    assert (status, envelope) == (
        200, {"success": True, "message": "User details retrieved", "data": documented.USER}
    )  # fmt: skip
    assert list(envelope["data"]) == list(documented.USER)


async def test_what_was_added_is_shown(users: Users, db: TestDatabase) -> None:
    make_user_group(db)
    for group_id in ("SALES", "SUPPORT"):
        make_in_group(db, group_id)
    await add(users, FULL)

    _, envelope = await show(users, "Agent_2-b")

    user_id = db.value("SELECT user_id FROM vicidial_users WHERE user = 'Agent_2-b'")
    never = {"failed_login_count": 0, "last_login_date": "2001-01-01T05:00:01Z"}
    sent = {name: value for name, value in FULL.items() if name not in {"pass", "phone_pass"}}
    assert envelope["data"] == sent | {"user_id": user_id} | never


async def test_what_is_secret_is_not_shown(users: Users) -> None:
    response = await users.get(f"{USERS}/agent1/details")

    shown = await response.text()
    assert [one for one in ("Agent-Pass_9", "Phone-Pass_1", "Hash.1/") if one in shown] == []
    assert [name for name in (await response.json())["data"] if "pass" in name] == [
        "force_change_password"
    ]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2025-07-08 11:30:00", "2025-07-08T15:30:00Z"),
        ("2001-01-01 00:00:01", "2001-01-01T05:00:01Z"),
        ("0000-00-00 00:00:00", None),
        (None, None),
    ],
    ids=["summer", "never, by default", "zero date", "NULL"],
)
async def test_the_last_login_is_shown_in_utc(
    users: Users, db: TestDatabase, stored: str | None, shown: str | None
) -> None:
    db.execute("UPDATE vicidial_users SET last_login_date = %s WHERE user_id = 57", stored)

    _, envelope = await show(users)

    assert envelope["data"] == documented.USER | {"last_login_date": shown}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (" SALES SUPPORT -", ["SALES", "SUPPORT"]),
        ("SALES", ["SALES"]),
        ("  SALES   - SUPPORT - -", ["SALES", "SUPPORT"]),
        (" SALES-2 -X -", ["SALES-2", "-X"]),
        (" -", []),
        ("", []),
        (None, []),
    ],
)
async def test_in_groups_are_a_list(
    users: Users, db: TestDatabase, stored: str | None, shown: list[str]
) -> None:
    db.execute("UPDATE vicidial_users SET closer_campaigns = %s WHERE user_id = 57", stored)

    _, envelope = await show(users)

    assert envelope["data"] == documented.USER | {"in_groups": shown}


async def test_what_is_null_is_shown_so(users: Users, db: TestDatabase) -> None:
    nulls = ("full_name", "user_level", "user_group", "active", "phone_login", "email",
             "voicemail_id", "hotkeys_active", "wrapup_seconds_override", "custom_five",
             "force_change_password", "failed_login_count")  # fmt: skip
    changes = ", ".join(f"{name} = NULL" for name in nulls)
    db.execute(f"UPDATE vicidial_users SET {changes} WHERE user_id = 57")

    _, envelope = await show(users)

    assert envelope["data"] == documented.USER | dict.fromkeys(nulls)


async def test_texts_are_shown_as_they_are_stored(users: Users, db: TestDatabase) -> None:
    text = 'Zoë "O\'Brien" \\ <b>\t名字'
    db.execute("UPDATE vicidial_users SET full_name = %s WHERE user_id = 57", text)

    _, envelope = await show(users)

    assert envelope["data"] == documented.USER | {"full_name": text}


@pytest.mark.parametrize("login", ["agent1", "AGENT1", "aGent1", "agent1%20"])
async def test_a_login_is_answered_as_the_database_spells_it(users: Users, login: str) -> None:
    status, envelope = await show(users, login)

    assert (status, envelope["data"]) == (200, documented.USER)


async def test_the_path_is_the_login_and_never_the_number(users: Users) -> None:
    _, envelope = await show(users, "58")

    assert (envelope["data"]["user"], envelope["data"]["failed_login_count"]) == ("58", 3)
    assert await show(users, "57") == NOT_FOUND


async def test_a_login_that_only_counts_the_same_is_another(users: Users, db: TestDatabase) -> None:
    make_user(db, "0058", full_name="Other")

    _, envelope = await show(users, "0058")

    assert envelope["data"]["full_name"] == "Other"
    assert await show(users, "058") == NOT_FOUND
    assert await show(users, "58.0") == NOT_FOUND


async def test_a_login_may_have_20_characters(users: Users, db: TestDatabase) -> None:
    make_user(db, "a" * 20)

    assert (await show(users, "a" * 20))[0] == 200
    assert await show(users, "a" * 21) == NOT_FOUND


async def test_logins_of_other_times_are_shown(users: Users, db: TestDatabase) -> None:
    make_user(db, "o'b é;%", full_name="Odd")

    status, envelope = await show(users, "o'b%20%C3%A9;%25")

    assert (status, envelope["data"]["full_name"]) == (200, "Odd")


@pytest.mark.parametrize(
    "login",
    ["nobody", "agent", "agent11", "a" * 21, "a" * 5000, "agent_", "%25", "agent1'--", "agent1%00",
     "agent1%0A", "%20agent1", "%F0%9F%98%80", "agent1%F0%9F%98%80", "agent1%2F",
     "-", "0", "logged-in%20"],
)  # fmt: skip
async def test_what_no_user_has_is_a_404(users: Users, login: str) -> None:
    assert await show(users, login) == NOT_FOUND


async def test_a_user_is_read_with_one_statement(users: Users, db: TestDatabase) -> None:
    db.execute("INSERT INTO vicidial_users (user, pass) SELECT seq, '' FROM seq_1000_to_2000")

    with statements_sent() as statements:
        await show(users)
    (statement,) = statements

    (plan,) = explained(db, statement, "svc-users")
    assert (plan["table"], plan["key"], int(plan["rows"])) == ("vicidial_users", "user", 1)
    assert "*" not in statement.sql
    assert list(statement.params) == ["agent1"]


async def test_nothing_is_written(users: Users, db: TestDatabase) -> None:
    before = db.rows("SELECT * FROM vicidial_users")

    await show(users)

    assert db.rows("SELECT * FROM vicidial_users") == before
    assert db.count("vicidial_admin_log") == 0


async def test_the_call_is_logged_with_the_login(users: Users, db: TestDatabase) -> None:
    await show(users)
    await show(users, "nobody")
    await users.close()

    columns = "user, function, agent_user, result, result_reason, data"
    assert db.rows(f"SELECT {columns} FROM vicidial_api_log ORDER BY api_id") == [
        ("6666", "user_details", "agent1", "SUCCESS", "User details retrieved",
         "GET /api/v1/users/agent1/details"),
        ("6666", "user_details", "nobody", "ERROR", "User not found",
         "GET /api/v1/users/nobody/details"),
    ]  # fmt: skip
