"""What the endpoint of group aliases takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import ValidationError, post_load

from svc_telephony.references import EVERY_USER_GROUP
from svc_telephony.text import Name, Word, user_group

# What the setting that names an alias may say in place of one.
_RESERVED = re.compile("AGENT_PHONE|CUSTOMER|CAMPAIGN|NONE", re.IGNORECASE)


class GroupAliasId(Word):
    """The id of a group alias, which holds no word that means something else where ids stand."""

    def __init__(self, **options: Any) -> None:
        super().__init__(2, 30, characters="_0-9A-Za-z", **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
        alias_id = super()._deserialize(value, attr, data, **options)
        if reserved := _RESERVED.search(alias_id):
            raise ValidationError(f"Holds a reserved word: {reserved.group().upper()}")
        return alias_id


class NewGroupAlias(fields.NewBody):
    """Body of POST /group-aliases."""

    aliases: ClassVar[Mapping[str, str]] = {"user_group": "admin_user_group"}

    caller_id_number = fields.Phone(6, 20, required=True)
    group_alias_id = GroupAliasId()
    group_alias_name = Name(50, least=2)
    caller_id_name = Name(20, load_default="")
    active = fields.Flag(load_default="Y")
    admin_user_group = user_group(load_default=EVERY_USER_GROUP)

    @post_load
    def call_it_by_its_number(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Take the number for the id and the name that are not given."""
        number = data["caller_id_number"]
        return {"group_alias_id": number, "group_alias_name": number} | data
