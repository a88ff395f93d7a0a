"""What the endpoints of lists take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from dialkit import fields
from marshmallow import ValidationError, validates_schema

from svc_lists.lists.fields import ListFields
from svc_lists.text import Plain

# VICIdial's own pages take no other ids.
_LEAST_NEW_ID, _MOST_NEW_ID = 100, 99_999_999_999_999
_DESTROYING = ("delete_list", "delete_leads")


class NewList(fields.NewBody, ListFields):
    """Body of POST /lists."""

    aliases: ClassVar[Mapping[str, str]] = ListFields.aliases

    list_id = fields.Integer(_LEAST_NEW_ID, _MOST_NEW_ID)
    list_name = Plain(30, least=2, required=True)
    active = fields.Flag(load_default="Y")


class ListChanges(fields.Body, ListFields):
    """Body of PUT /lists/{list_id}."""

    aliases: ClassVar[Mapping[str, str]] = ListFields.aliases

    list_id = fields.Integer(0, fields.MAX_LIST_ID)
    reset_list = fields.Flag(load_default="N")
    delete_leads = fields.Flag(load_default="N")
    delete_list = fields.Flag(load_default="N")

    @validates_schema(pass_original=True)
    def says_nothing_else(
        self, data: Mapping[str, Any], original_data: Mapping[str, Any], **_: object
    ) -> None:
        """Refuse other fields where something is destroyed; a flag `N` counts as absent."""
        destroying = [name for name in _DESTROYING if data.get(name) == "Y"]
        if not destroying:
            return
        absent = {name for name in ("reset_list", *_DESTROYING) if data.get(name) == "N"}
        others = sorted(set(original_data) - absent - {"list_id", *destroying})
        if others:
            raise ValidationError({name: [f"Not with {destroying[0]}"] for name in others})


class ListView(fields.Query):
    """Query of GET /lists/{list_id}/info."""

    leads_counts = fields.Flag(load_default="N")
    archived_lead = fields.Flag(load_default="N")
