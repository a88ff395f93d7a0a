"""What the endpoints of custom field definitions take."""

from __future__ import annotations

from typing import Any

from dialkit import fields
from marshmallow import Schema, ValidationError, validates_schema
from marshmallow import fields as ma

from svc_lists.custom_fields.definition import MAX_LENGTH, OPTIONS_LIMIT
from svc_lists.custom_fields.names import FieldName
from svc_lists.text import Plain

MAX_FIELD_ID = 2**32 - 1
_TYPES = (
    "TEXT", "AREA", "SELECT", "MULTI", "RADIO", "CHECKBOX", "DATE", "TIME", "DISPLAY", "SCRIPT",
    "HIDDEN", "READONLY", "HIDEBLOB", "SWITCH", "SOURCESELECT", "BUTTON",
)  # fmt: skip
_SHOW_HIDE = (
    "DISABLED", "X_OUT_ALL", "LAST_1", "LAST_2", "LAST_3", "LAST_4", "FIRST_1_LAST_4",
)  # fmt: skip


class Options(ma.Field[str]):
    """Options as text; what they may hold depends on the type of the field."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        text = fields.as_text(value).strip(" ")
        if len(text) > OPTIONS_LIMIT:
            raise ValidationError(f"Longer than {OPTIONS_LIMIT} characters")
        return text


class FieldColumns(Schema):
    """What a request may set of a field, its name aside."""

    field_label = Plain(5000, least=1)
    field_type = fields.Choice(_TYPES)
    field_options = Options()
    field_size = fields.Integer(1, 100)
    field_max = fields.Integer(1, MAX_LENGTH)
    field_default = Plain(255, allow_none=True)
    field_required = fields.Choice(("Y", "N", "INBOUND_ONLY"))
    field_description = Plain(100)
    field_help = Plain(1000)
    field_rank = fields.Integer(1, 9999)
    field_order = fields.Integer(1, 100)
    field_rerank = fields.Choice(("YES", "NO"), load_default="NO")
    name_position = fields.Choice(("LEFT", "TOP"))
    multi_position = fields.Choice(("HORIZONTAL", "VERTICAL"))
    field_show_hide = fields.Choice(_SHOW_HIDE)


class NewField(fields.NewBody, FieldColumns):
    """Body of POST /lists/{list_id}/custom-fields."""

    field_label = Plain(5000, least=1, required=True)
    field_name = FieldName(required=True)


class FieldChanges(fields.Body, FieldColumns):
    """Body of PUT /lists/{list_id}/custom-fields."""

    field_id = fields.Integer(1, MAX_FIELD_ID)
    field_name = fields.Text(50, least=1)

    @validates_schema
    def names_a_field(self, data: dict[str, Any], **_: object) -> None:
        """Refuse a change of nobody knows what."""
        if not {"field_id", "field_name"} & data.keys():
            raise ValidationError({"field_id": ["Required, or field_name"]})
