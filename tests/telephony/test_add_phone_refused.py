"""POST /api/v1/phones: what is refused, by its text or the field that is named.

All bad values: svc-telephony/tests/test_phone_fields.py.
"""

from typing import Any

import pytest
from support.answers import named
from support.apps import Telephony
from support.changes import written_since
from support.database import TestDatabase
from support.passwords import set_system
from support.phone_fields import BAD, UNKNOWN_FIELDS
from support.phones import (
    ALIAS_TAKEN,
    LOGIN_TAKEN,
    MAILBOX_TAKEN,
    ON_SERVER,
    OTHER_IP,
    PHONES,
    add,
    everything,
    make_things,
)
from support.telephony import SERVER_IP, make_phone

# Nothing of that name.
NOT_THERE = [
    ("server_ip", "10.0.0.9"), ("server_ip", "server5"), ("server_ip", "---ALL---"),
    ("server_ip", "10.0.0._"), ("template_id", "NOTEMPLATE"), ("template_id", "---ALL---"),
    ("template_id", "%"), ("admin_user_group", "NOGROUP"), ("admin_user_group", "--ALL--"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to, the phone 8500, and a mailbox of its own."""
    make_things(db)
    make_phone(db, "8500")


@pytest.mark.parametrize(
    ("field", "value"), [*BAD.items(), ("extension", "Zap/1"), ("server_ip", ""), *NOT_THERE]
)
async def test_a_bad_value_names_the_field_and_writes_nothing(
    telephony: Telephony, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    answer = await add(telephony, **{field: value})

    assert named(answer) == [field]
    assert answer[1]["error"].startswith(f"Invalid parameters: {field}: ")
    assert everything(db) == before


async def test_unknown_fields_are_named(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    answer = await add(telephony, delete_phone="N", **dict.fromkeys(UNKNOWN_FIELDS, "1"))

    assert set(named(answer)) == {*UNKNOWN_FIELDS, "delete_phone"}
    assert everything(db) == before


async def test_two_names_with_different_values_are_a_400_on_the_second_name(
    telephony: Telephony, db: TestDatabase
) -> None:
    before = everything(db)

    answer = await add(telephony, conf_secret="One-Pass_1", registration_password="One-Pass_2")

    assert named(answer) == ["conf_secret"]
    assert "One-Pass" not in str(answer)
    assert everything(db) == before


async def test_the_key_is_required(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    for body in ({}, {"extension": None, "server_ip": None}):
        status, answer = await add(telephony, body)
        assert (status, answer["details"]) == (
            400,
            {"extension": ["Required"], "server_ip": ["Required"]},
        )

    assert everything(db) == before


async def test_what_has_no_default_that_fits_is_named_beside_what_is_wrong(
    telephony: Telephony, db: TestDatabase
) -> None:
    before = everything(db)

    status, envelope = await add(
        telephony, extension="x" * 16, voicemail_id="1", active="y", company="a" * 11, exten="1"
    )

    assert (status, envelope["details"]) == (
        400,
        {
            "active": ["Must be one of: Y, N"],
            "company": ["Longer than 10 characters"],
            "exten": ["Unknown field"],
            "phone_login": ["Required: extension does not fit"],
        },
    )
    assert everything(db) == before


@pytest.mark.parametrize(
    ("stacks", "refused"),
    [("SIP", ["PJSIP"]), ("PJSIP", ["SIP"]), ("SIP_and_PJSIP", [])],
)
async def test_the_site_says_which_sip_stack_phones_use(
    telephony: Telephony, db: TestDatabase, stacks: str, refused: list[str]
) -> None:
    set_system(db, allowed_sip_stacks=stacks)
    found = []

    for protocol in ("SIP", "PJSIP", "IAX2", "Zap", "EXTERNAL"):
        status, answer = await add(telephony, extension=f"80{protocol}", protocol=protocol)
        if status == 400:
            found.append(protocol)
            assert list(answer["details"]) == ["protocol"]

    assert found == refused
    assert db.count("phones") == 6 - len(refused)


async def test_the_default_protocol_may_be_refused_too(
    telephony: Telephony, db: TestDatabase
) -> None:
    set_system(db, allowed_sip_stacks="PJSIP")
    before = everything(db)

    status, answer = await add(telephony)

    assert (status, list(answer["details"])) == (400, ["protocol"])
    assert everything(db) == before


async def test_all_that_does_not_exist_or_may_not_be_is_named(
    telephony: Telephony, db: TestDatabase
) -> None:
    set_system(db, require_password_length=10)
    before = everything(db)

    status, answer = await add(
        telephony, server_ip="10.9.9.9", template_id="NONE", admin_user_group="NONE",
        protocol="PJSIP", registration_password="short1",
    )  # fmt: skip

    assert (status, answer["details"]) == (
        400,
        {
            "server_ip": ["Server not found"],
            "template_id": ["Template not found"],
            "admin_user_group": ["User group not found"],
            "protocol": ["This system allows only SIP"],
            "registration_password": ["Shorter than 10 characters"],
        },
    )
    assert everything(db) == before


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        pytest.param({"extension": "8500"}, ON_SERVER, id="phone"),
        pytest.param({"extension": "8500", "phone_login": "new"}, ON_SERVER, id="another login"),
        pytest.param({"phone_login": "8500"}, LOGIN_TAKEN, id="login"),
        pytest.param({"phone_login": "8500", "server_ip": OTHER_IP}, LOGIN_TAKEN,
                     id="login on another server"),
        pytest.param({"extension": "8500", "server_ip": OTHER_IP}, LOGIN_TAKEN,
                     id="login by default"),
        pytest.param({"phone_login": "alias1"}, ALIAS_TAKEN, id="alias"),
        pytest.param({"extension": "ALIAS1", "dialplan_number": "1"}, ALIAS_TAKEN,
                     id="alias by default, in capitals"),
        pytest.param({"voicemail_id": "9001"}, MAILBOX_TAKEN, id="mailbox"),
        pytest.param({"dialplan_number": "9001"}, MAILBOX_TAKEN, id="mailbox by default"),
    ],
)  # fmt: skip
async def test_what_is_taken_is_a_409(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], answer: Any
) -> None:
    before = everything(db)

    assert await add(telephony, **fields) == answer

    # A phone that is there has the flag set again.
    assert written_since(db, before) == ({"servers"} if answer == ON_SERVER else set())


@pytest.mark.parametrize(
    "taken", [{"extension": "DESK-1"}, {"extension": "desk-2", "phone_login": "DESK-1"}]
)
async def test_capitals_make_no_other_phone_and_no_other_login(
    telephony: Telephony, db: TestDatabase, taken: dict[str, str]
) -> None:
    make_phone(db, "desk-1")
    before = db.rows("SELECT * FROM phones")

    status, _ = await add(telephony, **{"dialplan_number": "1", **taken})

    assert status == 409
    assert db.rows("SELECT * FROM phones") == before


async def test_outer_spaces_are_no_part_of_the_key(telephony: Telephony) -> None:
    status, answer = await add(telephony, extension=" 8001 ", server_ip=f" {SERVER_IP} ")

    assert status == 200
    assert (answer["data"]["extension"], answer["data"]["server_ip"]) == ("8001", SERVER_IP)


@pytest.mark.parametrize("body", ['{"extension": ', "[]", '"8001"'])
async def test_a_body_that_is_no_object_is_refused(
    telephony: Telephony, db: TestDatabase, body: str
) -> None:
    response = await telephony.post(PHONES, data=body, headers={"Content-Type": "application/json"})

    assert response.status == 400
    assert db.count("phones") == 1
