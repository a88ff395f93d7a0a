"""Which calls wait for a user group."""

from __future__ import annotations

import pytest
from svc_users.user_groups.calls_waiting import WaitingCalls

CALLS = {"testcamp": 1, "sales": 2, "support": 4, "other": 8, "stray": 16}
IN_GROUPS = {
    "testcamp": " SALES support -",
    "second": " SALES -",
    "other": None,
    "empty": "",
}


@pytest.mark.parametrize(
    ("allowed", "number"),
    [
        pytest.param(" TESTCAMP -", 7, id="a campaign and its in-groups"),
        pytest.param(" testcamp -", 7, id="any case"),
        pytest.param(" SECOND -", 2, id="an in-group alone"),
        pytest.param(" TESTCAMP SECOND -", 7, id="an in-group of two campaigns counts once"),
        pytest.param(" SECOND OTHER -", 10, id="two campaigns"),
        pytest.param(" EMPTY -", 0, id="nothing waits"),
        pytest.param(" SALES STRAY -", 0, id="an in-group is no campaign"),
        pytest.param(" GONE -", 0, id="a campaign that is gone"),
        pytest.param(" -ALL-CAMPAIGNS- - -", 15, id="all campaigns"),
        pytest.param(" -all-campaigns- -", 15, id="all campaigns, any case"),
        pytest.param(" X-ALL-CAMPAIGNS- -", 0, id="a name that ends so"),
        pytest.param(" -ALL-CAMPAIGNS- TESTCAMP -", 15, id="all and one of them"),
        pytest.param("", 0, id="none"),
        pytest.param(" -", 0, id="none but the dash"),
        pytest.param(None, 0, id="NULL"),
    ],
)
def test_a_group_is_waited_for_by_the_calls_of_its_campaigns(
    allowed: str | None, number: int
) -> None:
    assert WaitingCalls(CALLS, IN_GROUPS).of_group(allowed) == number


def test_without_calls_nobody_waits() -> None:
    assert WaitingCalls({}, IN_GROUPS).of_group(" -ALL-CAMPAIGNS- -") == 0
