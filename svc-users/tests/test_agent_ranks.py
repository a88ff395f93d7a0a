"""What rank rows say, and what holds without them."""

from __future__ import annotations

from typing import Any

import pytest
from svc_users.agents.rank_rows import UNRANKED_IN_CAMPAIGN, UNRANKED_IN_GROUP, ranks_by_name


def test_a_row_is_found_by_its_folded_name() -> None:
    rows = [("Sales ", 3, 4, 5, "a=b", 6, 7), (None, 1, 1, 1, "", 1, 1)]

    assert ranks_by_name(rows, UNRANKED_IN_GROUP) == {
        "sales": {
            "group_rank": 3,
            "group_weight": 4,
            "group_grade": 5,
            "group_web_vars": "a=b",
            "calls_today": 6,
            "daily_limit": 7,
        }
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((None, None, None, None), (0, 0, 1, 0)),
        ((0, 0, 0, 0), (0, 0, 0, 0)),
        ((None, -3, None, 5), (0, -3, 1, 5)),
    ],
)
def test_only_what_has_no_value_is_filled_in(values: Any, expected: Any) -> None:
    ranks = ranks_by_name([("C", *values)], UNRANKED_IN_CAMPAIGN)

    assert tuple(ranks["c"].values()) == expected
