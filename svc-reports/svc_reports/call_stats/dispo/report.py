"""The report of dispositions (contract: call-stats/dispo, "Does")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


async def read_report(
    db: Queries, query: Mapping[str, Any], windows: Iterable[Range], *, by_user: bool
) -> Report:
    """Campaigns, in-groups and DIDs with their calls by status; all campaigns for no groups."""
    filters = await asked_filters(db, query)
    archived, counts = query["archived"], Counts()
    logs = [
        (Selection(asked.log, archived, asked.ids, *filters), LogGroups(asked))
        for asked in await _asked_groups(db, query)
    ]
    asked = await asked_dids(db, query)
    dids = None if asked is None else DidGroups(asked, archived, filters)
    for window in windows:
        for selection, groups in logs:
            groups.add(await count_by_user(db, selection, window, by_user=by_user), counts)
        if dids is not None:
            await dids.add(db, window, counts)
    found = [group for _, groups in logs for group in groups.in_order()]
    if dids is not None:
        found += await dids.in_order(db)
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
