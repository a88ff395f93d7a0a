"""Whose logins a remote agent's lines work as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_users.remote_agents.lines import overlap


@pytest.mark.parametrize(
    ("login", "lines", "other", "expected"),
    [
        pytest.param("2424", 2, "2425", True, id="the second line"),
        pytest.param("2424", 2, "2426", False, id="beyond the last line"),
        pytest.param("2424", 3, "2426", True, id="the last line"),
        pytest.param("2424", 255, "2424", False, id="its own login"),
        pytest.param("2424", 255, "2423", False, id="below"),
        pytest.param("2424", 1, "2425", False, id="one line"),
        pytest.param("99", 2, "100", True, id="one digit more"),
        pytest.param("0099", 2, "100", True, id="leading zeros"),
        pytest.param("99", 2, "0100", True, id="leading zeros of the other"),
        pytest.param("2424", 9, "2424a", False, id="other that is no number"),
        pytest.param("2424", 9, "2425 ", False, id="other with a space"),
        pytest.param("2424", 9, "", False, id="other that is empty"),
        pytest.param("2424", 9, "٢٤٢٥", False, id="other digits"),
        pytest.param("agent1", 9, "2", False, id="login that is no number"),
        pytest.param("", 9, "2", False, id="no login"),
        pytest.param("9" * 20, 2, "1" + "0" * 20, True, id="beyond 64 bits"),
    ],
)
def test_lines_beyond_the_first_work_as_the_next_numbers(
    login: str, lines: int, other: str, expected: bool
) -> None:
    assert overlap(login, lines, [other]) is expected


NUMBERS = st.integers(0, 10**6)


@given(NUMBERS, st.integers(1, 255), st.lists(NUMBERS))
def test_one_of_many_is_enough(first: int, lines: int, others: list[int]) -> None:
    works_as = set(range(first + 1, first + lines))

    assert overlap(str(first), lines, map(str, others)) is not works_as.isdisjoint(others)
