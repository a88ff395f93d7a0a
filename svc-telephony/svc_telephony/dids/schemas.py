"""What the endpoints of DIDs take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import Schema, ValidationError, post_load

from svc_telephony.dids.targets import NEEDS
from svc_telephony.text import Word, user_group
from svc_telephony.values import Several

_MAX_DID_ID = 2**32 - 1
_MAX_LIST_ID = 99_999_999_999_999
_FIELD_ALIASES = {
    "did_active": "active",
    "group_id": "group",
    "call_menu": "menu_id",
    "phone": "phone_extension",
    "user_group": "admin_user_group",
}


class DidPattern(Word):
    """A number as the carrier sends it, or `default`; nothing of it is dropped."""

    def __init__(self, **options: Any) -> None:
        super().__init__(2, 50, characters="0-9A-Za-z:+*#._", **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
        # A form makes a space of a bare `+`: without it this would be another number.
        if isinstance(value, str) and value != value.strip(" "):
            raise ValidationError("May not begin or end with a space")
        return super()._deserialize(value, attr, data, **options)


class DidFields(Schema):
    """What can be set of a DID beside its pattern (contract: "DID fields")."""

    did_description = fields.Text(50)
    did_route = fields.Choice(tuple(NEEDS), also={"INGROUP": "IN_GROUP"})
    active = fields.Flag()
    record_call = fields.Choice(("Y", "N", "Y_QUEUESTOP"))
    extension = Word(1, 50, characters="-*#.:/@_0-9A-Za-z")
    group = fields.Text(20)
    menu_id = fields.Text(50)
    voicemail_ext = Word(1, 10, characters="*#._0-9A-Za-z", or_empty=True)
    exten_context = Word(1, 50)
    phone_extension = Word(1, 100, or_empty=True)
    server_ip = fields.Text(15)
    agent_user = fields.Text(20)
    user_unavailable_action = fields.Choice(
        ("IN_GROUP", "EXTEN", "VOICEMAIL", "PHONE", "VMAIL_NO_INST")
    )
    user_route_settings_ingroup = fields.Text(20, least=1)
    filter_clean_cid_number = Word(0, 20, characters="- .,_0-9A-Za-z")
    call_handle_method = Word(3, 40, characters="_0-9A-Z")
    agent_search_method = fields.Choice(("LO", "LB", "SO"))
    list_id = fields.Integer(100, _MAX_LIST_ID)
    entry_list_id = fields.Integer(0, _MAX_LIST_ID)
    campaign_id = Word(0, 8)
    phone_code = fields.Pattern("[0-9]{1,10}", why="Must be 1 to 10 digits")
    admin_user_group = user_group()


class NewDid(fields.NewBody, DidFields):
    """Body of POST /dids."""

    aliases: ClassVar[Mapping[str, str]] = _FIELD_ALIASES

    did_pattern = DidPattern(required=True)

    @post_load
    def without_what_is_empty(self, data: Mapping[str, Any], **_: object) -> dict[str, Any]:
        """Leave to their defaults the fields that PUT would empty."""
        return {name: value for name, value in data.items() if value != ""}


class DidChanges(fields.Body, DidFields):
    """Body of PUT /dids/{did_id}."""

    aliases: ClassVar[Mapping[str, str]] = _FIELD_ALIASES

    did_pattern = DidPattern()
    delete_did = fields.Flag()


class DidCopies(fields.NewBody):
    """Body of POST /dids/{did_id}/copy."""

    aliases: ClassVar[Mapping[str, str]] = {"new_dids": "new_did_pattern"}

    new_did_pattern = Several(DidPattern(), limit=100, most=2000, required=True)
    did_description = fields.Text(50)


class DidPath(fields.Query):
    """Path of PUT /dids/{did_id} and of POST /dids/{did_id}/copy."""

    did_id = fields.Integer(1, _MAX_DID_ID, required=True)
