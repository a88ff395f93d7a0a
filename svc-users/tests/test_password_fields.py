"""Which passwords come in, and that an error says nothing of them."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit import fields
from dialkit.secret import Secret
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError
from svc_users.passwords.fields import Password, PhonePassword

ALL_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PASSWORD, PHONE_PASSWORD = Password(), PhonePassword()
BOTH = pytest.mark.parametrize("field", [PASSWORD, PHONE_PASSWORD], ids=["user's", "phone's"])
OF_USER = "Must be 2 to 72 characters of A-Z a-z 0-9 - _"
OF_PHONE = "Must be 0 to 100 characters of A-Z a-z 0-9 - _"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (PASSWORD, "ab"),
        (PASSWORD, "-_"),
        (PASSWORD, "-1234-"),
        (PASSWORD, "-a-b-"),
        (PASSWORD, ALL_CHARACTERS),
        (PASSWORD, "x" * 72),
        (PHONE_PASSWORD, ""),
        (PHONE_PASSWORD, "a"),
        (PHONE_PASSWORD, "a--b"),
        (PHONE_PASSWORD, ALL_CHARACTERS),
        (PHONE_PASSWORD, "x" * 100),
    ],
)
def test_a_password_comes_in_as_it_is_and_as_a_secret(field: fields.Password, text: str) -> None:
    password = field.deserialize(text)

    assert password == text
    assert isinstance(password, Secret)


@BOTH
def test_digits_may_come_as_a_number(field: fields.Password) -> None:
    assert repr(field.deserialize(1234)) == "'***'"
    assert field.deserialize(1234) == "1234"


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        (PASSWORD, "", OF_USER),
        (PASSWORD, "Q", OF_USER),
        (PASSWORD, "Q" * 73, OF_USER),
        (PASSWORD, "Q--Q", "May not contain two hyphens in a row"),
        (PASSWORD, "--debug", "May not contain two hyphens in a row"),
        (PHONE_PASSWORD, "Q" * 101, OF_PHONE),
    ],
)
def test_what_is_no_password_is_refused_with_its_reason(
    field: fields.Password, text: str, why: str
) -> None:
    assert refusal(field, text) == why


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "pass word",
        " secret",
        "secret ",
        "se.cret",
        "secret\n",
        "secr\0et",
        "secrét",
        "secret😀",
        "٣٣٣",
    ],
)
def test_characters_that_cannot_be_typed_in_are_refused(field: fields.Password, text: str) -> None:
    assert refusal(field, text) in (OF_USER, OF_PHONE)


@BOTH
@pytest.mark.parametrize("value", [12.5, True, ["secret"], {"secret": "secret"}])
def test_what_is_no_text_is_refused(field: fields.Password, value: Any) -> None:
    assert refusal(field, value) == "Must be a string"


@BOTH
def test_null_is_no_password(field: fields.Password) -> None:
    assert refusal(field, None) == "May not be null"


@given(text=st.text())
def test_any_text_is_taken_or_refused_in_the_same_words(text: str) -> None:
    schema = Schema.from_dict({"phone_pass": PhonePassword()})()

    errors = schema.validate({"phone_pass": text})

    assert errors in ({}, {"phone_pass": [OF_PHONE]})


def refusal(field: fields.Password, value: Any) -> str:
    """The only reason that the field gives for refusing the value."""
    with pytest.raises(ValidationError) as refused:
        field.deserialize(value)
    (why,) = refused.value.messages
    return str(why)
