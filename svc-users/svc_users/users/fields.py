"""The fields of a user that POST and PUT share (contract: "User fields")."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from dialkit import fields
from dialkit.db import Queries
from dialkit.references import spelled
from marshmallow import Schema, ValidationError, validates_schema

from svc_users.fields import Bit, Email, Names, Plain
from svc_users.passwords.fields import PhonePassword
from svc_users.references import Thing

_THINGS = {
    "user_group": Thing.USER_GROUP,
    "in_groups": Thing.IN_GROUP,
    "campaign_id": Thing.CAMPAIGN,
    "group_id": Thing.IN_GROUP,
}
# What limits ranks, the switch that lifts the limit, and the ranks.
_LIMITS = (
    ("campaign_id", "camp_rg_only", ("campaign_rank", "campaign_grade")),
    ("group_id", "ingrp_rg_only", ("ingroup_rank", "ingroup_grade")),
)
# They say how something else is meant, and change nothing by themselves.
SWITCHES = {switch for _, switch, _ in _LIMITS}
_custom = partial(Plain, 100)
_rank = partial(fields.Integer, -9, 9)
_grade = partial(fields.Integer, 1, 10)


class UserFields(Schema):
    """What can be set of a user."""

    full_name = Plain(50)
    user_level = fields.Integer(1, 9)
    user_group = fields.Text(20, least=1)
    active = fields.Flag()
    phone_login = fields.Pattern("[-_0-9A-Za-z]{0,20}", why="Must be at most 20 of A-Z a-z 0-9 - _")
    phone_pass = PhonePassword()
    email = Email()
    custom_one = _custom()
    custom_two = _custom()
    custom_three = _custom()
    custom_four = _custom()
    custom_five = _custom()
    voicemail_id = fields.Pattern("[0-9A-Za-z]{0,10}", why="Must be at most 10 of A-Z a-z 0-9")
    agent_choose_ingroups = Bit()
    agent_choose_blended = Bit()
    closer_default_blended = Bit()
    hotkeys_active = Bit()
    wrapup_seconds_override = fields.Integer(-1, 9999)
    in_groups = Names()
    force_change_password = fields.Flag()
    campaign_rank = _rank()
    campaign_grade = _grade()
    campaign_id = fields.Text(8, least=1)
    camp_rg_only = Bit()
    ingroup_rank = _rank()
    ingroup_grade = _grade()
    group_id = fields.Text(20, least=1)
    ingrp_rg_only = Bit()

    @validates_schema
    def limits_something(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse the limit of ranks without ranks, and its switch without the limit."""
        wrong = dict[str, list[str]]()
        for limit, switch, ranks in _LIMITS:
            if limit in data and not any(rank in data for rank in ranks):
                wrong[limit] = [f"Needs {' or '.join(ranks)}"]
            if data.get(switch) == "1" and limit not in data:
                wrong[switch] = [f"Needs {limit}"]
        if wrong:
            raise ValidationError(wrong)


async def settled(db: Queries, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, what they refer to spelled as the database does. Raises: InvalidInput."""
    wanted = {name: (thing, given[name]) for name, thing in _THINGS.items() if name in given}
    return {**given, **await spelled(db, wanted)}
