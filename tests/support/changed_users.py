"""Users that tests change, delete and copy, what hangs on them, and the answers to that."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from support.apps import Users
from support.builders import make_campaign, make_user, read_row
from support.database import TestDatabase

USERS = "/api/v1/users"
Answer = tuple[int, Any]
OLD_HASH = "w57tabe0S2XBvW1Bb8hdaSt22/jZlP2"
AGENT: dict[str, Any] = {
    "pass": "old-pass1",
    "pass_hash": OLD_HASH,
    "full_name": "John Smith",
    "user_level": 3,
    "user_group": "AGENTS",
    "phone_login": "101",
    "phone_pass": "phone-pass1",
    "email": "john@example.com",
    "custom_one": "one",
    "custom_two": "two",
    "custom_three": "three",
    "custom_four": "four",
    "custom_five": "five",
    "voicemail_id": "101",
    "hotkeys_active": "1",
    "wrapup_seconds_override": 30,
    "closer_campaigns": " SALES -",
    "failed_login_count": 7,
    "custom_fields_modify": "1",
    "last_login_date": "2025-01-08 10:30:00",
    "territory": "North",
}


async def change(users: Users, login: str = "agent1", /, **fields: Any) -> Answer:
    """PUT changes of a user: the status, and the envelope."""
    response = await users.put(f"{USERS}/{login}", json=fields)
    return response.status, await response.json()


async def delete(users: Users, login: str = "agent1", /) -> Answer:
    """PUT the deletion of a user: the status, and the envelope."""
    return await change(users, login, delete_user="Y")


async def copy(users: Users, login: str = "agent1", /, **fields: Any) -> Answer:
    """POST a copy of a user, to `agent2` if nothing else is said: the status, and the envelope."""
    body = {"new_user": "agent2", "new_pass": "new-pass1"} | fields
    response = await users.post(f"{USERS}/{login}/copy", json=body)
    return response.status, await response.json()


def updated(login: str = "agent1") -> Answer:
    """The answer to a change."""
    message = "User updated successfully"
    return 200, {"success": True, "message": message, "data": {"user": login}}


def deleted(login: str = "agent1") -> Answer:
    """The answer to a deletion."""
    message = "User deleted successfully"
    return 200, {"success": True, "message": message, "data": {"user": login}}


def refused(status: int, error: str) -> Answer:
    """An answer that says no more than why."""
    return status, {"success": False, "error": error}


def make_agent(db: TestDatabase, login: str = "agent1", **columns: Any) -> None:
    """A user who has something in every column that can be changed."""
    make_user(db, login, **AGENT | columns)


def make_things(db: TestDatabase) -> None:
    """What users refer to: user groups, in-groups, campaigns, phones."""
    db.execute("DELETE FROM vicidial_inbound_groups")
    for user_group in ("AGENTS", "SALES", "g" * 20):
        db.insert("vicidial_user_groups", user_group=user_group, group_name="")
    for group_id in ("SALES", "SUPPORT"):
        db.insert("vicidial_inbound_groups", group_id=group_id, group_name="")
    for campaign_id in ("ONECAMP", "TWOCAMP"):
        make_campaign(db, campaign_id)
    db.insert("phones", extension="101", server_ip="10.0.0.5", login="desk101", template_id="")
    db.insert("phones_alias", alias_id="a" * 20, logins_list="desk101,desk102")


def make_campaign_rank(
    db: TestDatabase, user: str = "agent1", campaign_id: str = "ONECAMP", **columns: Any
) -> None:
    """A user's rank of a campaign, with something in every column."""
    defaults = {
        "campaign_rank": 5,
        "campaign_weight": 4,
        "campaign_grade": 6,
        "calls_today": 12,
        "hopper_calls_today": 3,
        "hopper_calls_hour": 2,
        "group_web_vars": "a=b",
    }
    db.insert("vicidial_campaign_agents", user=user, campaign_id=campaign_id, **defaults | columns)


def make_in_group_rank(
    db: TestDatabase, user: str = "agent1", group_id: str = "SALES", **columns: Any
) -> None:
    """A user's rank of an in-group, with something in every column."""
    defaults = {"group_rank": 7, "group_weight": 8, "group_grade": 9, "calls_today": 11,
                "calls_today_filtered": 10, "group_web_vars": "c=d", "group_type": "E",
                "daily_limit": 50}  # fmt: skip
    db.insert("vicidial_inbound_group_agents", user=user, group_id=group_id, **defaults | columns)


def make_session(
    db: TestDatabase, user: str = "agent1", campaign_id: str = "ONECAMP", **columns: Any
) -> int:
    """A live session; its id."""
    defaults = {"server_ip": "10.0.0.5", "lead_id": 104, "conf_exten": "8600051", "calls_today": 5,
                "campaign_weight": 4, "campaign_grade": 6}  # fmt: skip
    return db.insert(
        "vicidial_live_agents", user=user, campaign_id=campaign_id, **defaults | columns
    )


def make_session_in_group(
    db: TestDatabase, user: str = "agent1", group_id: str = "SALES", **columns: Any
) -> None:
    """An in-group that a live session takes calls of."""
    defaults = {"group_weight": 8, "group_grade": 9, "calls_today": 11, "daily_limit": 50}
    db.insert("vicidial_live_inbound_agents", user=user, group_id=group_id, **defaults | columns)


def make_remote_agent(db: TestDatabase, user_start: str = "agent1", **columns: Any) -> int:
    """A remote agent that works as that user; its id."""
    defaults = {"server_ip": "10.0.0.5", "conf_exten": "15551234567", "status": "ACTIVE",
                "campaign_id": "ONECAMP", "number_of_lines": 2}  # fmt: skip
    return db.insert("vicidial_remote_agents", user_start=user_start, **defaults | columns)


def hash_passwords(db: TestDatabase, pass_key: str = "abcdefgh12345678", cost: int = 2) -> None:
    """Switch the hashing of passwords on."""
    db.execute(
        "UPDATE system_settings SET pass_hash_enabled = '1', pass_key = %s, pass_cost = %s",
        pass_key, cost,
    )  # fmt: skip


def user_row(db: TestDatabase, login: str = "agent1") -> dict[str, Any]:
    """All columns of a user but the stamp of the last change, which is the database's."""
    row = read_row(db, "vicidial_users", user=login)
    del row["modify_stamp"]
    return row


def logins(db: TestDatabase) -> list[str]:
    """The users that there are."""
    return [login for (login,) in db.rows("SELECT user FROM vicidial_users ORDER BY user")]


def campaign_ranks(db: TestDatabase, login: str = "agent1") -> list[tuple[Any, ...]]:
    """Campaign, rank, weight, grade, web variables; and the calls of today, in all three ways."""
    return db.rows(
        "SELECT campaign_id, campaign_rank, campaign_weight, campaign_grade, group_web_vars,"
        " calls_today, hopper_calls_today, hopper_calls_hour"
        " FROM vicidial_campaign_agents WHERE user = %s ORDER BY campaign_id",
        login,
    )


def in_group_ranks(db: TestDatabase, login: str = "agent1") -> list[tuple[Any, ...]]:
    """In-group, rank, weight, grade, web variables, type, limit; and both calls of today."""
    return db.rows(
        "SELECT group_id, group_rank, group_weight, group_grade, group_web_vars, group_type,"
        " daily_limit, calls_today, calls_today_filtered"
        " FROM vicidial_inbound_group_agents WHERE user = %s ORDER BY group_id",
        login,
    )


def rank_log(login: str, rank: object, grade: object, rows: int, limit: str) -> tuple[str, ...]:
    """What the log of changes says of ranks; `""` stands for what was not given."""
    notes = f"user: {login}   rank: {rank}   grade: {grade}   rows: {rows}   limit: {limit}"
    return ("USERS", "MODIFY", login, "ADMIN API UPDATE USER RANK", notes)


def everything(db: TestDatabase) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables that changes, deletions and copies of users write."""
    tables = (
        "vicidial_users", "vicidial_campaign_agents", "vicidial_inbound_group_agents",
        "vicidial_live_agents", "vicidial_live_inbound_agents", "vicidial_remote_agents",
        "system_settings", "vicidial_admin_log",
    )  # fmt: skip
    return {table: db.rows(f"SELECT * FROM {table}") for table in tables}


def says_no(secret: str, envelope: object) -> bool:
    """Whether an answer keeps a secret."""
    return secret not in json.dumps(envelope)


@contextmanager
def fails_once(db: TestDatabase, table: str, condition: str) -> Iterator[None]:
    """Let the inserts of a table fail in the block where they meet the condition."""
    db.execute(
        f"CREATE TRIGGER fails_once BEFORE INSERT ON {table} FOR EACH ROW"
        f" BEGIN IF {condition} THEN SIGNAL SQLSTATE '45000'; END IF; END"
    )
    try:
        yield
    finally:
        db.execute("DROP TRIGGER fails_once")
