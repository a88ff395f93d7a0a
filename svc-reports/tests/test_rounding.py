"""Averages and percentages."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_reports.rounding import average, percentage, rounded


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(1, 2, 1), (3, 2, 2), (5, 2, 3), (1, 3, 0), (2, 3, 1), (0, 7, 0), (7, 0, 0), (0, 0, 0)],
)
def test_halves_go_up(numerator: int, denominator: int, expected: int) -> None:
    assert rounded(numerator, denominator) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, 33.3), (2, 3, 66.7), (1, 2000, 0.1), (1, 2001, 0.0), (1, 1, 100.0), (1, 0, 0.0)],
)
def test_percentages_have_one_decimal(part: int, whole: int, expected: float) -> None:
    assert percentage(part, whole) == expected


@given(st.integers(0, 10**9), st.integers(1, 10**7))
def test_an_average_is_what_a_person_would_write_down(total: int, count: int) -> None:
    exact = Decimal(total) / Decimal(count)

    assert average(total, count) == float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
