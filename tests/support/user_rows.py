"""Users as the tables have them: what they refer to, and all that their changes write."""

from typing import Any

from support.builders import make_campaign, make_in_group, make_user, make_user_group, read_row
from support.changes import Tables, rows_of
from support.database import TestDatabase

_AGENT: dict[str, Any] = {
    "pass": "old-pass1",
    "pass_hash": "old-hash1",
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
# All that adding, changing, copying and deleting users write.
_TABLES = (
    "vicidial_users", "vicidial_campaign_agents", "vicidial_inbound_group_agents",
    "vicidial_live_agents", "vicidial_live_inbound_agents", "vicidial_remote_agents",
    "system_settings", "vicidial_admin_log",
)  # fmt: skip


def make_agent(db: TestDatabase, login: str = "agent1", **columns: Any) -> None:
    """A user who has something in every column that can be changed."""
    make_user(db, login, **_AGENT | columns)


def make_things(db: TestDatabase) -> None:
    """What users refer to: user groups, in-groups (no others), campaigns, phones."""
    db.execute("DELETE FROM vicidial_inbound_groups")
    for user_group in ("AGENTS", "NIGHT", "G" * 20):
        make_user_group(db, user_group)
    for group_id in ("SALES", "SUPPORT"):
        make_in_group(db, group_id)
    for campaign_id in ("TESTCAMP", "TWOCAMP"):
        make_campaign(db, campaign_id)
    db.insert("phones", extension="101", server_ip="10.0.0.5", login="desk101", template_id="")
    db.insert("phones_alias", alias_id="-_09azAZ" + "x" * 12, logins_list="desk101,desk102")


def user_row(db: TestDatabase, login: str = "agent1") -> dict[str, Any]:
    """All columns of a user but the stamp of the last change, which is the database's."""
    row = read_row(db, "vicidial_users", user=login)
    del row["modify_stamp"]
    return row


def logins(db: TestDatabase) -> list[str]:
    """The users that there are."""
    return [login for (login,) in db.rows("SELECT user FROM vicidial_users ORDER BY user")]


def last_used(db: TestDatabase) -> int:
    """The number that was generated last as a login."""
    return int(db.value("SELECT auto_user_add_value FROM system_settings"))


def everything(db: TestDatabase) -> Tables:
    """All rows of all tables that adding, changing, copying and deleting users write."""
    return rows_of(db, _TABLES)
