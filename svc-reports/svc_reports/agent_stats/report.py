"""The activity of agents in a range (contract: GET /agent-stats/export, detail=agent)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialkit.db import Queries

from svc_reports.agent_stats import store
from svc_reports.agent_stats.activity import Activity, field_names
from svc_reports.agent_stats.durations import WRITE
from svc_reports.conditions import Condition, equal
from svc_reports.ranges import Range
from svc_reports.row_lists.fixed import Lines
from svc_reports.windows import filled_windows


async def sum_up(db: Queries, query: Mapping[str, Any], span: Range, *, width_s: int) -> Lines:
    """The names of the fields, and a row an agent."""
    by_campaign = query.get("group_by_campaign", False)
    table, conditions = store.agent_log(query["archived"]), asked_records(query)
    activity = Activity()
    async for window in filled_windows(db, table.name, store.DATE, span, width_s):
        activity.add(await store.sum_up(db, table, window, conditions, by_campaign=by_campaign))
    agents = await store.find_agents(db, activity.users) if activity.users else []
    write = WRITE[query.get("time_format", "S")]
    rows = activity.rows(agents, write, by_campaign=by_campaign)
    return field_names(by_campaign=by_campaign), rows


def asked_records(query: Mapping[str, Any]) -> Sequence[Condition]:
    """Which records of the log are asked for."""
    return equal(
        campaign_id=query.get("campaign_id"),
        user=query.get("agent_user"),
        user_group=query.get("user_group"),
    )
