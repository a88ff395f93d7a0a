"""SQL of ranks and grades: a row for each campaign or in-group, and the live session's.

Writes vicidial_campaign_agents, vicidial_inbound_group_agents, vicidial_live_agents,
vicidial_live_inbound_agents; reads vicidial_campaigns, vicidial_inbound_groups.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.sql import assignments


class RankKind(NamedTuple):
    """Where ranks of campaigns, or of in-groups, are kept: columns, and statements."""

    key: str
    rank_columns: tuple[str, str]
    grade_column: str
    rows: str
    session: str
    total: str


CAMPAIGNS = RankKind(
    "campaign_id",
    ("campaign_rank", "campaign_weight"),
    "campaign_grade",
    """
    INSERT INTO vicidial_campaign_agents (user, campaign_id, {columns})
    SELECT %s, campaign_id, {places} FROM vicidial_campaigns{limit}
    ON DUPLICATE KEY UPDATE {changes}
    """,
    "UPDATE vicidial_live_agents SET {changes} WHERE user = %s{limit}",
    "SELECT COUNT(*) FROM vicidial_campaigns{limit}",
)
IN_GROUPS = RankKind(
    "group_id",
    ("group_rank", "group_weight"),
    "group_grade",
    """
    INSERT INTO vicidial_inbound_group_agents (user, group_id, {columns})
    SELECT %s, group_id, {places} FROM vicidial_inbound_groups{limit}
    ON DUPLICATE KEY UPDATE {changes}
    """,
    "UPDATE vicidial_live_inbound_agents SET {changes} WHERE user = %s{limit}",
    "SELECT COUNT(*) FROM vicidial_inbound_groups{limit}",
)


class Rank(NamedTuple):
    """A rank, a grade, or both; for all campaigns or in-groups, or for the one of `limit`."""

    kind: RankKind
    rank: int | None
    grade: int | None
    limit: str | None

    @property
    def values(self) -> dict[str, int]:
        """The columns of the rows that it sets."""
        ranks = {} if self.rank is None else dict.fromkeys(self.kind.rank_columns, self.rank)
        return ranks if self.grade is None else ranks | {self.kind.grade_column: self.grade}

    @property
    def session_values(self) -> dict[str, int]:
        """The columns of the live session that it sets: the weight stands for the rank."""
        return {name: value for name, value in self.values.items() if not name.endswith("_rank")}

    def limited(self, word: str) -> tuple[str, list[Any]]:
        """The condition that limits a statement, after that word, and its parameter."""
        return ("", []) if self.limit is None else (f" {word} {self.kind.key} = %s", [self.limit])


async def write_rows(db: Queries, login: str, rank: Rank) -> None:
    """Set what is given in the user's rows; those that are missing are made."""
    values = rank.values
    limit, limits = rank.limited("WHERE")
    sql = rank.kind.rows.format(
        columns=", ".join(values),
        places=", ".join(["%s"] * len(values)),
        limit=limit,
        changes=assignments(values),
    )
    await db.execute(sql, login, *values.values(), *limits, *values.values())


async def change_session(db: Queries, login: str, rank: Rank) -> None:
    """Set what is given in the session of a user who is logged in."""
    values = rank.session_values
    limit, limits = rank.limited("AND")
    sql = rank.kind.session.format(changes=assignments(values), limit=limit)
    await db.execute(sql, *values.values(), login, *limits)


async def count_rows(db: Queries, rank: Rank) -> int:
    """How many campaigns or in-groups it is for."""
    limit, limits = rank.limited("WHERE")
    return int(await db.fetch_value(rank.kind.total.format(limit=limit), *limits))
