"""What the activity of agents takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import fields
from marshmallow import ValidationError, validates_schema

from svc_reports.ranges import Ranged
from svc_reports.row_lists.cursors import Cursor, KeyTime
from svc_reports.row_lists.schemas import RowQuery
from svc_reports.values import MAX_ID, YesNo

_ONLY_FOR_AGENTS = ("time_format", "group_by_campaign")


class AgentStatsQuery(RowQuery, Ranged):
    """Query of GET /agent-stats/export."""

    campaign_id = fields.Text(8, least=1)
    agent_user = fields.Text(20, least=1)
    user_group = fields.Text(20, least=1)
    group_by_campaign = YesNo(yes=("Y", "YES"), no=("N", "NO"))
    time_format = fields.Choice(("S", "M", "H", "HF"))
    detail = fields.Choice(("agent", "event"), load_default="agent")
    limit = fields.Integer(1, 10_000, load_default=1000)
    cursor = Cursor(KeyTime(), fields.Integer(0, MAX_ID))

    @validates_schema
    def check_detail(self, query: Mapping[str, Any], **_: object) -> None:
        """Records are neither grouped nor formatted."""
        if query.get("detail") == "event":
            given = [name for name in _ONLY_FOR_AGENTS if name in query]
            if given:
                raise ValidationError({name: ["Not with detail=event"] for name in given})
