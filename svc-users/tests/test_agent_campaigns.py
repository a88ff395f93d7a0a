"""Which campaigns an agent may use, and their in-groups."""

from __future__ import annotations

import pytest
from svc_users.agents.campaigns import Campaign, listed_in_groups, shown, wanted


@pytest.mark.parametrize(
    ("allowed", "only", "expected"),
    [
        (" A B -", None, ["A", "B"]),
        (" A B -", "b", ["b"]),
        (" A B -", "C", []),
        (" -ALL-CAMPAIGNS- - -", None, None),
        (" -ALL-CAMPAIGNS- - -", "C", ["C"]),
        (" A -all-campaigns- -", None, None),
        (" A -ALL -", None, ["A", "-ALL"]),
        (" -", None, []),
        (None, None, []),
        (None, "A", []),
    ],
)
def test_campaigns_are_looked_for_as_they_are_allowed_and_asked_for(
    allowed: str | None, only: str | None, expected: list[str] | None
) -> None:
    assert wanted(allowed, only) == expected


CAMPAIGNS = [
    Campaign("ONE", "One", " SALES AGENTDIRECT Support -"),
    Campaign("TWO", None, " sales agentdirect_2 MY_AGENTDIRECT GONE -"),
    Campaign("BARE", None, None),
]


@pytest.mark.parametrize(
    ("agent_direct", "more"), [(True, {"agentdirect", "agentdirect_2"}), (False, set())]
)
def test_the_in_groups_of_all_campaigns_are_looked_for_at_once(
    agent_direct: bool, more: set[str]
) -> None:
    listed = listed_in_groups(CAMPAIGNS, agent_direct=agent_direct)

    assert listed == {"sales", "support", "my_agentdirect", "gone"} | more


def test_each_campaign_shows_its_own_in_the_given_order() -> None:
    rows = shown(CAMPAIGNS, {}, ["SUPPORT", "Sales", "MY_AGENTDIRECT"])

    assert [(row["campaign_id"], row["campaign_name"], row["in_groups"]) for row in rows] == [
        ("ONE", "One", ["SUPPORT", "Sales"]),
        ("TWO", None, ["Sales", "MY_AGENTDIRECT"]),
        ("BARE", None, []),
    ]
