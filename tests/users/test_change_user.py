"""PUT /api/v1/users/{user_id}: the columns of a user."""

from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Start, Users, clock_at
from support.changes import admin_log, changes, difference, written_since
from support.database import TestDatabase
from support.ranks import campaign_ranks, in_group_ranks, make_campaign_rank, make_in_group_rank
from support.user_fields import FITTING, IN_GROUPS, fits
from support.user_rows import everything, make_agent, make_things, user_row
from support.users import USERS, change, updated

UNLOCKED = {"failed_login_count": 0}
LOG_ROW = ("USERS", "MODIFY", "agent1", "ADMIN API UPDATE USER", "user: agent1")


@pytest.fixture(autouse=True)
def agents(db: TestDatabase) -> None:
    """agent1, and agent2 beside; each with ranks."""
    make_things(db)
    for login in ("agent1", "agent2"):
        make_agent(db, login)
        make_campaign_rank(db, login)
        make_in_group_rank(db, login)


# What only PUT takes: a name that is emptied.
@pytest.mark.parametrize(("field", "sent", "columns"), [fits("full_name", ""), *FITTING])
async def test_only_what_is_sent_changes_and_the_login_is_unlocked(
    users: Users, db: TestDatabase, field: str, sent: object, columns: dict[str, Any]
) -> None:
    before, other = user_row(db), user_row(db, "agent2")

    answer = await change(users, **{field: sent})

    assert answer == updated()
    assert user_row(db) == before | columns | UNLOCKED
    assert user_row(db, "agent2") == other


@pytest.mark.parametrize(("in_groups", "stored"), IN_GROUPS)
async def test_in_groups_are_the_default_selection(
    users: Users, db: TestDatabase, in_groups: Any, stored: str
) -> None:
    before = user_row(db)

    answer = await change(users, in_groups=in_groups)

    assert answer == updated()
    assert user_row(db) == before | {"closer_campaigns": stored} | UNLOCKED


async def test_all_fields_change_with_one_statement_and_one_log_row(
    users: Users, db: TestDatabase
) -> None:
    before = user_row(db)
    columns: dict[str, Any] = {
        "full_name": "Mary Jones",
        "user_level": 4,
        "user_group": "NIGHT",
        "active": "N",
        "phone_login": "desk101",
        "phone_pass": "phone-pass2",
        "email": "mary@example.com",
        "custom_one": "1",
        "custom_two": "2",
        "custom_three": "3",
        "custom_four": "4",
        "custom_five": "5",
        "voicemail_id": "102",
        "agent_choose_ingroups": "0",
        "agent_choose_blended": "0",
        "closer_default_blended": "1",
        "hotkeys_active": "0",
        "wrapup_seconds_override": 60,
        "force_change_password": "Y",
    }

    answer = await change(users, **columns, in_groups=["SUPPORT"])

    assert answer == updated()
    changed = columns | {"closer_campaigns": " SUPPORT -"} | UNLOCKED
    assert difference(before, user_row(db)) == changed
    assert changes(db) == [LOG_ROW]
    ((*_, statements, _, _),) = admin_log(db)
    assert statements.count("UPDATE vicidial_users") == 1


async def test_a_change_of_columns_leaves_ranks_alone(users: Users, db: TestDatabase) -> None:
    before = everything(db)

    await change(users, full_name="Mary Jones", user_group="NIGHT", in_groups=["SUPPORT"])

    assert written_since(db, before) == {"vicidial_users", "vicidial_admin_log"}
    assert len(campaign_ranks(db)) == len(in_group_ranks(db)) == 1


async def test_the_log_of_changes_holds_who_when_and_the_statement(
    start_users: Start, db: TestDatabase
) -> None:
    users = await start_users(clock=clock_at("2025-07-08T15:30:00"))

    await change(users, full_name="Mary Jones", wrapup_seconds_override=-1)

    (row,) = admin_log(db)
    assert row == (
        "6666", "192.0.2.7", "USERS", "MODIFY", "agent1", "ADMIN API UPDATE USER",
        "UPDATE vicidial_users SET `full_name` = 'Mary Jones', `wrapup_seconds_override` = -1,"
        " failed_login_count = 0 WHERE user = 'agent1'",
        "user: agent1", "---ALL---",
    )  # fmt: skip
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_the_password_of_the_phone_is_nowhere_to_be_read(
    users: Users, db: TestDatabase
) -> None:
    answer = await change(users, phone_pass="Phone-Pass_2", full_name="Mary Jones")
    await users.close()

    ((*_, statements, _, _),) = admin_log(db)
    assert answer == updated()
    assert "`phone_pass` = '***'" in statements
    for table in ("vicidial_admin_log", "vicidial_api_log"):
        assert "Phone-Pass_2" not in str(db.rows(f"SELECT * FROM {table}"))


async def test_user_in_the_body_is_the_tag(start_users: Start, db: TestDatabase) -> None:
    users = await start_users(caller=Caller(given_tag="", ip="192.0.2.7", issuer="gateway"))
    before = user_row(db)

    answer = await change(users, user="7777", active="N")

    assert answer == updated()
    assert difference(before, user_row(db)) == {"active": "N"} | UNLOCKED
    assert db.value("SELECT user FROM vicidial_admin_log") == "7777"


@pytest.mark.parametrize("path", ["AGENT1", "Agent1", "agent1%20"])
async def test_a_user_is_answered_and_logged_as_the_database_spells_it(
    users: Users, db: TestDatabase, path: str
) -> None:
    answer = await change(users, path, active="N")

    assert answer == updated()
    assert user_row(db)["active"] == "N"
    assert changes(db) == [LOG_ROW]


async def test_a_login_of_digits_is_a_login_and_no_id(users: Users, db: TestDatabase) -> None:
    user_id = user_row(db, "agent2")["user_id"]
    make_agent(db, f"{user_id}")
    make_agent(db, f"0{user_id}")
    others = user_row(db, "agent2"), user_row(db, f"0{user_id}")

    answer = await change(users, f"{user_id}", active="N")

    assert answer == updated(f"{user_id}")
    assert user_row(db, f"{user_id}")["active"] == "N"
    assert (user_row(db, "agent2"), user_row(db, f"0{user_id}")) == others


async def test_the_same_values_again_are_a_success(users: Users, db: TestDatabase) -> None:
    first = await change(users, full_name="Mary Jones", active="N")
    before = user_row(db)

    again = await change(users, full_name="Mary Jones", active="N")

    assert first == again == updated()
    assert user_row(db) == before
    assert changes(db) == [LOG_ROW, LOG_ROW]


async def test_delete_user_n_beside_other_fields_is_a_change(
    users: Users, db: TestDatabase
) -> None:
    before = user_row(db)

    answer = await change(users, delete_user="N", active="N")

    assert answer == updated()
    assert difference(before, user_row(db)) == {"active": "N"} | UNLOCKED


async def test_a_form_changes_a_user_as_json_does(users: Users, db: TestDatabase) -> None:
    before = user_row(db)
    form = {"full_name": "Mary Jones", "user_level": "2", "hotkeys_active": "0", "custom_one": "",
            "in_groups": "SUPPORT|SALES"}  # fmt: skip

    response = await users.put(f"{USERS}/agent1", data=form)

    assert response.status == 200
    assert difference(before, user_row(db)) == UNLOCKED | {
        "full_name": "Mary Jones",
        "user_level": 2,
        "hotkeys_active": "0",
        "custom_one": "",
        "closer_campaigns": " SUPPORT SALES -",
    }


async def test_calls_are_logged_with_the_login_that_they_are_about(
    users: Users, db: TestDatabase
) -> None:
    await change(users, active="N")
    await change(users, "nobody", active="N")
    await users.close()

    rows = db.rows("SELECT function, agent_user, result, result_reason FROM vicidial_api_log")
    assert rows == [
        ("update_user", "agent1", "SUCCESS", "User updated successfully"),
        ("update_user", "nobody", "ERROR", "User not found"),
    ]
