"""What a new phone has in the fields that a request leaves out."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

import pytest
from dialkit.errors import InvalidInput
from dialkit.http import load
from dialkit.secret import Secret
from hypothesis import given
from hypothesis import strategies as st
from svc_telephony.phones.defaults import generated_passwords
from svc_telephony.phones.schemas import NewPhone

NEW = NewPhone()
KEY = {"extension": "8001", "server_ip": "10.0.0.5"}
TAKEN_FROM = {
    "dialplan_number": "extension",
    "voicemail_id": "dialplan_number",
    "phone_login": "extension",
    "phone_full_name": "extension",
}
WORDS = st.text("-_*#09azAZ", min_size=1, max_size=101)


def wrong(fields: dict[str, Any]) -> Mapping[str, Any]:
    """What is wrong with these fields of a new phone, and why."""
    try:
        load(NEW, KEY | fields)
    except InvalidInput as refused:
        return refused.details or {}
    return {}


def test_names_and_numbers_are_those_of_the_extension() -> None:
    phone = load(NEW, KEY)

    assert {name: phone[name] for name in TAKEN_FROM} == dict.fromkeys(TAKEN_FROM, "8001")


def test_the_sites_settings_and_passwords_are_left_out() -> None:
    left_out = {"local_gmt", "phone_pass", "registration_password", "webphone_auto_answer"}

    assert NEW.fields.keys() - load(NEW, KEY) == left_out


@given(st.dictionaries(st.sampled_from(list(TAKEN_FROM)), WORDS), WORDS)
def test_a_default_is_never_more_than_its_field_takes(
    given_fields: dict[str, str], extension: str
) -> None:
    try:
        phone = load(NEW, KEY | {"extension": extension} | given_fields)
    except InvalidInput:
        return
    for name, source in TAKEN_FROM.items():
        assert phone[name] == given_fields.get(name, phone[source])
        assert NEW.fields[name].deserialize(phone[name]) == phone[name]


@pytest.mark.parametrize(
    ("fields", "required"),
    [
        pytest.param({"extension": "1" * 10}, [], id="10 characters"),
        pytest.param({"extension": "1" * 11}, ["voicemail_id"], id="11 characters"),
        pytest.param({"extension": "1" * 15, "voicemail_id": "1"}, [], id="15 characters"),
        pytest.param({"extension": "x" * 16}, ["phone_login", "voicemail_id"], id="16 characters"),
        pytest.param({"extension": "1" * 20, "voicemail_id": "1", "phone_login": "1"}, [],
                     id="20 characters"),
        pytest.param({"extension": "1" * 21, "voicemail_id": "1", "phone_login": "1"},
                     ["dialplan_number"], id="21 characters"),
        pytest.param({"extension": "1" * 50, "dialplan_number": "1", "phone_login": "1"}, [],
                     id="50 characters"),
        pytest.param({"extension": "1" * 51, "dialplan_number": "1", "phone_login": "1"},
                     ["phone_full_name"], id="51 characters"),
        pytest.param({"extension": "gs-102"}, ["dialplan_number"], id="no number"),
        pytest.param({"dialplan_number": "102*"}, ["voicemail_id"], id="no mailbox"),
        pytest.param({"dialplan": "102*"}, ["voicemail_id"], id="no mailbox, by a second name"),
        pytest.param({"extension": "x" * 16, "login": None, "voicemail_ext": None},
                     ["phone_login", "voicemail_id"], id="nulls"),
        pytest.param({"extension": "x" * 51},
                     ["dialplan_number", "phone_full_name", "phone_login"], id="everything"),
    ],
)  # fmt: skip
def test_a_default_that_does_not_fit_makes_the_field_required(
    fields: dict[str, Any], required: list[str]
) -> None:
    assert sorted(wrong(fields)) == required


# What is wrong by itself, and why.
OTHERS: list[Any] = [
    pytest.param({"active": "y"}, {"active": ["Must be one of: Y, N"]}, id="bad value"),
    pytest.param({"server_ip": None}, {"server_ip": ["Required"]}, id="required"),
    pytest.param({"exten": "8001"}, {"exten": ["Unknown field"]}, id="unknown field"),
    pytest.param({"phone_login": "a b"},
                 {"phone_login": ["Must be 1 to 15 characters of 0-9 A-Z a-z - _"]},
                 id="bad value where the default would not fit"),
    pytest.param({"login": "a b"},
                 {"phone_login": ["Must be 1 to 15 characters of 0-9 A-Z a-z - _"]},
                 id="the same by its second name"),
    pytest.param({"phone_login": None, "active": "y"},
                 {"phone_login": ["Required: extension does not fit"],
                  "active": ["Must be one of: Y, N"]}, id="null"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "why"), OTHERS)
def test_what_has_no_default_is_named_beside_what_else_is_wrong(
    fields: dict[str, Any], why: dict[str, list[str]]
) -> None:
    without_default = {
        "phone_login": ["Required: extension does not fit"],
        "dialplan_number": ["Required: extension does not fit"],
    }

    assert wrong({"extension": "1" * 21, "voicemail_id": "1"} | fields) == without_default | why


def test_of_an_extension_that_is_wrong_itself_nothing_is_taken() -> None:
    assert list(wrong({"extension": "a;b"})) == ["extension"]


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"extension": "x" * 16, "voicemail_id": "1"},
         {"phone_login": ["Required: extension does not fit"]}),
        ({"dialplan_number": "102#"}, {"voicemail_id": ["Required: dialplan_number does not fit"]}),
    ],
)  # fmt: skip
def test_the_error_says_what_is_required_and_why(
    fields: dict[str, str], details: dict[str, Any]
) -> None:
    assert wrong(fields) == details


@given(st.integers(0, 255))
def test_a_generated_password_is_letters_and_digits_and_secret(least: int) -> None:
    passwords = generated_passwords({}, least=least)

    assert passwords.keys() == {"registration_password", "phone_pass"}
    for password in passwords.values():
        assert isinstance(password, Secret)
        assert len(password) == min(max(20, least), 100)
        assert set(password) <= set(string.ascii_letters + string.digits)
        assert NEW.fields["phone_pass"].deserialize(str(password)) == password


def test_no_password_is_generated_for_one_that_is_there() -> None:
    sent = {"phone_pass": Secret("Phone-Pass_1")}

    assert generated_passwords(sent, least=0).keys() == {"registration_password"}
    assert generated_passwords(sent | {"registration_password": Secret("x1")}, least=0) == {}
