"""Which statuses and users a report counts (contract: call-stats/dispo, step 2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from dialkit.collation import folded
from dialkit.db import Queries

from svc_reports.call_stats.definitions import statuses_of_categories, users_of_groups


class Filters(NamedTuple):
    """Statuses and users; None where all are counted, an empty list where none are."""

    statuses: list[str] | None
    users: list[str] | None

    @property
    def select_nothing(self) -> bool:
        """Whether one of them was asked for and is of nothing."""
        return [] in self

    def folded(self) -> tuple[Collection[str] | None, Collection[str] | None]:
        """Both as `folded` has them, for what is compared here."""
        statuses, users = (None if names is None else set(map(folded, names)) for names in self)
        return statuses, users


async def asked_filters(db: Queries, query: Mapping[str, Any]) -> Filters:
    """The statuses, with those of the categories; the users, with those of the user groups."""
    statuses, users = query.get("statuses"), query.get("users")
    if (categories := query.get("categories")) is not None:
        found = await statuses_of_categories(db, categories, query.get("campaigns"))
        statuses = [*(statuses or ()), *found]
    if (user_groups := query.get("user_groups")) is not None:
        users = [*(users or ()), *await users_of_groups(db, user_groups)]
    return Filters(statuses, users)
