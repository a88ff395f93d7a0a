"""What the fields of phones take (contract: telephony.md, POST /phones, "Request")."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit.http import load
from marshmallow import Schema
from support.phone_fields import ALIASES, CAN_BE_EMPTY, FIELDS, FULL, UNKNOWN_FIELDS
from support.schemas import no_texts, taken, wrong
from svc_telephony.phones.schemas import NewPhone, PhoneChanges, WhichServer

KEY = {"extension": "8001", "server_ip": "10.0.0.5"}
POST, PUT = NewPhone(), PhoneChanges()
EACH = pytest.mark.parametrize("schema", [POST, PUT], ids=["POST", "PUT"])
NO_FLAGS = ["", "y", "X", "YES", 1]
NO_WORDS = ["a b", "a;b", "a,b", "a.b", "é"]
NO_PASSWORDS = ["", "a", "a" * 101, " pass", "pass ", *NO_WORDS]
NO_NAMES = [f"a{sign}b" for sign in ';,"<>[]\\|']
NO_NUMBERS = ["x", "12a4567", "123;4567", "123,4567", "()", "-", "٣٤٥٦٧٨٩"]
NO_ADDRESSES = ["1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.260", "1.2.3.04", "01.2.3.4", "1.2.3.x",
                "1,2,3,4", "1..2.3", "1.2.3.٤", "::1", "10.0.0.5;"]  # fmt: skip
NO_SERVERS = ["", " ", "1" * 16, "10.0.0.5;"]
# What each field does not take, whatever is in the database.
REFUSED: dict[str, list[Any]] = {
    "dialplan_number": ["", "1" * 21, "1-2", "1_2", *NO_WORDS],
    "voicemail_id": ["1" * 11, "1-2", "1_2", "1*", *NO_WORDS],
    "phone_login": ["", "a" * 16, *NO_WORDS],
    "phone_pass": NO_PASSWORDS,
    "registration_password": NO_PASSWORDS,
    "protocol": ["", "sip", "H323"],
    "phone_full_name": ["a" * 51, *NO_NAMES],
    "local_gmt": ["", "x", "-5,00", "5.25", "-5.001", "13.00", "-12.75", "-3.5;", "1e1", "+5.50",
                  5.25, 13, [], "٣"],
    "outbound_cid": ["1" * 21, *NO_NUMBERS],
    "active": NO_FLAGS,
    "status": ["", "active", "DELETED"],
    "phone_context": ["", "a" * 21, *NO_WORDS],
    "email": ["a", "a@bc", "example.com", "@abcde", "abcde@", "a@b@example.com",
              "a b@example.com", "a\u00a0b@example.com", f"{'a' * 64}@{'b' * 31}.comm", *NO_NAMES],
    "admin_user_group": ["", " ", "G" * 21, *NO_NAMES],
    "is_webphone": ["", "y", "API"],
    "webphone_auto_answer": NO_FLAGS,
    "use_external_server_ip": NO_FLAGS,
    "on_hook_agent": NO_FLAGS,
    "template_id": ["T" * 16, *NO_NAMES],
    "outbound_alt_cid": ["12345", "1" * 19, *NO_NUMBERS],
    "phone_ring_timeout": ["", 1, 181, -2, 2**64, "x", "60.0", 60.0, [60], "٣"],
    "delete_vm_after_email": NO_FLAGS,
    "phone_type": ["a" * 51, *NO_NAMES],
    "company": ["a" * 11, *NO_NAMES],
    "phone_ip": NO_ADDRESSES,
    "computer_ip": NO_ADDRESSES,
}  # fmt: skip
# The key, and texts that PUT empties.
REFUSED_IN_NEW: dict[str, list[Any]] = {
    "extension": ["", "1", "x" * 101, "a b", "Zap/1", "a;b", "é"],
    "server_ip": NO_SERVERS,
    "voicemail_id": [""],
    "phone_full_name": ["", " "],
}
REFUSED_IN_CHANGES: dict[str, list[Any]] = {
    "extension": ["", " ", "x" * 101],
    "server_ip": NO_SERVERS,
    "delete_phone": NO_FLAGS,
}


@pytest.mark.parametrize(
    ("schema", "field", "values"),
    [
        pytest.param(schema, field, values, id=f"{name} {field}")
        for name, schema, more in (("POST", POST, REFUSED_IN_NEW), ("PUT", PUT, REFUSED_IN_CHANGES))
        for field, values in [*REFUSED.items(), *more.items()]
    ],
)
def test_a_field_has_limits(schema: Schema, field: str, values: list[Any]) -> None:
    assert taken(schema, KEY, field, values) == []


@EACH
@pytest.mark.parametrize("field", FULL)
def test_no_field_takes_what_is_not_printable_or_another_type(schema: Schema, field: str) -> None:
    good = str(FULL[field])

    assert taken(schema, KEY, field, no_texts(good)) == []


@EACH
def test_a_phone_may_have_everything(schema: Schema) -> None:
    assert load(schema, FULL) == FULL


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("phone_login", "a" * 16, "Must be 1 to 15 characters of 0-9 A-Z a-z - _"),
        ("dialplan_number", "1-2", "Must be 1 to 20 characters of 0-9 A-Z a-z * #"),
        ("phone_pass", "a", "Must be 2 to 100 characters of A-Z a-z 0-9 - _"),
        ("email", "a@bc", "Must be an e-mail address of 5 to 100 characters"),
        ("company", "a;b", "Character not allowed: ;"),
        ("company", "a" * 11, "Longer than 10 characters"),
        ("phone_ip", "1.2.3", "Must be an IPv4 address, or empty"),
        ("outbound_alt_cid", "12345", "Must be 6 to 18 digits"),
        ("phone_ring_timeout", 1, "Must be 2 to 180"),
        ("is_webphone", "y", "Must be one of: Y, N, Y_API_LAUNCH"),
    ],
)
@EACH
def test_the_reason_is_said(schema: Schema, field: str, value: object, why: str) -> None:
    assert wrong(schema, KEY, **{field: value}) == {field: [why]}


@EACH
def test_all_that_is_wrong_is_named(schema: Schema) -> None:
    assert wrong(schema, KEY, **{name: values[0] for name, values in REFUSED.items()}).keys() == {
        *FIELDS
    }


def test_an_empty_text_empties_some_fields_in_put() -> None:
    empty = dict.fromkeys(CAN_BE_EMPTY, "")

    assert load(PUT, empty) == empty
    assert wrong(PUT, KEY, **dict.fromkeys(FIELDS, "")).keys() == {*FIELDS} - {*CAN_BE_EMPTY}


@pytest.mark.parametrize("extension", ["5", "Zap/25-1", "a,b;[c]", "Zoë", "x" * 100])
def test_the_extension_of_a_change_is_any_text(extension: str) -> None:
    assert load(PUT, {"extension": extension}) == {"extension": extension}


def test_null_is_refused_in_put() -> None:
    fields = [*FULL, "delete_phone"]

    assert wrong(PUT, KEY, **dict.fromkeys(fields)) == {
        name: ["May not be null"] for name in fields
    }


def test_null_counts_as_absent_in_post() -> None:
    assert load(POST, dict.fromkeys(FIELDS) | KEY) == load(POST, KEY)
    required = {name: ["Required"] for name in KEY}
    assert wrong(POST, KEY, **dict.fromkeys(KEY)) == required


@pytest.mark.parametrize(("alias", "field", "value"), [(a, *of) for a, of in ALIASES.items()])
@EACH
def test_two_names_of_a_field_must_agree(
    schema: Schema, alias: str, field: str, value: str
) -> None:
    same = KEY | {alias: value, field: value}

    assert load(schema, KEY | {alias: value}) == load(schema, same)
    why = f"Differs from {field}, which is the same field"
    assert wrong(schema, KEY, **{field: value, alias: f"{value}2"}) == {alias: [why]}


@EACH
def test_unknown_fields_are_named(schema: Schema) -> None:
    unknown = [*UNKNOWN_FIELDS, *(["delete_phone"] if schema is POST else [])]

    assert wrong(schema, KEY, **dict.fromkeys(unknown, "1")) == {
        name: ["Unknown field"] for name in unknown
    }


def test_the_server_in_the_query_has_the_limits_of_the_one_in_the_body() -> None:
    assert taken(WhichServer(), {}, "server_ip", [*NO_SERVERS, "10.0.0.5\n"]) == []
