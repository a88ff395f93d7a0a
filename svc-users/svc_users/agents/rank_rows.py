"""How an agent ranks in in-groups and campaigns, and what holds where no row says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dialkit.collation import folded
from dialkit.db import Row

RankColumns = dict[str, Any]

# By column; the answers have the same keys.
UNRANKED_IN_GROUP: Mapping[str, Any] = {
    "group_rank": 0,
    "group_weight": 0,
    "group_grade": 1,
    "group_web_vars": "",
    "calls_today": 0,
    "daily_limit": -1,
}
UNRANKED_IN_CAMPAIGN: Mapping[str, Any] = {
    "campaign_rank": 0,
    "campaign_weight": 0,
    "campaign_grade": 1,
    "calls_today": 0,
}


def ranks_by_name(rows: Iterable[Row], unranked: Mapping[str, Any]) -> dict[str, RankColumns]:
    """The ranks by folded name, of rows of a name and the columns of `unranked`.

    A column without a value holds what it would without a row.
    """
    return {folded(name): _filled(values, unranked) for name, *values in rows if name is not None}


def _filled(values: Iterable[Any], unranked: Mapping[str, Any]) -> RankColumns:
    return {
        column: default if value is None else value
        for (column, default), value in zip(unranked.items(), values, strict=True)
    }
