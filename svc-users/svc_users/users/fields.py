"""The fields of a user that POST and PUT share (contract: "User fields")."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from dialkit import fields
from marshmallow import Schema, ValidationError, validates_schema

from svc_users.passwords.fields import PhonePassword
from svc_users.ranks.kinds import KINDS
from svc_users.references import Thing
from svc_users.text import Email, Plain
from svc_users.values import Bit, Names

THINGS = {
    "user_group": Thing.USER_GROUP,
    "in_groups": Thing.IN_GROUP,
    "campaign_id": Thing.CAMPAIGN,
    "group_id": Thing.IN_GROUP,
}
# They say how a limit is meant, and change nothing by themselves.
SWITCHES = {kind.switch for kind in KINDS}
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
        for kind in KINDS:
            if kind.key in data and not data.keys() & {kind.rank, kind.grade}:
                wrong[kind.key] = [f"Needs {kind.rank} or {kind.grade}"]
            if data.get(kind.switch) == "1" and kind.key not in data:
                wrong[kind.switch] = [f"Needs {kind.key}"]
        if wrong:
            raise ValidationError(wrong)
