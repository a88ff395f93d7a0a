"""The report of dispositions (contract: call-stats/dispo, "Does")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.db import Queries

from svc_reports.call_stats.asked_groups import AskedGroups
from svc_reports.call_stats.definitions import list_campaigns, list_in_groups
from svc_reports.call_stats.dispo.counting import Counts, Group, LogGroups
from svc_reports.call_stats.dispo.dids import DidGroups, asked_dids
from svc_reports.call_stats.dispo.filters import asked_filters
from svc_reports.call_stats.store import Log, Selection, count_by_user
from svc_reports.ranges import Range

_KINDS = ("campaigns", "ingroups", "did_ids", "did_patterns")


class Report(NamedTuple):
    """The groups in the order of the answer, and the numbers of all of them."""

    groups: list[Group]
    counts: Counts


async def count_calls(
    db: Queries, query: Mapping[str, Any], span: Range, *, width_s: int, by_user: bool
) -> Report:
    """Campaigns, in-groups and DIDs with their calls by status; all campaigns for no groups."""
    filters = await asked_filters(db, query)
    archived, counts, found = query["archived"], Counts(), list[Group]()
    for asked in await _asked_groups(db, query):
        selection, groups = Selection(asked.log, archived, asked.ids, *filters), LogGroups(asked)
        async for window in selection.windows(db, span, width_s):
            groups.add(await count_by_user(db, selection, window, by_user=by_user), counts)
        found += groups.in_order()
    if (dids := await asked_dids(db, query)) is not None:
        did_groups = DidGroups(dids, archived, filters)
        async for window in did_groups.windows(db, span, width_s):
            await did_groups.add(db, window, counts)
        found += await did_groups.in_order(db)
    return Report(found, counts)


async def _asked_groups(db: Queries, query: Mapping[str, Any]) -> list[AskedGroups]:
    """The campaigns and the in-groups asked for; of all, only those with calls are shown."""
    asked = list[AskedGroups]()
    if "campaigns" in query or not any(kind in query for kind in _KINDS):
        ids = query.get("campaigns")
        defined = [campaign_id for campaign_id, _ in await list_campaigns(db, ids)]
        asked.append(AskedGroups(Log.OUTBOUND, ids, ids or (), defined))
    if "ingroups" in query:
        ids = query["ingroups"]
        asked.append(AskedGroups(Log.INBOUND, ids, ids or (), await list_in_groups(db, ids)))
    return asked
