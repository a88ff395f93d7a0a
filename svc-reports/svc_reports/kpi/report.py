"""The report as it leaves: groups with their names (contract: GET /kpi/dispositions)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from dialkit.clock import Clock
from dialkit.collation import folded
from dialkit.db import Queries

from svc_reports.kpi import store
from svc_reports.kpi.counting import Group, Groups
from svc_reports.kpi.store import Asked
from svc_reports.ranges import Range, days_up_to
from svc_reports.settings import Limits
from svc_reports.windows import filled_windows, find_newest


async def read_groups(
    db: Queries, clock: Clock, asked: Asked, span: Range | None, limits: Limits
) -> list[dict[str, Any]]:
    """The groups of a range, else of the days up to the newest call."""
    if span is None:
        newest = await find_newest(db, asked.table, store.DATE)
        span = days_up_to(newest, clock, most_days=limits.report_days)
    groups = Groups()
    async for window in filled_windows(db, asked.table, store.DATE, span, limits.window_s):
        groups.add(await store.count_calls(db, asked, window))
    return await _named(db, groups.in_order(), asked.groups)


async def _named(
    db: Queries, groups: Sequence[Group], group_by: Collection[str]
) -> list[dict[str, Any]]:
    """Each group with the ids and names that it is grouped by; null for what is deleted."""
    campaigns, lists = dict[str, Any](), dict[int, Any]()
    if "campaign_id" in group_by:
        ids = [group.campaign_id for group in groups if group.campaign_id is not None]
        names = await store.campaign_names(db, ids) if ids else []
        campaigns = {folded(campaign_id): name for campaign_id, name in names}
    if "list_id" in group_by:
        list_ids = sorted({group.list_id for group in groups if group.list_id is not None})
        lists = await store.list_names(db, list_ids) if list_ids else {}
    return [_shown(group, group_by, campaigns, lists) for group in groups]


def _shown(
    group: Group, group_by: Collection[str], campaigns: dict[str, Any], lists: dict[int, Any]
) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if "campaign_id" in group_by:
        shown["campaign_id"] = group.campaign_id
        shown["campaign_name"] = campaigns.get(folded(group.campaign_id or ""))
    if "list_id" in group_by:
        shown["list_id"] = group.list_id
        shown["list_name"] = None if group.list_id is None else lists.get(group.list_id)
    return shown | group.shown()
