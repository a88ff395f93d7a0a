"""Which numbers and words the DNC lists and the filter phone groups hold, and how."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import ValidationError
from svc_lists.phones import FilteredPhone, ListedPhone

NUMBERS = [
    pytest.param("555123", "555123", id="6 digits"),
    pytest.param("1" * 18, "1" * 18, id="18 digits"),
    pytest.param(" (555) 123-4567 ", "5551234567", id="punctuation"),
    pytest.param("+1.555.123.4567", "15551234567", id="plus and dots"),
    pytest.param(5551234567, "5551234567", id="a whole number"),
    pytest.param("212XXXXXXX", "212XXXXXXX", id="area code"),
    pytest.param("(212) xxx-xXxX", "212XXXXXXX", id="area code, any case"),
]
WORDS = [
    pytest.param("BLANK", "BLANK", id="no caller ID"),
    pytest.param("anonymous", "ANONYMOUS", id="any case"),
    pytest.param("abc", "ABC", id="3 letters"),
    pytest.param("x" * 18, "X" * 18, id="18 letters"),
    pytest.param("Not Available", "NOTAVAILABLE", id="a space is punctuation"),
    pytest.param("неизвестно", "НЕИЗВЕСТНО", id="Cyrillic"),
    pytest.param("weiß", "WEIß", id="a letter whose capitals are two"),
    pytest.param("未知的", "未知的", id="no capitals"),
]
NOTHING = [
    pytest.param("", id="empty"),
    pytest.param("()-", id="punctuation alone"),
    pytest.param("12345", id="5 digits"),
    pytest.param("1" * 19, id="19 digits"),
    pytest.param("212XXXXXX", id="six X"),
    pytest.param("212XXXXXXXX", id="eight X"),
    pytest.param("21XXXXXXXX", id="two digits and X"),
    pytest.param("555123456a", id="digits and a letter"),
    pytest.param("٥٥٥١٢٣٤", id="digits of another script"),
    pytest.param("5551234567\n", id="line break"),
    pytest.param("ab", id="2 letters"),
    pytest.param("x" * 19, id="19 letters"),
    pytest.param("abc1", id="letters and a digit"),
    pytest.param("O'Neil", id="quote"),
    pytest.param("\U0001d5d4\U0001d5d5\U0001d5d6", id="beyond the Basic Multilingual Plane"),
    pytest.param("\x00ab", id="control character"),
    pytest.param(True, id="a flag"),
    pytest.param(5551234567.0, id="a fraction"),
    pytest.param(["5551234567"], id="a list"),
]


@pytest.mark.parametrize(("given", "stored"), NUMBERS)
@pytest.mark.parametrize("field", [ListedPhone(), FilteredPhone()])
def test_a_number_is_digits_or_an_area_code(field: ListedPhone, given: Any, stored: str) -> None:
    assert field.deserialize(given) == stored


@pytest.mark.parametrize(("given", "stored"), WORDS)
def test_a_filter_group_takes_letters_too(given: str, stored: str) -> None:
    assert FilteredPhone().deserialize(given) == stored


@pytest.mark.parametrize("given", [param.values[0] for param in WORDS])
def test_a_dnc_list_takes_no_letters(given: str) -> None:
    with pytest.raises(ValidationError, match="Must be 6 to 18 digits, or three digits and X"):
        ListedPhone().deserialize(given)


@pytest.mark.parametrize("given", NOTHING)
@pytest.mark.parametrize("field", [ListedPhone(), FilteredPhone()])
def test_anything_else_is_refused(field: ListedPhone, given: Any) -> None:
    with pytest.raises(ValidationError):
        field.deserialize(given)
