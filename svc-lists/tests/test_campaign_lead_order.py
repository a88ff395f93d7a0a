"""The orders in which a campaign dials its leads."""

from __future__ import annotations

from itertools import product

import pytest
from marshmallow import ValidationError
from svc_lists.campaigns.lead_order import LeadOrder

BY = ["", " PHONE", " LAST NAME", " COUNT", " LAST CALL TIME", " RANK", " OWNER", " TIMEZONE"]
NEW = ["", " 2nd NEW", " 3rd NEW", " 4th NEW", " 5th NEW", " 6th NEW"]
ORDERS = ["RANDOM", *("".join(parts) for parts in product(["UP", "DOWN"], BY))]
ALL = ["".join(parts) for parts in product(ORDERS, NEW)]


def test_there_are_102() -> None:
    assert len(set(ALL)) == 102


@pytest.mark.parametrize("order", ALL)
def test_an_order_is_taken_as_it_is(order: str) -> None:
    assert LeadOrder().deserialize(order) == order


@pytest.mark.parametrize(
    "order",
    ["", "up", "Down", "SIDEWAYS", "UPPHONE", "UP  PHONE", "UP PHONE COUNT", "RANDOM PHONE",
     "PHONE", "DOWN 1st NEW", "DOWN 7th NEW", "DOWN 2nd", "DOWN 2ND NEW", "DOWN 2nd NEW 3rd NEW",
     "2nd NEW", "DOWN\n", "DOWN RANK DESC", 1, None, ["UP"], True],
    ids=repr,
)  # fmt: skip
def test_another_text_is_refused(order: object) -> None:
    with pytest.raises(ValidationError):
        LeadOrder().deserialize(order)


def test_the_refusal_says_what_there_is() -> None:
    with pytest.raises(ValidationError) as refused:
        LeadOrder().deserialize("SIDEWAYS")

    assert refused.value.messages == [
        "Must be RANDOM, UP, DOWN, or UP or DOWN with one of: PHONE, LAST NAME, COUNT,"
        " LAST CALL TIME, RANK, OWNER, TIMEZONE; each also with 2nd, 3rd, 4th, 5th or 6th NEW"
        " behind it"
    ]
