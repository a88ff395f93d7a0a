"""What a new phone has in the fields that a request leaves out."""

from __future__ import annotations

import string
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
    ("fields", "details"),
    [
        ({"extension": "x" * 16, "voicemail_id": "1"},
         {"phone_login": ["Required: extension does not fit"]}),
        ({"dialplan_number": "102#"}, {"voicemail_id": ["Required: dialplan_number does not fit"]}),
        ({"extension": "gs-102"}, {"dialplan_number": ["Required: extension does not fit"]}),
    ],
)  # fmt: skip
def test_the_error_says_what_is_required_and_why(
    fields: dict[str, str], details: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        load(NEW, KEY | fields)

    assert refused.value.details == details


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
