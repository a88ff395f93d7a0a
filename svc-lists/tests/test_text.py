"""PLAIN, URL and letters, whatever comes in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_lists.text import Letters, Plain, Url, is_letter_or_digit

# What PLAIN is about comes often.
ANY_TEXT = st.text(st.one_of(st.sampled_from("'\"\\;<> \r\n\t\0"), st.characters()), max_size=40)
HARMFUL = set("'\"\\;<>\r\n\t\0")
OTHERS = " -.,_"


def refusal(field: Plain | Letters, value: object) -> str:
    """Why the field refuses the value."""
    with pytest.raises(ValidationError) as refused:
        field.deserialize(value)
    (why,) = refused.value.messages
    return str(why)


@pytest.mark.parametrize("field", [Plain(30), Url()], ids=["PLAIN", "URL"])
@given(text=ANY_TEXT)
def test_nothing_accepted_can_harm(field: Plain, text: str) -> None:
    try:
        accepted = field.deserialize(text)
    except ValidationError:
        return
    assert accepted == text.strip(" ")
    assert not set(accepted) & HARMFUL
    assert all(ord(character) <= 0xFFFF for character in accepted)
    assert not {unicodedata.category(character) for character in accepted} & {"Cc", "Zl", "Zp"}


@pytest.mark.parametrize("character", ["'", '"', "\\", ";", "<", ">"])
def test_a_character_that_breaks_vicidials_pages_is_named(character: str) -> None:
    for field in (Plain(30), Url()):
        assert refusal(field, f"a{character}b") == f"Character not allowed: {character}"


@pytest.mark.parametrize(
    "text", ["a & b | c", "`$(x)`", "100%", "#1", "é 中文", "{a: [b]}", "a=b&c=?", "!*~^@/+"]
)
def test_all_else_is_plain(text: str) -> None:
    assert Plain(30).deserialize(text) == text
    assert Url().deserialize(text) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "May not be empty"), ("  ", "May not be empty"), ("a", "Shorter than 2"),
     ("a" * 6, "Longer than 5 characters")],
)  # fmt: skip
def test_plain_text_counts_characters(text: str, why: str) -> None:
    assert refusal(Plain(5, least=2), text) == why
    assert Plain(5, least=2).deserialize("中文中文中") == "中文中文中"


def test_a_url_counts_bytes() -> None:
    assert Url().deserialize("é" * 32_500) == "é" * 32_500
    assert refusal(Url(), "é" * 32_500 + "a") == "Longer than 65000 bytes"
    assert refusal(Url(), "a" * 65_001) == "Longer than 65000 bytes"


def test_a_url_may_be_empty_where_that_means_none() -> None:
    field = Url(least=5)

    assert [field.deserialize(text) for text in ("", " ", "http:")] == ["", "", "http:"]
    assert refusal(field, "http") == "Shorter than 5"
    assert refusal(Url(least=5, or_empty=False), "") == "May not be empty"


@given(text=ANY_TEXT)
def test_letters_are_letters_digits_and_the_others(text: str) -> None:
    try:
        accepted = Letters(40, others=OTHERS).deserialize(text)
    except ValidationError:
        assert any(not is_allowed(character) for character in text.strip(" "))
    else:
        assert accepted == text.strip(" ")
        assert all(map(is_allowed, accepted))


@pytest.mark.parametrize("character", ["é", "ß", "中", "ж", "a", "Z", "0"])
def test_a_letter_is_of_any_script(character: str) -> None:
    assert is_letter_or_digit(character)
    assert Letters(5, others="").deserialize(character) == character


@pytest.mark.parametrize(
    "character",
    [pytest.param("\u0661", id="other digit"), pytest.param("\u00b2", id="superscript"),
     pytest.param("\U00010400", id="letter beyond the plane"), pytest.param("_", id="underscore"),
     pytest.param("\u0301", id="accent alone"), pytest.param("\u00a0", id="other space"),
     pytest.param("€", id="sign"), pytest.param("\n", id="line break")],
)  # fmt: skip
def test_what_is_no_letter(character: str) -> None:
    assert not is_letter_or_digit(character)
    assert refusal(Letters(5, others=""), f"a{character}b").startswith("Character not allowed: ")


def test_the_length_of_letters_is_limited() -> None:
    field = Letters(5, least=1, others=" ")

    assert field.deserialize(" é é é ") == "é é é"
    assert refusal(field, "abcdef") == "Longer than 5 characters"
    assert refusal(field, " ") == "May not be empty"


def is_allowed(character: str) -> bool:
    """Whether a character is allowed, by another way than the field's."""
    if character in OTHERS or character in "0123456789":
        return True
    return unicodedata.category(character).startswith("L") and ord(character) <= 0xFFFF
