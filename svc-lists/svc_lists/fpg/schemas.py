"""What the endpoints of the filter phone groups take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from dialkit import fields

from svc_lists.phones import FilteredPhone

_GROUP_ALIASES = {"group": "filter_phone_group_id"}


class NewEntry(fields.NewBody):
    """Body of POST /fpg."""

    aliases: ClassVar[Mapping[str, str]] = _GROUP_ALIASES

    phone_number = FilteredPhone(required=True)
    filter_phone_group_id = fields.Text(20, least=1, required=True)


class EntryPath(fields.Query):
    """Path of DELETE /fpg/{phone}."""

    phone = FilteredPhone(required=True)


class WhichGroup(fields.Query):
    """Query of DELETE /fpg/{phone}: one group, or all of them."""

    aliases: ClassVar[Mapping[str, str]] = _GROUP_ALIASES

    filter_phone_group_id = fields.Text(20)
