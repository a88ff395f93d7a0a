"""What the endpoints of the DNC lists take."""

from __future__ import annotations

from collections.abc import Mapping

from dialkit import fields
from marshmallow import Schema, post_load

from svc_lists.phones import ListedPhone

INTERNAL = "SYSTEM_INTERNAL"
_ALSO_INTERNAL = ("", "---ALL---")


class _WhichList(Schema):
    """The internal list, or a campaign's."""

    campaign_id = fields.Text(15, load_default=INTERNAL)

    @post_load
    def name_internal_list(self, data: Mapping[str, str], **_: object) -> dict[str, str]:
        """Give the internal list's names one spelling."""
        internal = data.get("campaign_id") in _ALSO_INTERNAL
        return {**data, "campaign_id": INTERNAL} if internal else dict(data)


class EntryPath(fields.Query):
    """Path of DELETE /dnc/{phone}."""

    phone = ListedPhone(required=True)


class WhichList(fields.Query, _WhichList):
    """Query of DELETE /dnc/{phone}."""


class NewEntry(fields.NewBody, _WhichList):
    """Body of POST /dnc."""

    phone_number = ListedPhone(required=True)
