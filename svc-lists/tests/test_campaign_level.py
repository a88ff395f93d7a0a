"""Dial levels."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit.errors import InvalidInput
from marshmallow import ValidationError
from svc_lists.campaigns.level import Level, check_levels


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"), ("1", "1"), ("1.0", "1.0"), ("1.00", "1.00"), ("007", "007"),
        ("999.99", "999.99"), (" 2.5 ", "2.5"), (0, "0"), (3, "3"), (1.0, "1.0"), (2.25, "2.25"),
    ],
)  # fmt: skip
def test_a_level_is_a_text_as_sent(value: Any, text: str) -> None:
    assert Level().deserialize(value) == text


@pytest.mark.parametrize(
    "value",
    ["", " ", "x", "-1", "+1", ".5", "1.", "1.234", "1000", "1e1", "1,5", "0x1", "\u0661", "1\n",
     "NaN", -1, -0.5, 1000, 0.001, 1e22, float("inf"), True, None, [1], {}],
    ids=repr,
)  # fmt: skip
def test_another_value_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        Level().deserialize(value)


def test_a_level_has_at_most_so_many_characters() -> None:
    assert Level(5).deserialize("99.99") == "99.99"
    with pytest.raises(ValidationError, match="Longer than 5 characters"):
        Level(5).deserialize("100.25")


@pytest.mark.parametrize(
    ("level", "most"), [("4", 4), ("4.00", 4), ("10", 20), ("3.3", 3.3), ("0", 0), ("0.00", 0)]
)
def test_a_level_may_reach_the_system_s_limit(level: str, most: float) -> None:
    check_levels({"auto_dial_level": level}, most)


@pytest.mark.parametrize(
    ("levels", "most", "beyond"),
    [
        ({"auto_dial_level": "4.01"}, 4, {"auto_dial_level": ["Must be 0 to 4"]}),
        ({"adaptive_maximum_level": "10"}, 3.3, {"adaptive_maximum_level": ["Must be 0 to 3.3"]}),
        (
            {"auto_dial_level": "1", "adaptive_maximum_level": "5"},
            4,
            {"adaptive_maximum_level": ["Must be 0 to 4"]},
        ),
        (
            {"auto_dial_level": "5", "adaptive_maximum_level": "0.01"},
            0,
            {"auto_dial_level": ["Must be 0 to 0"], "adaptive_maximum_level": ["Must be 0 to 0"]},
        ),
    ],
)
def test_a_level_above_it_is_refused(
    levels: dict[str, str], most: float, beyond: dict[str, list[str]]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_levels(levels, most)

    assert refused.value.details == beyond
