"""Which groups calls by hour and status are asked of (contract: call-stats/status, step 1)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from dialkit.db import Queries

from svc_reports.call_stats.asked_groups import AskedGroups
from svc_reports.call_stats.definitions import list_campaigns, list_in_groups
from svc_reports.call_stats.store import Log


async def asked_groups(db: Queries, query: Mapping[str, Any]) -> list[AskedGroups]:
    """The campaigns asked for, and the in-groups asked for or that these campaigns take calls of.

    All campaigns are those of the log too; so are all in-groups.
    """
    ids: list[str] | None = query.get("campaigns")
    campaigns = await list_campaigns(db, ids)
    defined = [campaign_id for campaign_id, _ in campaigns]
    closers = chain.from_iterable(in_groups for _, in_groups in campaigns)
    return [
        AskedGroups(Log.OUTBOUND, ids, defined if ids is None else ids, defined),
        await _in_groups(db, query.get("ingroups", list(dict.fromkeys(closers)))),
    ]


async def _in_groups(db: Queries, ids: list[str] | None) -> AskedGroups:
    defined = [] if ids == [] else await list_in_groups(db, ids)
    return AskedGroups(Log.INBOUND, ids, defined if ids is None else ids, defined)
