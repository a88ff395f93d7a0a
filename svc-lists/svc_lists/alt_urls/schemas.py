"""What the endpoints of alternate URLs take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dialkit import fields
from marshmallow import Schema, ValidationError, post_load, validates_schema
from marshmallow import fields as ma

from svc_lists.alt_urls.owners import URL_COLUMNS
from svc_lists.text import Plain, Url

_CAMPAIGN = "campaign"
_OWNER_TYPES = (_CAMPAIGN, "ingroup", "list")
_URL_TYPES = ("dispo", "start", "noagent", "addlead")
_ALL_STATUSES = "---ALL---"
_MAX_SMALLINT = 32_767
_DEFAULTS: Mapping[str, Any] = {
    "active": "N",
    "url_rank": 1,
    "url_description": "",
    "url_lists": "",
    "url_call_length": 0,
}


class Words(ma.Field[str]):
    """Words in a string or an array, stored with one space between them."""

    limit = 1000

    def __init__(self, pattern: str, *, why: str, **options: Any) -> None:
        super().__init__(**options)
        self._matches = re.compile(rf"(?:{pattern})\Z").match
        self._why = why

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        if isinstance(value, list):
            words = [fields.as_text(one).strip(" ") for one in value]
        else:
            words = [word for word in fields.as_text(value).split(" ") if word]
        if not all(map(self._matches, words)):
            raise ValidationError(self._why)
        text = " ".join(words)
        if len(text) > self.limit:
            raise ValidationError(f"Longer than {self.limit} characters")
        return text


class _UrlFields(Schema):
    """What is set of a URL, but for its address."""

    active = fields.Flag()
    url_rank = fields.Integer(0, _MAX_SMALLINT)
    url_statuses = Words(
        rf"[-_0-9A-Za-z]{{1,6}}|{_ALL_STATUSES}",
        why=f"Each must be a status of 1 to 6 letters, digits, - or _, or {_ALL_STATUSES}",
    )
    url_description = Plain(255)
    url_lists = Words("[0-9]{1,19}", why="Each must be the number of a list")
    url_call_length = fields.Integer(0, _MAX_SMALLINT)


class UrlChanges(fields.Body, _UrlFields):
    """Body of PUT /alt-urls/{url_id}."""

    url_address = Url(least=5)


class NewUrl(fields.NewBody, _UrlFields):
    """Body of POST /alt-urls."""

    campaign_id = fields.Text(20, least=1, required=True)
    entry_type = fields.Choice(_OWNER_TYPES)
    url_type = fields.Choice(_URL_TYPES, required=True)
    url_address = Url(least=5, or_empty=False, required=True)

    @post_load
    def fill_up(self, data: Mapping[str, Any], **_: object) -> dict[str, Any]:
        """Add the defaults, one of which depends on the type."""
        statuses = _ALL_STATUSES if data["url_type"] == "dispo" else ""
        defaults = {**_DEFAULTS, "entry_type": _CAMPAIGN, "url_statuses": statuses}
        return defaults | dict(data)

    @validates_schema
    def check_type(self, data: Mapping[str, Any], **_: object) -> None:
        """Refuse types of URLs that a campaign, in-group or list does not have."""
        entry_type = data.get("entry_type", _CAMPAIGN)
        if (entry_type, data["url_type"]) not in URL_COLUMNS:
            raise ValidationError({"url_type": [f"Not a type of the entry_type {entry_type}"]})


class UrlFilter(fields.Query):
    """Query of GET /alt-urls."""

    campaign_id = fields.Text(20, least=1, required=True)
    entry_type = fields.Choice(_OWNER_TYPES, load_default=_CAMPAIGN)
    url_type = fields.Choice((*_URL_TYPES, "apinewlead"))

    @post_load
    def spell_list_id(self, data: Mapping[str, Any], **_: object) -> dict[str, Any]:
        """Ids of lists stand in the table without leading zeros."""
        owner_id = data["campaign_id"]
        is_number = data.get("entry_type") == "list" and re.fullmatch("[0-9]+", owner_id)
        return {**data, "campaign_id": str(int(owner_id)) if is_number else owner_id}
