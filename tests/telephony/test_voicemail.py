"""GET /api/v1/system/voicemail: voicemail boxes, and those of phones."""

from typing import Any

import pytest
from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.live_answers import bad_fields, shown
from support.statements import explained, statements_sent
from support.system_lists import make_mailbox
from support.telephony import make_phone

VOICEMAIL = "/api/v1/system/voicemail"


async def boxes(telephony: Telephony, **query: str) -> list[tuple[Any, ...]]:
    """Type, id and phone of the boxes, in the order of the answer."""
    return [
        (one["type"], one["voicemail_id"], one["extension"], one["server_ip"])
        for one in await shown(telephony, VOICEMAIL, **query)
    ]


async def test_only_a_box_of_its_own_tells_of_messages(
    telephony: Telephony, db: TestDatabase
) -> None:
    for make in (make_mailbox, make_phone):
        make(db, messages=7, old_messages=8)

    found = await shown(telephony, VOICEMAIL)

    numbers = [(one["type"], one["messages"], one["old_messages"]) for one in found]
    assert numbers == [("BOX", 7, 8), ("PHONE", None, None)]


async def test_columns_without_a_value_are_null(telephony: Telephony, db: TestDatabase) -> None:
    of_box = ("active", "email", "messages", "old_messages")
    make_mailbox(db, "8100", fullname="", **dict.fromkeys(of_box))
    db.insert("phones", voicemail_id="8001", template_id="")
    db.execute(
        "UPDATE phones SET extension = NULL, server_ip = NULL, active = NULL, fullname = NULL,"
        " email = NULL"
    )

    (box, phone) = await shown(telephony, VOICEMAIL, active="ALL")

    nothing = dict.fromkeys(("extension", "server_ip", *of_box))
    assert box == nothing | {"voicemail_id": "8100", "fullname": "", "type": "BOX"}
    assert phone == nothing | {"voicemail_id": "8001", "fullname": None, "type": "PHONE"}


async def test_boxes_come_by_id_and_phones_behind_them(
    telephony: Telephony, db: TestDatabase
) -> None:
    for voicemail_id in ("900", "B", "a", "1000"):
        make_mailbox(db, voicemail_id)
    make_phone(db, "8002", voicemail_id="7")
    make_phone(db, "8001", "10.0.0.6", voicemail_id="7")
    make_phone(db, "8001", "10.0.0.5", voicemail_id="7")
    make_phone(db, "8003", voicemail_id="65")

    assert await boxes(telephony) == [
        ("BOX", "1000", None, None),
        ("BOX", "900", None, None),
        ("BOX", "a", None, None),
        ("BOX", "B", None, None),
        ("PHONE", "65", "8003", "10.0.0.5"),
        ("PHONE", "7", "8001", "10.0.0.5"),
        ("PHONE", "7", "8001", "10.0.0.6"),
        ("PHONE", "7", "8002", "10.0.0.5"),
    ]


async def test_a_phone_without_a_box_is_left_out(telephony: Telephony, db: TestDatabase) -> None:
    for number, voicemail_id in enumerate(("", None, "  ", "0")):
        make_phone(db, f"800{number}", voicemail_id=voicemail_id)

    assert await boxes(telephony) == [("PHONE", "0", "8003", "10.0.0.5")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["1", "1"], id="active if nothing else is said"),
        pytest.param({"active": "Y"}, ["1", "1"], id="active"),
        pytest.param({"active": "N"}, ["2", "2"], id="inactive"),
        pytest.param({"active": "ALL"}, ["1", "2", "3", "1", "2", "3"], id="all"),
    ],
)
async def test_boxes_of_both_kinds_are_chosen_alike(
    telephony: Telephony, db: TestDatabase, query: dict[str, str], found: list[str]
) -> None:
    for name, active in (("1", "Y"), ("2", "N"), ("3", None)):
        make_mailbox(db, name, active=active)
        make_phone(db, name, active=active)

    assert [voicemail_id for _, voicemail_id, *_ in await boxes(telephony, **query)] == found


@pytest.mark.parametrize("active", ["y", "1", "NO", "BOX"])
async def test_a_query_that_is_refused(telephony: Telephony, active: str) -> None:
    assert await bad_fields(telephony, f"{VOICEMAIL}?active={active}") == ["active"]


@ENGINES
async def test_two_statements_that_read_no_password_and_find_boxes_by_an_index(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.execute(
        "INSERT INTO phones (extension, server_ip, voicemail_id, active, template_id)"
        " SELECT seq, '10.0.0.5', IF(seq % 100, '', seq), 'Y', '' FROM seq_1_to_2000"
    )

    for voicemail_id in ("8100", "8101"):
        make_mailbox(db, voicemail_id)

    with statements_sent() as statements:
        assert len(await boxes(telephony)) == 2 + 20

    assert [statement for statement in statements if "pass" in statement.sql] == []
    own, of_phones = (explained(db, statement, "svc-telephony") for statement in statements)
    assert [table["table"] for table in own] == ["vicidial_voicemail"]
    assert [(table["table"], table["key"]) for table in of_phones] == [("phones", "voicemail_id")]
