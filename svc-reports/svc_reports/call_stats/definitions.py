"""What campaigns, in-groups, statuses and users are: small tables, read whole or by their ids.

Reads vicidial_campaigns, vicidial_inbound_groups, vicidial_statuses, vicidial_campaign_statuses,
vicidial_status_groups, vicidial_users.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dialkit.collation import folded
from dialkit.db import Queries


async def list_campaigns(db: Queries, ids: list[str] | None) -> list[tuple[str, list[str]]]:
    """The campaigns of those ids, or all, each with the in-groups that its agents take calls of."""
    where, params = _among("campaign_id", ids)
    sql = f"SELECT campaign_id, closer_campaigns FROM vicidial_campaigns{where}"  # noqa: S608
    return [(row[0], in_groups_of(row[1])) for row in await db.fetch_all(sql, *params)]


async def list_in_groups(db: Queries, ids: list[str] | None) -> list[str]:
    """The in-groups of those ids, or all."""
    where, params = _among("group_id", ids)
    sql = f"SELECT group_id FROM vicidial_inbound_groups{where}"  # noqa: S608
    return [row[0] for row in await db.fetch_all(sql, *params)]


async def statuses_of_categories(
    db: Queries, categories: list[str], campaigns: list[str] | None
) -> list[str]:
    """The statuses of all campaigns, and those of some, or of any, that are in the categories."""
    where, params = _among("campaign_id", campaigns, opening="AND")
    rows = await db.fetch_all(
        f"""
        SELECT status
        FROM vicidial_statuses
        WHERE category IN %s
        UNION
        SELECT status
        FROM vicidial_campaign_statuses
        WHERE category IN %s{where}
        """,  # noqa: S608
        categories,
        categories,
        *params,
    )
    return [row[0] for row in rows]


async def users_of_groups(db: Queries, user_groups: list[str]) -> list[str]:
    """The present members of user groups."""
    sql = "SELECT user FROM vicidial_users WHERE user_group IN %s"
    return [row[0] for row in await db.fetch_all(sql, user_groups)]


class HumanAnswered:
    """The statuses that say that a person has answered: of all campaigns, and of single ones."""

    def __init__(self, of_all: Iterable[str], of_some: Iterable[tuple[str, str]]) -> None:
        self._of_all = frozenset(map(folded, of_all))
        self._of_some: dict[str, set[str]] = {}
        for campaign_id, status in of_some:
            self._of_some.setdefault(folded(campaign_id), set()).add(folded(status))

    def in_campaigns(self, campaigns: Iterable[str]) -> frozenset[str]:
        """The statuses in any of the campaigns, as `folded` has both."""
        return self._of_all.union(*(self._of_some.get(one, ()) for one in campaigns))


async def human_answered(db: Queries) -> HumanAnswered:
    """The statuses as they are flagged; those of a status group serve all campaigns."""
    rows: list[Any] = await db.fetch_all(
        """
        SELECT TRUE, NULL, status
        FROM vicidial_statuses
        WHERE human_answered = 'Y'
        UNION ALL
        SELECT g.status_group_id IS NOT NULL, c.campaign_id, c.status
        FROM vicidial_campaign_statuses AS c
        LEFT JOIN vicidial_status_groups AS g ON g.status_group_id = c.campaign_id
        WHERE c.human_answered = 'Y' AND c.campaign_id IS NOT NULL
        """
    )
    return HumanAnswered(
        (status for of_all, _, status in rows if of_all),
        ((campaign_id, status) for of_all, campaign_id, status in rows if not of_all),
    )


def in_groups_of(closer_campaigns: str | None) -> list[str]:
    """The names in a column as VICIdial's admin pages write it: ` GROUP1 GROUP2 -`."""
    return [name for name in (closer_campaigns or "").split() if name != "-"]


def _among(
    column: str, ids: list[str] | None, *, opening: str = "WHERE"
) -> tuple[str, list[list[str]]]:
    return ("", []) if ids is None else (f" {opening} {column} IN %s", [ids])
