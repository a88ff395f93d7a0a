"""A phone's offset from GMT."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_telephony.phones.fields import LocalGmt

OFFSETS = (
    "12.75", "12.00", "11.00", "10.00", "9.50", "9.00", "8.00", "7.00", "6.50", "6.00", "5.75",
    "5.50", "5.00", "4.50", "4.00", "3.50", "3.00", "2.00", "1.00", "0.00", "-1.00", "-2.00",
    "-3.00", "-3.50", "-4.00", "-5.00", "-6.00", "-7.00", "-8.00", "-9.00", "-10.00", "-11.00",
    "-12.00",
)  # fmt: skip


def stored(value: Any) -> str:
    return str(LocalGmt().deserialize(value))


@pytest.mark.parametrize("offset", OFFSETS)
def test_every_spelling_of_an_offset_is_stored_with_two_decimals(offset: str) -> None:
    number = float(offset)
    spellings: list[Any] = [offset, number, f"{number:g}", f" {offset} ", f"{number:.1f}"]
    if number == int(number):
        spellings += [int(number), str(int(number))]

    assert {stored(one) for one in spellings if float(one) == number} == {offset}


@pytest.mark.parametrize("zero", [0, 0.0, -0.0, "0", "-0", "0.00", "-0.00", "00"])
def test_there_is_one_zero(zero: Any) -> None:
    assert stored(zero) == "0.00"


@pytest.mark.parametrize(
    "value",
    ["", " ", "x", "EST", "-5h", "-5,00", "5.", ".5", "--5", "+5.50", "1e1", "5.500", "0x5", "nan",
     "-5.00\n", "-5.00\0", "-5.00;", "٣", 13, -13, 5.25, 10**30, float("inf"), float("nan"), True,
     False, [], {}, [-5]],
)  # fmt: skip
def test_anything_else_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError, match="Must be one of: 12"):
        stored(value)


@given(st.one_of(st.floats(), st.integers(), st.decimals(places=2, min_value=-99, max_value=99)))
def test_nothing_but_an_offset_is_ever_stored(value: Any) -> None:
    for one in (value, str(value)):
        try:
            offset = stored(one)
        except ValidationError:
            continue
        assert offset in OFFSETS
        assert float(offset) == float(value)
