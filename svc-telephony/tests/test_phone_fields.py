"""What texts the fields of phones take: none may break out of a line of a conf file."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit import fields
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError
from svc_telephony.phones.fields import Address, CallerId
from svc_telephony.phones.schemas import NewPhone, PhoneChanges, WhichServer

SCHEMAS: list[Schema] = [NewPhone(), PhoneChanges(), WhichServer()]
# Texts of each kind that are taken, to be broken by what is put into them.
GOOD = ("8001", "desk-1_A", "Zoë Müller", "zoe@example.com", "192.0.2.20", "-5.00", "SIP", "Y",
        "60", "ACTIVE", "3125551212")  # fmt: skip
BREAKS = "\r\n\0;,"
TEXTS = st.one_of(
    st.text(max_size=30),
    st.text("019azAZ-_*#@. " + BREAKS, max_size=30),
    st.builds(
        lambda good, place, sign: good[:place] + sign + good[place:],
        st.sampled_from(GOOD),
        st.integers(0, 16),
        st.sampled_from([*BREAKS, "", "\u2028", "\x85", "\uff1b"]),
    ),
)


@pytest.mark.parametrize(
    ("schema", "name"),
    [(schema, name) for schema in SCHEMAS for name in schema.fields],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
@given(text=TEXTS)
def test_no_field_takes_a_text_that_ends_a_line_or_a_value(
    schema: Schema, name: str, text: str
) -> None:
    try:
        taken = schema.fields[name].deserialize(text)
    except ValidationError:
        return
    assert not set(str(taken)) & set(BREAKS)


@pytest.mark.parametrize("name", NewPhone().fields)
def test_every_field_refuses_each_of_them(name: str) -> None:
    field = NewPhone().fields[name]

    for sign in BREAKS:
        for text in (f"a{sign}b", f"10.0.0.5{sign}", f"{sign}8001", sign):
            with pytest.raises(ValidationError):
                field.deserialize(text)


@pytest.mark.parametrize("address", ["", "0.0.0.0", "255.255.255.255", "192.0.2.20", "10.9.8.7"])
def test_an_address_is_taken(address: str) -> None:
    assert Address().deserialize(address) == address


@pytest.mark.parametrize(
    "address", ["1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.260", "01.2.3.4", "1.2.3.4\n", "a.b.c.d",
                "1,2,3,4", "::1", "1.2.3.٤", "1..2.3"]
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="Must be an IPv4 address, or empty"):
        Address().deserialize(address)


@pytest.mark.parametrize(
    ("text", "digits"),
    [("", ""), (" ", ""), ("312555", "312555"), ("+1 (312) 555-1212", "13125551212"),
     ("1" * 18, "1" * 18)],
)  # fmt: skip
def test_a_caller_id_is_digits_or_empty(text: str, digits: str) -> None:
    assert CallerId(6, 18).deserialize(text) == digits


@pytest.mark.parametrize("text", ["()", "31255", "1" * 19, "3125551212x", "312555;", "-"])
def test_a_caller_id_has_its_length(text: str) -> None:
    with pytest.raises(ValidationError, match="Must be 6 to 18 digits"):
        CallerId(6, 18).deserialize(text)


@pytest.mark.parametrize("schema", [NewPhone(), PhoneChanges()], ids=["POST", "PUT"])
def test_every_second_name_is_that_of_a_field(schema: fields.Fields) -> None:
    aliases: dict[str, Any] = dict(schema.aliases)

    assert set(aliases.values()) <= set(schema.fields)
    assert not aliases.keys() & schema.fields.keys()
