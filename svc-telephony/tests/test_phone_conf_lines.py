"""No text of a phone may break out of its line of a conf file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError
from svc_telephony.phones.schemas import NewPhone, PhoneChanges, WhichServer

# Not the extension of a change: it is compared with the path's, and never stored.
FIELDS: list[tuple[Schema, str]] = [
    (schema, name)
    for schema in (NewPhone(), PhoneChanges(), WhichServer())
    for name in schema.fields
    if not (name == "extension" and isinstance(schema, PhoneChanges))
]
EACH = pytest.mark.parametrize(
    ("schema", "name"),
    FIELDS,
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
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


@EACH
@given(text=TEXTS)
def test_no_field_takes_a_text_that_ends_a_line_or_a_value(
    schema: Schema, name: str, text: str
) -> None:
    try:
        taken = schema.fields[name].deserialize(text)
    except ValidationError:
        return
    assert not set(str(taken)) & set(BREAKS)


@EACH
def test_every_field_refuses_each_of_them(schema: Schema, name: str) -> None:
    for sign in BREAKS:
        for text in (f"a{sign}b", f"10.0.0.5{sign}", f"{sign}8001", sign):
            with pytest.raises(ValidationError):
                schema.fields[name].deserialize(text)
