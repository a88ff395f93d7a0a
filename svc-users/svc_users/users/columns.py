"""The fields of a user, and the columns of `vicidial_users` that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Row

from svc_users.names import names_of, text_of

# The columns that fields set, and what a new user has in those that a request leaves out.
_DEFAULTS: Mapping[str, Any] = {
    "full_name": "",
    "user_level": 1,
    "user_group": "",
    "active": "Y",
    "phone_login": "",
    "phone_pass": "",
    "email": "",
    "custom_one": "",
    "custom_two": "",
    "custom_three": "",
    "custom_four": "",
    "custom_five": "",
    "voicemail_id": "",
    "agent_choose_ingroups": "1",
    "agent_choose_blended": "1",
    "closer_default_blended": "0",
    "hotkeys_active": "0",
    "wrapup_seconds_override": -1,
    "force_change_password": "N",
}
SHOWN_COLUMNS = (
    "user_id", "user", "full_name", "user_level", "user_group", "active", "phone_login", "email",
    "voicemail_id", "hotkeys_active", "agent_choose_ingroups", "agent_choose_blended",
    "closer_default_blended", "wrapup_seconds_override", "closer_campaigns", "custom_one",
    "custom_two", "custom_three", "custom_four", "custom_five", "force_change_password",
    "failed_login_count", "last_login_date",
)  # fmt: skip
# Personal, secret, or the database's own (contract: "What is copied").
NOT_COPIED_COLUMNS = {
    "user_id", "modify_stamp", "user", "pass", "pass_hash", "shift_override_flag",
    "failed_login_count", "failed_login_attempts_today", "failed_login_count_today",
    "failed_last_ip_today", "failed_last_type_today", "last_login_date", "last_ip",
}  # fmt: skip


def new_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a new user."""
    return given_columns({"in_groups": (), **_DEFAULTS, **fields})


def given_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the fields that are there."""
    columns = {name: fields[name] for name in _DEFAULTS if name in fields}
    if "in_groups" in fields:
        columns["closer_campaigns"] = text_of(fields["in_groups"])
    return columns


def user_object(row: Row, clock: Clock) -> dict[str, Any]:
    """A row of `SHOWN_COLUMNS` as the API shows it."""
    user = dict[str, Any]()
    for name, value in zip(SHOWN_COLUMNS, row, strict=True):
        if name == "closer_campaigns":
            user["in_groups"] = names_of(value)
        else:
            user[name] = value
    user["last_login_date"] = clock.from_sql(user["last_login_date"])
    return user
