"""What the fields of DIDs take (contract: telephony.md, "DID fields")."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit.http import load
from marshmallow import Schema
from support.did_fields import ALIASES, CAN_BE_EMPTY, FIELDS, UNKNOWN_FIELDS
from support.dids import FULL, NEW
from support.schemas import OTHER_TYPES, no_texts, taken, wrong
from svc_telephony.dids.schemas import DidChanges, DidPath, NewDid

POST, PUT = NewDid(), DidChanges()
EACH = pytest.mark.parametrize("schema", [POST, PUT], ids=["POST", "PUT"])
# What each field does not take, whatever is in the database.
REFUSED: dict[str, list[Any]] = {
    "did_pattern": ["", "1", "1" * 51, "1-800", "(800)5551234", " 18005551234", "18005551234 ",
                    "1@2", "1/2", "a b", "a;b", "a,b", "é"],
    "did_description": ["d" * 51],
    "did_route": ["", "exten", "GROUP", "IN-GROUP", "VMAIL", 1],
    "active": ["", "y", "X", "1", 1],
    "record_call": ["", "y", "Y_QUEUE", 1],
    "extension": ["", " ", "8" * 51, "8+1", "8=1", "a b", "a;b", "a,b", "é"],
    "group": ["I" * 21],
    "menu_id": ["M" * 51],
    "voicemail_ext": ["1" * 11, "1-2", "1/2", "1+2", "a b", "a;b", "a,b", "é"],
    "exten_context": ["", "c" * 51, "a.b", "a#b", "a b", "a;b", "a,b", "é"],
    "phone_extension": ["8" * 101, "8.1", "8@1", "8/1", "a b", "a;b", "a,b", "é"],
    "server_ip": ["1" * 16],
    "agent_user": ["U" * 21],
    "user_unavailable_action": ["", "AGENT", "CALLMENU", "exten", "INGROUP", 1],
    "user_route_settings_ingroup": ["", " ", "I" * 21],
    "filter_clean_cid_number": ["R" * 21, "R;1", "R+1", "R/1", "é"],
    "call_handle_method": ["", "CI", "C" * 41, "cid", "CID-2", "CID 2", "A;B", "A,B", "É"],
    "agent_search_method": ["", "lb", "XX", 1],
    "list_id": ["", 99, 0, -1, 100_000_000_000_000, 2**64, "x", "1.0", 1000.5, [1000], "١٢٣٤"],
    "entry_list_id": ["", -1, 100_000_000_000_000, 2**64, "x", "1.0", 1000.5, [1000], "١٢٣٤"],
    "campaign_id": ["C" * 9, "A.B", "a b", "a;b", "a,b", "é"],
    "phone_code": ["", "1" * 11, "+1", "1-2", "x", "\u0661"],
    "admin_user_group": ["", " ", "G" * 21, "A;B", "A,B", 'A"B', "A<B", "A>B", "A[B", "A]B",
                         "A\\B", "A|B"],
}  # fmt: skip


@EACH
@pytest.mark.parametrize(("field", "values"), REFUSED.items())
def test_a_field_has_limits(schema: Schema, field: str, values: list[Any]) -> None:
    assert taken(schema, NEW, field, values) == []


@EACH
@pytest.mark.parametrize("field", FIELDS)
def test_no_field_takes_what_is_not_printable_or_another_type(schema: Schema, field: str) -> None:
    good = str(FULL[field])

    assert taken(schema, NEW, field, [good]) == [good]
    assert taken(schema, NEW, field, no_texts(good)) == []


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("did_description", "d" * 51, "Longer than 50 characters"),
        ("did_pattern", "1", "Must be 2 to 50 characters of 0-9 A-Z a-z : + * # . _"),
        ("did_pattern", "+1 ", "May not begin or end with a space"),
        ("list_id", 99, "Must be 100 to 99999999999999"),
        ("phone_code", "x", "Must be 1 to 10 digits"),
        ("did_route", "X",
         "Must be one of: EXTEN, VOICEMAIL, VMAIL_NO_INST, AGENT, PHONE, IN_GROUP, CALLMENU"),
    ],
)  # fmt: skip
@EACH
def test_the_reason_is_said(schema: Schema, field: str, value: object, why: str) -> None:
    assert wrong(schema, NEW, **{field: value}) == {field: [why]}


@EACH
def test_all_that_is_wrong_is_named(schema: Schema) -> None:
    assert wrong(schema, NEW, **{name: values[0] for name, values in REFUSED.items()}).keys() == {
        *FIELDS
    }


def test_an_empty_text_empties_in_put_and_counts_as_absent_in_post() -> None:
    empty = dict.fromkeys(CAN_BE_EMPTY, "")

    assert load(PUT, empty) == empty
    assert load(POST, NEW | empty) == NEW


def test_null_is_refused_in_put() -> None:
    fields = [*FIELDS, "delete_did"]

    assert wrong(PUT, NEW, **dict.fromkeys(fields)) == {
        name: ["May not be null"] for name in fields
    }


def test_null_counts_as_absent_in_post() -> None:
    assert load(POST, dict.fromkeys(FIELDS) | NEW) == NEW
    assert wrong(POST, NEW, did_pattern=None) == {"did_pattern": ["Required"]}


@pytest.mark.parametrize(("field", "alias"), ALIASES.items())
@EACH
def test_two_names_of_a_field_must_agree(schema: Schema, field: str, alias: str) -> None:
    value = FULL[field]

    assert load(schema, NEW | {alias: value}) == load(schema, NEW | {alias: value, field: value})
    why = f"Differs from {field}, which is the same field"
    assert wrong(schema, NEW, **{field: value, alias: "B"}) == {alias: [why]}


@EACH
def test_unknown_fields_are_named(schema: Schema) -> None:
    unknown = [*UNKNOWN_FIELDS, *(["delete_did"] if schema is POST else [])]

    assert wrong(schema, NEW, **dict.fromkeys(unknown, "1")) == {
        name: ["Unknown field"] for name in unknown
    }


def test_delete_did_is_a_flag() -> None:
    assert taken(PUT, NEW, "delete_did", ["", "y", "X", "1", 1, *OTHER_TYPES]) == []
    assert taken(PUT, NEW, "delete_did", ["Y", "N"]) == ["Y", "N"]


@pytest.mark.parametrize(
    "did_id",
    ["", "0", "4294967296", "18005551234000", "9" * 20, "9" * 30, "-1", "-", "abc", "1.5", "12x",
     "0x12", "١٢", "12 ", " 12", "12\n", "12'--", "+12", "default"],
)  # fmt: skip
def test_an_id_is_a_number_of_32_bits(did_id: str) -> None:
    assert wrong(DidPath(), {}, did_id=did_id).keys() == {"did_id"}


def test_the_first_and_the_last_id_are_taken() -> None:
    ids = [load(DidPath(), {"did_id": text})["did_id"] for text in ("1", "4294967295")]

    assert ids == [1, 4294967295]
