"""What the report of dispositions takes."""

from __future__ import annotations

from typing import Any

from dialkit import fields
from marshmallow import ValidationError, validates_schema

from svc_reports import id_lists
from svc_reports.call_stats.schemas import CallStatsQuery
from svc_reports.id_lists import IdList
from svc_reports.values import YesNo

_DIDS = ("did_ids", "did_patterns")


def _switch(*, on: bool) -> YesNo:
    return YesNo(yes=("1", "Y"), no=("0", "N"), load_default=on)


class DispoQuery(CallStatsQuery):
    """Query of GET /call-stats/dispo."""

    aliases = {"dids": "did_patterns"}  # noqa: RUF012 - as in Fields
    repeatable = (
        *CallStatsQuery.repeatable, *_DIDS, "dids", "categories", "users", "user_groups",
    )  # fmt: skip

    did_ids = IdList(id_lists.DID_IDS)
    did_patterns = IdList(id_lists.DID_PATTERNS)
    categories = IdList(id_lists.CATEGORIES)
    users = IdList(id_lists.USERS)
    user_groups = IdList(id_lists.USER_GROUPS)
    status_breakdown = _switch(on=True)
    show_percentages = _switch(on=True)
    user_breakdown = _switch(on=False)
    format = fields.Choice(("json", "csv"), load_default="json")

    @validates_schema
    def check_kinds(self, data: dict[str, Any], **_: object) -> None:
        """Calls to DIDs are those of in-groups."""
        if "ingroups" in data and any(name in data for name in _DIDS):
            raise ValidationError({"ingroups": ["Not together with DIDs"]})

    @validates_schema
    def check_format(self, data: dict[str, Any], **_: object) -> None:
        """Users have no place in the lines of groups."""
        if data.get("format") == "csv" and data.get("user_breakdown"):
            raise ValidationError({"user_breakdown": ["Not with format=csv"]})
