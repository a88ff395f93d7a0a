"""PUT /api/v1/phones/{phone_id}: what is refused, and changes nothing."""

from typing import Any

import pytest
from support.apps import Telephony
from support.database import TestDatabase
from support.passwords import set_system
from support.phone_fields import ALIASES, BAD_VALUES, FIELDS, UNKNOWN_FIELDS, bad
from support.phones import (
    ALIAS_TAKEN,
    LOGIN_TAKEN,
    MAILBOX_TAKEN,
    OTHER_IP,
    change,
    everything,
    make_full_phone,
    make_things,
    phone_row,
    refused,
    updated,
)
from support.system_lists import make_mailbox
from support.telephony import SERVER_IP, make_phone

# What only PUT refuses: nulls, and what is no flag of its own.
BAD_IN_CHANGES = [
    *(bad(field, None) for field in (*FIELDS, "delete_phone", "extension", "server_ip")),
    *(bad("delete_phone", value) for value in ("", "y", "X", 1, True, ["Y"])),
    *(bad("extension", value) for value in ("", "8002", "8001;", "8001\n", "x" * 101, ["8001"])),
    *(bad("server_ip", value) for value in ("", "10.9.9.9", "---ALL---", "1" * 16, 1.5)),
]


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to, the phone 8001, and 8002 beside."""
    make_things(db)
    make_full_phone(db)
    make_full_phone(db, "8002")


@pytest.mark.parametrize(("field", "value"), [*BAD_IN_CHANGES, *BAD_VALUES])
async def test_a_bad_value_names_the_field_and_writes_nothing(
    telephony: Telephony, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    status, answer = await change(telephony, **{"active": "N", field: value})

    assert (status, list(answer["details"])) == (400, [field])
    assert everything(db) == before


@pytest.mark.parametrize("field", UNKNOWN_FIELDS)
async def test_an_unknown_field_is_named(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    before = everything(db)

    status, answer = await change(telephony, active="N", **{field: "1"})

    assert (status, answer["details"]) == (400, {field: ["Unknown field"]})
    assert everything(db) == before


@pytest.mark.parametrize(("alias", "field", "value"), ALIASES)
async def test_two_names_with_different_values_are_a_400_on_the_second_name(
    telephony: Telephony, db: TestDatabase, alias: str, field: str, value: str
) -> None:
    before = everything(db)

    status, answer = await change(telephony, **{alias: f"{value}2", field: value})

    assert (status, list(answer["details"])) == (400, [alias])
    assert everything(db) == before


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"server_ip": SERVER_IP}, id="the server alone"),
        pytest.param({"extension": "8001", "server_ip": SERVER_IP}, id="the key alone"),
        pytest.param({"delete_phone": "N"}, id="no deletion"),
        pytest.param({"user": "boss"}, id="the tag alone"),
    ],
)
@pytest.mark.parametrize("extension", ["8001", "8009"])
async def test_without_a_field_there_is_no_update(
    telephony: Telephony, db: TestDatabase, extension: str, fields: dict[str, Any]
) -> None:
    before = everything(db)
    sent = fields | ({"extension": extension} if "extension" in fields else {})

    assert await change(telephony, extension, **sent) == refused(400, "No updates defined")

    assert everything(db) == before


async def test_all_that_does_not_exist_or_may_not_be_is_named(
    telephony: Telephony, db: TestDatabase
) -> None:
    set_system(db, require_password_length=10)
    before = everything(db)

    status, answer = await change(
        telephony, template_id="NONE", admin_user_group="NONE", protocol="PJSIP",
        registration_password="short1", phone_pass="s1",
    )  # fmt: skip

    assert status == 400
    assert answer["details"] == {
        "template_id": ["Template not found"],
        "admin_user_group": ["User group not found"],
        "protocol": ["This system allows only SIP"],
        "registration_password": ["Shorter than 10 characters"],
    }
    assert "short1" not in str(answer)
    assert everything(db) == before


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        pytest.param({"phone_login": "8002"}, LOGIN_TAKEN, id="login of another extension"),
        pytest.param({"phone_login": "elsewhere"}, LOGIN_TAKEN, id="login on another server"),
        pytest.param({"phone_login": "ELSEWHERE"}, LOGIN_TAKEN, id="login in capitals"),
        pytest.param({"phone_login": "alias1"}, ALIAS_TAKEN, id="login of an alias"),
        pytest.param({"phone_login": "Alias1"}, ALIAS_TAKEN, id="login of an alias, in capitals"),
        pytest.param({"voicemail_id": "9001"}, MAILBOX_TAKEN, id="mailbox"),
        pytest.param({"voicemail_id": "9001", "phone_login": "8002"}, MAILBOX_TAKEN, id="both"),
    ],
)
async def test_what_is_taken_is_a_409(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], answer: Any
) -> None:
    make_phone(db, "8001", OTHER_IP, login="elsewhere")
    before = everything(db)

    assert await change(telephony, server_ip=SERVER_IP, active="N", **fields) == answer

    assert everything(db) == before


async def test_another_extension_of_the_server_with_that_login_is_in_the_way(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "8003", SERVER_IP, login="third")

    assert await change(telephony, phone_login="third") == LOGIN_TAKEN


async def test_its_own_login_and_mailbox_are_free(telephony: Telephony, db: TestDatabase) -> None:
    before = phone_row(db)

    answer = await change(telephony, phone_login="8001", voicemail_id="8001")

    assert answer == updated()
    assert phone_row(db) == before


async def test_its_own_mailbox_is_taken_where_there_is_such_a_box(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_mailbox(db, "8001")
    before = everything(db)

    answer = await change(telephony, voicemail_id="8001")

    assert answer == MAILBOX_TAKEN
    assert everything(db) == before
    assert await change(telephony, active="N") == updated()


async def test_phones_may_share_a_mailbox(telephony: Telephony, db: TestDatabase) -> None:
    assert await change(telephony, voicemail_id="8002") == updated()

    assert phone_row(db)["voicemail_id"] == phone_row(db, "8002")["voicemail_id"] == "8002"
