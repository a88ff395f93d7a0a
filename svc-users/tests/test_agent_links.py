"""What links an agent to in-groups."""

from __future__ import annotations

import pytest
from svc_users.agents.in_groups import LOGGED_OUT, NO_INBOUND, Defaults, Inbound, Links, links_of

SESSION = LOGGED_OUT._replace(closer_campaigns=" Picked -")
NONE: frozenset[str] = frozenset()


def test_each_text_links_to_its_own() -> None:
    links = links_of(
        Defaults("a", " Mine ours -"), SESSION, Inbound("Y", "RATIO", " LISTED OURS -")
    )

    assert links == Links(
        user_default=frozenset({"mine", "ours"}),
        allowed=frozenset({"listed", "ours"}),
        selected=frozenset({"picked"}),
        listed=frozenset({"listed", "ours"}),
    )
    assert links.names == {"mine", "ours", "picked", "listed"}


@pytest.mark.parametrize(
    ("allows_inbound", "dial_method", "is_allowed"),
    [
        ("Y", "RATIO", True),
        ("Y", "INBOUND_MAN", True),
        ("Y", None, True),
        ("Y", "MANUAL", False),
        ("N", "RATIO", False),
        (None, "RATIO", False),
    ],
)
def test_what_a_campaign_lists_is_allowed_if_it_takes_calls(
    allows_inbound: str | None, dial_method: str | None, is_allowed: bool
) -> None:
    links = links_of(
        Defaults("a", None), SESSION, Inbound(allows_inbound, dial_method, " LISTED -")
    )

    assert links.allowed == (frozenset({"listed"}) if is_allowed else NONE)
    assert links.names == {"listed", "picked"}


def test_who_is_not_logged_in_has_the_defaults() -> None:
    links = links_of(Defaults("a", " MINE -"), LOGGED_OUT, NO_INBOUND)

    assert links == Links(frozenset({"mine"}), NONE, NONE, NONE)
