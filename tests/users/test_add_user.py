"""POST /api/v1/users: what is answered, and what a user then has in VICIdial's tables."""

from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Start, Users, clock_at
from support.builders import make_campaign, make_in_group, make_user, make_user_group, read_row
from support.changes import admin_log, changes, difference
from support.database import TestDatabase
from support.passwords import set_system
from support.ranks import campaign_ranks, in_group_ranks
from support.statements import explained, statements_sent
from support.user_fields import IN_GROUPS
from support.user_rows import logins
from support.users import FULL, FULL_COLUMNS, NEW, PASSWORD, USERS, add

LEAST_COLUMNS = {
    "user": "agent1",
    "pass": PASSWORD,
    "full_name": "John Smith",
    "user_group": "AGENTS",
    # NULL by default.
    "phone_login": "",
    "phone_pass": "",
    "voicemail_id": "",
    "closer_campaigns": "",
}


@pytest.fixture(autouse=True)
def groups(db: TestDatabase) -> None:
    """The user groups AGENTS and NIGHT, the in-groups SALES and SUPPORT."""
    for user_group in ("AGENTS", "NIGHT"):
        make_user_group(db, user_group)
    for group_id in ("SALES", "SUPPORT"):
        make_in_group(db, group_id)


def own_columns(db: TestDatabase, user: str) -> dict[str, Any]:
    """The columns in which a user differs from one whose columns all have their defaults."""
    db.insert("vicidial_users", user="defaults", **{"pass": ""})
    plain, found = (read_row(db, "vicidial_users", user=one) for one in ("defaults", user))
    for row in (plain, found):
        del row["user_id"], row["modify_stamp"]
    return difference(plain, found)


async def test_the_least_that_makes_a_user(users: Users, db: TestDatabase) -> None:
    make_user(db, "other", user_id=56)

    answer = await add(users)

    assert answer == (
        200,
        {
            "success": True,
            "message": "User created successfully",
            "data": {"user": "agent1", "user_id": 57, "full_name": "John Smith", "user_level": 1,
                     "user_group": "AGENTS", "active": "Y"},
        },
    )  # fmt: skip
    assert own_columns(db, "agent1") == LEAST_COLUMNS


async def test_every_field_is_stored_in_its_column(users: Users, db: TestDatabase) -> None:
    status, envelope = await add(users, FULL)

    user_id = db.value("SELECT user_id FROM vicidial_users")
    assert (status, envelope["data"]) == (
        200,
        {"user": "Agent_2-b", "user_id": user_id, "full_name": "Zoë Müller & Söhne (52%)",
         "user_level": 7, "user_group": "AGENTS", "active": "N"},
    )  # fmt: skip
    assert own_columns(db, "Agent_2-b") == FULL_COLUMNS


async def test_other_users_stay_as_they_are(users: Users, db: TestDatabase) -> None:
    make_user(db, "agent10", closer_campaigns=" SALES -", failed_login_count=3)
    before = read_row(db, "vicidial_users", user="agent10")

    await add(users)

    assert read_row(db, "vicidial_users", user="agent10") == before
    assert logins(db) == ["agent1", "agent10"]


async def test_a_user_is_added_by_a_form(users: Users, db: TestDatabase) -> None:
    form = {name: str(value) for name, value in FULL.items()} | {"in_groups": "SUPPORT|SALES"}

    response = await users.post(USERS, data=form | {"api_key": "key"})

    assert response.status == 200
    assert own_columns(db, "Agent_2-b") == FULL_COLUMNS


async def test_a_null_counts_as_absent(users: Users, db: TestDatabase) -> None:
    nulls = dict.fromkeys(FULL.keys() - NEW.keys())
    ranks = dict.fromkeys(
        ("campaign_rank", "campaign_grade", "campaign_id", "camp_rg_only",
         "ingroup_rank", "ingroup_grade", "group_id", "ingrp_rg_only")
    )  # fmt: skip

    status, _ = await add(users, NEW | nulls | ranks)

    assert status == 200
    assert own_columns(db, "agent1") == LEAST_COLUMNS


async def test_without_ranks_no_rows_of_ranks_are_written(users: Users, db: TestDatabase) -> None:
    make_campaign(db)

    await add(users, FULL)

    assert (campaign_ranks(db, "Agent_2-b"), in_group_ranks(db, "Agent_2-b")) == ([], [])


@pytest.mark.parametrize(("in_groups", "stored"), IN_GROUPS)
async def test_in_groups_are_stored_as_vicidial_does(
    users: Users, db: TestDatabase, in_groups: object, stored: str
) -> None:
    status, _ = await add(users, in_groups=in_groups)

    assert status == 200
    assert db.value("SELECT closer_campaigns FROM vicidial_users") == stored


async def test_the_user_group_is_spelled_as_the_database_does(
    users: Users, db: TestDatabase
) -> None:
    _, envelope = await add(users, user_group="agents")

    assert envelope["data"]["user_group"] == "AGENTS"
    assert db.value("SELECT user_group FROM vicidial_users") == "AGENTS"


async def test_the_phone_is_often_made_later(users: Users, db: TestDatabase) -> None:
    status, _ = await add(users, phone_login="nophone")

    assert status == 200
    assert db.value("SELECT phone_login FROM vicidial_users") == "nophone"


@pytest.mark.parametrize("kind", ["json", "data"])
@pytest.mark.parametrize(("given_tag", "tag"), [("6666", "6666"), ("", "api")])
async def test_the_bodys_user_is_the_login_and_never_the_tag(
    start_users: Start, db: TestDatabase, given_tag: str, tag: str, kind: str
) -> None:
    users = await start_users(caller=Caller(given_tag, "192.0.2.7", "gateway"))
    body: dict[str, Any] = {kind: NEW | {"api_key": "key"}}

    response = await users.post(USERS, **body)
    await users.close()

    assert response.status == 200
    assert logins(db) == ["agent1"]
    assert [row[0] for row in admin_log(db)] == [tag]
    assert db.rows("SELECT user, agent_user FROM vicidial_api_log") == [(tag, "agent1")]


async def test_a_user_is_added_to_the_log_of_changes(start_users: Start, db: TestDatabase) -> None:
    users = await start_users(clock=clock_at("2025-07-08T15:30:00"))

    await add(users)

    assert changes(db) == [("USERS", "ADD", "agent1", "ADMIN API ADD USER", "user: agent1")]
    ((user, ip_address, *_, statements, _, user_group),) = admin_log(db)
    assert (user, ip_address, user_group) == ("6666", "192.0.2.7", "---ALL---")
    assert statements.startswith("INSERT INTO `vicidial_users` ")
    assert "'agent1'" in statements
    assert "\n" not in statements
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_the_call_is_logged_with_the_login_and_without_the_body(
    users: Users, db: TestDatabase
) -> None:
    await add(users)
    await add(users)
    await users.close()

    columns = "user, function, agent_user, result, result_reason, data"
    assert db.rows(f"SELECT {columns} FROM vicidial_api_log ORDER BY api_id") == [
        ("6666", "add_user", "agent1", "SUCCESS", "User created successfully",
         "POST /api/v1/users"),
        ("6666", "add_user", "agent1", "ERROR", "User already exists", "POST /api/v1/users"),
    ]  # fmt: skip


async def test_nothing_of_the_system_is_changed(users: Users, db: TestDatabase) -> None:
    set_system(db, auto_user_add_value=1000)
    before = db.rows("SELECT * FROM system_settings")

    await add(users)

    assert db.rows("SELECT * FROM system_settings") == before


async def test_users_are_looked_up_by_the_login_as_text(users: Users, db: TestDatabase) -> None:
    db.execute("INSERT INTO vicidial_users (user, pass) SELECT 1000 + seq, '' FROM seq_1_to_500")

    with statements_sent() as statements:
        await add(users, user="6666")
    lookups = [one for one in statements if "FROM vicidial_users" in one.sql]

    assert lookups
    for lookup in lookups:
        assert "6666" in lookup.params
        (plan,) = explained(db, lookup, "svc-users")
        # No row has that login: the server looks into the unique index, and is done.
        assert "no matching row" in plan["Extra"].lower() or plan["key"] == "user"
