"""POST /api/v1/phones: what a new phone is."""

from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import Start, Telephony, clock_at
from support.changes import admin_log, changes, written_since
from support.database import TestDatabase
from support.passwords import set_system
from support.phone_fields import ALIASES, COLUMN_OF, FULL
from support.phones import (
    KEY,
    OTHER_IP,
    PASSWORDS,
    PHONES,
    add,
    added,
    everything,
    make_things,
    phone_row,
    phones,
)
from support.telephony import SERVER_IP, make_phone, to_rebuild

LOG_ROW = ("PHONES", "ADD", "8001", "ADMIN API ADD PHONE", f"phone: 8001|{SERVER_IP}")
# What the contract's table and step 3 say of a phone of which only the key and passwords are sent.
DEFAULTS = {
    "extension": "8001", "server_ip": SERVER_IP, "dialplan_number": "8001",
    "voicemail_id": "8001", "login": "8001", "pass": "Phone-Pass_1",
    "conf_secret": "Conf-Secret_2", "protocol": "SIP", "fullname": "8001", "local_gmt": "-5.00",
    "outbound_cid": "", "active": "Y", "status": "ACTIVE", "phone_context": "default", "email": "",
    "user_group": "---ALL---", "is_webphone": "N", "webphone_auto_answer": "Y",
    "use_external_server_ip": "N", "on_hook_agent": "N", "template_id": "",
    "outbound_alt_cid": "", "phone_ring_timeout": 60, "delete_vm_after_email": "N",
    "phone_type": "", "company": "", "phone_ip": "", "computer_ip": "",
    "voicemail_timezone": "eastern",
}  # fmt: skip


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to, and the phone 8500 beside."""
    make_things(db)
    make_phone(db, "8500")


def untouched(db: TestDatabase) -> dict[str, Any]:
    """A phone of which only the key is written: all columns as the table has them by default."""
    db.insert("phones", extension="untouched", server_ip=SERVER_IP, template_id="")
    row = phone_row(db, "untouched")
    db.execute("DELETE FROM phones WHERE extension = 'untouched'")
    return row


async def test_extension_and_server_are_enough(telephony: Telephony, db: TestDatabase) -> None:
    other, by_default = phone_row(db, "8500"), untouched(db)

    assert await add(telephony, **PASSWORDS) == added()

    assert phone_row(db) == by_default | DEFAULTS
    assert phone_row(db, "8500") == other
    assert changes(db) == [LOG_ROW]
    assert to_rebuild(db) == [SERVER_IP]


async def test_a_phone_may_have_everything(telephony: Telephony, db: TestDatabase) -> None:
    by_default = untouched(db)

    answer = await add(telephony, FULL)

    shown = ("extension", "server_ip", "phone_login", "dialplan_number")
    assert answer == added(**{name: FULL[name] for name in shown})
    columns = {COLUMN_OF.get(name, name): value for name, value in FULL.items()}
    expected = by_default | columns | {"voicemail_timezone": "eastern"}
    assert phone_row(db, "gs-102_A", OTHER_IP) == expected
    assert to_rebuild(db) == [OTHER_IP]


@pytest.mark.parametrize("number", ["09azAZ1234", "1"])
async def test_the_mailbox_is_the_number_by_default(
    telephony: Telephony, db: TestDatabase, number: str
) -> None:
    await add(telephony, dialplan_number=number)

    row = phone_row(db)
    assert (row["dialplan_number"], row["voicemail_id"]) == (number, number)
    assert (row["login"], row["fullname"]) == ("8001", "8001")


async def test_fields_have_second_names(telephony: Telephony, db: TestDatabase) -> None:
    by_name = {alias: value for alias, (_, value) in ALIASES.items()}

    status, _ = await add(telephony, extension="8101", **by_name)

    row = phone_row(db, "8101")
    assert status == 200
    for field, value in ALIASES.values():
        assert row[COLUMN_OF[field]] == value


async def test_the_longest_extension_needs_its_own_names(
    telephony: Telephony, db: TestDatabase
) -> None:
    extension = "-_09azAZ" + "x" * 92
    names = {"dialplan_number": "1", "phone_login": "a", "phone_full_name": "b"}

    answer = await add(telephony, extension=extension, **names, **PASSWORDS)

    assert answer == added(extension=extension, phone_login="a", dialplan_number="1")
    assert changes(db) == [
        ("PHONES", "ADD", extension[:50], "ADMIN API ADD PHONE", f"phone: {extension}|{SERVER_IP}")
    ]


async def test_nulls_count_as_absent(telephony: Telephony, db: TestDatabase) -> None:
    nulls = dict.fromkeys(COLUMN_OF.keys() - PASSWORDS.keys())

    assert await add(telephony, **nulls, **PASSWORDS) == added()

    row = phone_row(db)
    assert {name: row[name] for name in DEFAULTS} == DEFAULTS


async def test_the_sites_offset_and_timezone_are_the_default(
    telephony: Telephony, db: TestDatabase
) -> None:
    set_system(db, default_local_gmt="5.50", default_voicemail_timezone="india")

    await add(telephony)
    await add(telephony, extension="8002", local_gmt=-8)

    sql = "SELECT extension, local_gmt, voicemail_timezone FROM phones WHERE extension LIKE '800_'"
    assert db.rows(f"{sql} ORDER BY extension") == [
        ("8001", "5.50", "india"),
        ("8002", "-8.00", "india"),
    ]


async def test_settings_that_are_null_count_as_vicidials_defaults(
    telephony: Telephony, db: TestDatabase
) -> None:
    set_system(db, default_local_gmt=None, default_voicemail_timezone=None,
               require_password_length=None, allowed_sip_stacks=None,
               active_voicemail_server=None)  # fmt: skip

    assert await add(telephony, **PASSWORDS) == added()

    row = phone_row(db)
    assert {name: row[name] for name in DEFAULTS} == DEFAULTS
    assert to_rebuild(db) == [SERVER_IP]


async def test_two_phones_may_share_a_mailbox(telephony: Telephony, db: TestDatabase) -> None:
    status, _ = await add(telephony, voicemail_id="8500")

    assert status == 200
    assert db.value("SELECT COUNT(*) FROM phones WHERE voicemail_id = '8500'") == 2


async def test_one_extension_may_be_on_two_servers(telephony: Telephony, db: TestDatabase) -> None:
    statuses = [
        (await add(telephony, server_ip=server_ip, phone_login=login))[0]
        for server_ip, login in ((SERVER_IP, "8001a"), (OTHER_IP, "8001b"))
    ]

    assert statuses == [200, 200]
    assert phones(db) == [("8001", SERVER_IP, "8001a"), ("8001", OTHER_IP, "8001b"),
                          ("8500", SERVER_IP, "8500")]  # fmt: skip


async def test_fields_may_come_as_a_form(telephony: Telephony, db: TestDatabase) -> None:
    form = KEY | PASSWORDS | {"phone_ring_timeout": "30", "local_gmt": "-5", "email": ""}

    response = await telephony.post(PHONES, data=form)

    assert (response.status, await response.json()) == added()
    row = phone_row(db)
    assert {name: row[name] for name in DEFAULTS} == DEFAULTS | {"phone_ring_timeout": 30}


async def test_the_log_of_changes_holds_who_when_and_the_statement(
    start_telephony: Start, db: TestDatabase
) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    await add(telephony, phone_full_name="Zoë")

    ((*who_and_what, sql, notes, user_group),) = admin_log(db)
    assert who_and_what == ["6666", "192.0.2.7", "PHONES", "ADD", "8001", "ADMIN API ADD PHONE"]
    assert (notes, user_group) == (f"phone: 8001|{SERVER_IP}", "---ALL---")
    assert [word in sql for word in ("INSERT", "'8001'", "'Zoë'")] == [True] * 3
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_the_tag_of_the_body_is_who_did_it(start_telephony: Start, db: TestDatabase) -> None:
    telephony = await start_telephony(caller=Caller(given_tag="", ip="", issuer="gateway"))

    status, _ = await add(telephony, user="boss")

    assert status == 200
    assert [row[:2] for row in admin_log(db)] == [("boss", "")]


async def test_nothing_else_is_written(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    await add(telephony)

    assert written_since(db, before) == {"phones", "servers", "vicidial_admin_log"}


async def test_the_call_is_logged(telephony: Telephony, db: TestDatabase) -> None:
    await add(telephony)
    await add(telephony)
    await telephony.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("add_phone", "SUCCESS", "Phone added successfully"),
        ("add_phone", "ERROR", "Phone already exists on this server"),
    ]
