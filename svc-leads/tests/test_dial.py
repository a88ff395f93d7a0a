"""Which code and number are dialed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_leads.leads.dial import DialedPhone, code_from_country, national_number, only_code

FIELD = DialedPhone(6, 16)
DIGITS = st.text("0123456789", min_size=6, max_size=16)
CODES = st.text("0123456789", min_size=1, max_size=10)
PUNCTUATION = st.text(" ()-.+", max_size=3)


@given(digits=DIGITS, noise=st.lists(PUNCTUATION, min_size=16, max_size=16))
def test_punctuation_is_dropped(digits: str, noise: list[str]) -> None:
    """Wherever it stands, a `+` in front aside."""
    spelled = digits[0] + "".join(
        drop + digit for drop, digit in zip(noise, digits[1:], strict=False)
    )

    assert FIELD.deserialize(spelled + noise[-1]) == digits


@given(code=CODES, digits=DIGITS, drop=PUNCTUATION)
def test_a_number_with_plus_loses_its_country_code(code: str, digits: str, drop: str) -> None:
    cleaned = FIELD.deserialize(f" (+{code}{drop}{digits}")

    assert national_number(cleaned, code, FIELD) == digits


@given(code=CODES, digits=DIGITS)
def test_a_number_without_plus_is_never_changed(code: str, digits: str) -> None:
    assert national_number(FIELD.deserialize(digits), code, FIELD) == digits


@given(code=CODES, digits=DIGITS)
def test_a_number_of_another_country_is_refused(code: str, digits: str) -> None:
    other = ("2" if code[0] == "1" else "1") + digits

    with pytest.raises(ValidationError, match=rf"Does not begin with \+{code}: give phone_code"):
        national_number(FIELD.deserialize(f"+{other}"), code, FIELD)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "1" * 17,
        "+x",
        "+" + "1" * 29,
        "555x1234567",
        "٣٣٣٣٣٣",
        "555_123_4567",
        "5551\n234",
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValidationError, match="Must be 6 to 16 digits"):
        FIELD.deserialize(text)


@given(text=st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        cleaned = FIELD.deserialize(text)
    except ValidationError:
        return
    assert set(cleaned.removeprefix("+")) <= set("0123456789")


@pytest.mark.parametrize(
    ("country_code", "code"),
    [
        ("1", "1"),
        ("44", "44"),
        ("044", "44"),
        ("000", "1"),
        ("", "1"),
        ("USA", None),
        ("4A", None),
        ("٤٤", None),
        ("²", None),
    ],
)
def test_code_from_country(country_code: str, code: str | None) -> None:
    assert code_from_country(country_code) == code


def test_the_one_code_of_a_country() -> None:
    assert (only_code("GBR", [44]), only_code("XYZ", [])) == ("44", "1")
    with pytest.raises(ValidationError, match="Required: country NLD has several"):
        only_code("NLD", [1, 31])
