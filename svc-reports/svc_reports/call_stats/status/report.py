"""The report of calls by hour and status (contract: call-stats/status, "Does")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries

from svc_reports.call_stats.definitions import human_answered
from svc_reports.call_stats.labels import Labels
from svc_reports.call_stats.status.counting import Groups
from svc_reports.call_stats.status.groups import asked_groups
from svc_reports.call_stats.store import Selection, count_by_hour
from svc_reports.ranges import Range


async def read_groups(
    db: Queries, query: Mapping[str, Any], span: Range, *, width_s: int
) -> list[dict[str, Any]]:
    """The campaigns, then the in-groups, each with its numbers."""
    outbound, inbound = await asked_groups(db, query)
    answered = await human_answered(db)
    statuses = Labels()
    campaigns, in_groups = Groups(outbound, statuses), Groups(inbound, statuses)
    for asked, groups in ((outbound, campaigns), (inbound, in_groups)):
        selection = Selection(asked.log, query["archived"], asked.ids, query.get("statuses"))
        async for window in selection.windows(db, span, width_s):
            groups.add(await count_by_hour(db, selection, window))
    of_any = answered.in_campaigns(campaigns.keys)
    return [
        *campaigns.shown(lambda campaign: answered.in_campaigns([campaign])),
        *in_groups.shown(lambda _: of_any),
    ]
