"""PUT /api/v1/phones/{phone_id}: what is refused, and changes nothing.

All bad values: svc-telephony/tests/test_phone_fields.py.
"""

from typing import Any

import pytest
from support.answers import invalid, named, refused
from support.apps import Telephony
from support.database import TestDatabase
from support.passwords import set_system
from support.phone_fields import BAD, FIELDS, UNKNOWN_FIELDS
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
    updated,
)
from support.system_lists import make_mailbox
from support.telephony import SERVER_IP, make_phone


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to, the phone 8001, and 8002 beside."""
    make_things(db)
    make_full_phone(db)
    make_full_phone(db, "8002")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *BAD.items(), ("delete_phone", "y"), ("extension", "8002"), ("extension", "8001;"),
        ("server_ip", "10.9.9.9"), ("template_id", "NOTEMPLATE"), ("admin_user_group", "NOGROUP"),
    ],
)  # fmt: skip
async def test_a_bad_value_names_the_field_and_writes_nothing(
    telephony: Telephony, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    assert named(await change(telephony, **{"active": "N", field: value})) == [field]
    assert everything(db) == before


async def test_no_field_can_be_null(telephony: Telephony, db: TestDatabase) -> None:
    fields = (*FIELDS, "delete_phone", "extension", "server_ip")
    before = everything(db)

    status, envelope = await change(telephony, **dict.fromkeys(fields))

    assert (status, envelope["details"]) == (400, {name: ["May not be null"] for name in fields})
    assert everything(db) == before


async def test_unknown_fields_are_named(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    answer = await change(telephony, active="N", **dict.fromkeys(UNKNOWN_FIELDS, "1"))

    assert set(named(answer)) == set(UNKNOWN_FIELDS)
    assert everything(db) == before


async def test_two_names_with_different_values_are_a_400_on_the_second_name(
    telephony: Telephony, db: TestDatabase
) -> None:
    before = everything(db)

    answer = await change(telephony, login="desk1", phone_login="desk2")

    assert answer == invalid("login", "Differs from phone_login, which is the same field")
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
        pytest.param({"voicemail_id": "9001", "phone_login": "8002"}, LOGIN_TAKEN, id="both"),
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


@pytest.mark.parametrize("login", ["desk-1", "DESK-1"])
async def test_its_own_login_and_mailbox_are_never_taken(
    telephony: Telephony, db: TestDatabase, login: str
) -> None:
    make_full_phone(db, "8003", login="desk-1", voicemail_id="v1")
    db.insert("phones_alias", alias_id="desk-1", logins_list="8001,8002")
    make_mailbox(db, "v1")
    before = phone_row(db, "8003")

    answer = await change(telephony, "8003", phone_login=login, voicemail_id="V1", active="N")

    assert answer == updated("8003")
    new = {"login": login, "voicemail_id": "V1", "active": "N"}
    assert phone_row(db, "8003") == before | new


async def test_its_own_login_is_not_taken_though_another_phone_has_it_too(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "8001", OTHER_IP, login="8001")  # VICIdial's pages allow it

    answer = await change(telephony, server_ip=SERVER_IP, phone_login="8001", active="N")

    assert answer == updated()


async def test_another_mailbox_of_that_kind_is_taken(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_full_phone(db, "8003", voicemail_id="")
    make_mailbox(db, "8003")
    before = everything(db)

    assert await change(telephony, "8003", voicemail_id="8003") == MAILBOX_TAKEN
    assert everything(db) == before
    assert await change(telephony, "8003", voicemail_id="") == updated("8003")


@pytest.mark.parametrize("login", ["desk1  ", "dèsk1", None])
async def test_logins_that_vicidial_took_are_no_obstacle(
    telephony: Telephony, db: TestDatabase, login: str | None
) -> None:
    make_phone(db, "8003", login=login, voicemail_id=login)

    answers = [
        await change(telephony, "8003", phone_login="desk1", voicemail_id="desk1"),
        await change(telephony, "8001", phone_login="desk1"),
    ]

    assert answers == [updated("8003"), LOGIN_TAKEN]
    assert phone_row(db, "8003")["login"] == "desk1"


async def test_phones_may_share_a_mailbox(telephony: Telephony, db: TestDatabase) -> None:
    assert await change(telephony, voicemail_id="8002") == updated()

    assert phone_row(db)["voicemail_id"] == phone_row(db, "8002")["voicemail_id"] == "8002"
