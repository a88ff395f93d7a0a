"""Ranks of campaigns and of in-groups: their fields in requests, their columns in the tables."""

from __future__ import annotations

from typing import Any, NamedTuple


class RankKind(NamedTuple):
    """The names of fields: the rank, the grade, what limits them, and what switches that off.

    The limit's field is also the key in all tables. The live session has a weight for the rank.
    """

    key: str
    rank: str
    grade: str
    switch: str
    rank_columns: tuple[str, ...]
    grade_column: str


CAMPAIGNS = RankKind(
    key="campaign_id",
    rank="campaign_rank",
    grade="campaign_grade",
    switch="camp_rg_only",
    rank_columns=("campaign_rank", "campaign_weight"),
    grade_column="campaign_grade",
)
IN_GROUPS = RankKind(
    key="group_id",
    rank="ingroup_rank",
    grade="ingroup_grade",
    switch="ingrp_rg_only",
    rank_columns=("group_rank", "group_weight"),
    grade_column="group_grade",
)
KINDS = (CAMPAIGNS, IN_GROUPS)


class Rank(NamedTuple):
    """A rank, a grade, or both; for all campaigns or in-groups, or for the one of `limit`."""

    kind: RankKind
    rank: int | None
    grade: int | None
    limit: str | None

    @property
    def values(self) -> dict[str, int]:
        """The columns that it sets."""
        ranks = {} if self.rank is None else dict.fromkeys(self.kind.rank_columns, self.rank)
        return ranks if self.grade is None else ranks | {self.kind.grade_column: self.grade}

    @property
    def session_values(self) -> dict[str, int]:
        """The columns of the live session that it sets."""
        return {name: value for name, value in self.values.items() if not name.endswith("_rank")}

    def limited(self, word: str) -> tuple[str, list[Any]]:
        """The condition that limits a statement, after that word, and its parameter."""
        return ("", []) if self.limit is None else (f" {word} {self.kind.key} = %s", [self.limit])
