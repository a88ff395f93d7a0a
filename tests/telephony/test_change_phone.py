"""PUT /api/v1/phones/{phone_id}: the columns of a phone."""

from typing import Any

import pytest
from support.apps import Start, Telephony, clock_at
from support.changes import admin_log, changes, difference, written_since
from support.database import TestDatabase
from support.passwords import set_system
from support.phone_fields import ALIASES, CAN_BE_EMPTY, COLUMN_OF, FITTING
from support.phones import (
    KEY,
    PASSWORDS,
    PHONES,
    change,
    everything,
    make_full_phone,
    make_things,
    phone_row,
    phones,
    updated,
)
from support.telephony import SERVER_IP, make_phone, to_rebuild

LOG_ROW = ("PHONES", "MODIFY", "8001", "ADMIN API UPDATE PHONE", f"phone: 8001|{SERVER_IP}")
ALL: dict[str, Any] = {
    "dialplan_number": "8101", "phone_login": "desk-8101", "phone_pass": "Phone-Pass_1",
    "registration_password": "Conf-Secret_2", "protocol": "IAX2", "local_gmt": "9.50",
    "outbound_cid": "18005551212", "active": "N", "status": "CLOSED",
    "phone_context": "default", "email": "new@example.com", "admin_user_group": "---ALL---",
    "is_webphone": "N", "webphone_auto_answer": "Y", "use_external_server_ip": "N",
    "on_hook_agent": "N", "template_id": "T" * 15, "outbound_alt_cid": "18005551213",
    "phone_ring_timeout": 20, "delete_vm_after_email": "N", "phone_type": "Softphone",
    "company": "Other", "phone_ip": "192.0.2.30", "computer_ip": "192.0.2.31",
    "voicemail_id": "8101", "phone_full_name": "Desk 8101",
}  # fmt: skip


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to, the phone 8001, and 8002 beside."""
    make_things(db)
    make_full_phone(db)
    make_full_phone(db, "8002")


async def test_only_what_is_sent_changes(telephony: Telephony, db: TestDatabase) -> None:
    before, other = phone_row(db), phone_row(db, "8002")

    assert await change(telephony, company="Other") == updated()

    assert phone_row(db) == before | {"company": "Other"}
    assert phone_row(db, "8002") == other
    assert changes(db) == [LOG_ROW]
    assert to_rebuild(db) == [SERVER_IP]


@pytest.mark.parametrize("field", FITTING)
async def test_values_at_their_limits_are_stored(
    telephony: Telephony, db: TestDatabase, field: str
) -> None:
    before = phone_row(db)

    for sent, stored in FITTING[field]:
        assert await change(telephony, **{field: sent}) == updated(), sent
        assert phone_row(db) == before | {COLUMN_OF[field]: stored}


async def test_an_empty_text_empties(telephony: Telephony, db: TestDatabase) -> None:
    before = phone_row(db)

    assert await change(telephony, **dict.fromkeys(CAN_BE_EMPTY, "")) == updated()

    emptied = dict.fromkeys((COLUMN_OF[field] for field in CAN_BE_EMPTY), "")
    assert phone_row(db) == before | emptied


async def test_all_fields_change_with_one_statement_and_one_log_row(
    telephony: Telephony, db: TestDatabase
) -> None:
    before = phone_row(db)

    answer = await change(telephony, **ALL)

    assert answer == updated()
    columns = {COLUMN_OF.get(name, name): value for name, value in ALL.items()}
    assert difference(before, phone_row(db)) == columns
    assert changes(db) == [LOG_ROW]
    ((*_, statements, _, _),) = admin_log(db)
    assert statements.count("UPDATE") == 1


async def test_fields_have_second_names(telephony: Telephony, db: TestDatabase) -> None:
    before = phone_row(db)

    answer = await change(telephony, **{alias: value for alias, (_, value) in ALIASES.items()})

    assert answer == updated()
    assert phone_row(db) == before | {COLUMN_OF[field]: value for field, value in ALIASES.values()}


async def test_nothing_else_is_written(telephony: Telephony, db: TestDatabase) -> None:
    before = everything(db)

    await change(telephony, phone_full_name="Desk", phone_login="desk1")

    assert written_since(db, before) == {"phones", "servers", "vicidial_admin_log"}


async def test_a_repeat_is_a_success(telephony: Telephony, db: TestDatabase) -> None:
    answers = [await change(telephony, **ALL) for _ in range(2)]

    assert answers == [updated()] * 2
    assert changes(db) == [LOG_ROW] * 2


async def test_the_log_of_changes_holds_who_when_and_the_statement(
    start_telephony: Start, db: TestDatabase
) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    await change(telephony, phone_full_name="Zoë", phone_ring_timeout=20)

    ((*who_and_what, sql, notes, user_group),) = admin_log(db)
    assert who_and_what == [
        "6666", "192.0.2.7", "PHONES", "MODIFY", "8001", "ADMIN API UPDATE PHONE",
    ]  # fmt: skip
    assert (notes, user_group) == (f"phone: 8001|{SERVER_IP}", "---ALL---")
    assert [word in sql for word in ("UPDATE", "20", "'Zoë'", SERVER_IP)] == [True] * 4
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_passwords_are_changed_and_nowhere_to_be_read(
    telephony: Telephony, db: TestDatabase
) -> None:
    before = phone_row(db)

    answer = await change(telephony, **PASSWORDS)
    await telephony.close()

    assert answer == updated()
    stored = {"pass": PASSWORDS["phone_pass"], "conf_secret": PASSWORDS["registration_password"]}
    assert phone_row(db) == before | stored
    shown = f"{answer} {admin_log(db)} {db.rows('SELECT * FROM vicidial_api_log')}"
    assert [secret for secret in PASSWORDS.values() if secret in shown] == []
    ((*_, statement, _, _),) = admin_log(db)
    assert statement.count("'***'") == 2


async def test_without_passwords_none_is_generated(telephony: Telephony, db: TestDatabase) -> None:
    set_system(db, require_password_length=50)
    before = phone_row(db)

    await change(telephony, active="N")

    assert phone_row(db) == before | {"active": "N"}


@pytest.mark.parametrize(
    ("stacks", "protocol", "status"),
    [("SIP", "PJSIP", 400), ("PJSIP", "SIP", 400), ("PJSIP", "PJSIP", 200),
     ("SIP_and_PJSIP", "PJSIP", 200), ("PJSIP", "Zap", 200)],
)  # fmt: skip
async def test_the_site_says_which_sip_stack_phones_use(
    telephony: Telephony, db: TestDatabase, stacks: str, protocol: str, status: int
) -> None:
    set_system(db, allowed_sip_stacks=stacks)

    answered, answer = await change(telephony, protocol=protocol)

    assert answered == status
    assert list(answer.get("details", {})) == ([] if status == 200 else ["protocol"])
    assert phone_row(db)["protocol"] == (protocol if status == 200 else "SIP")


async def test_a_protocol_that_is_not_sent_is_not_checked(
    telephony: Telephony, db: TestDatabase
) -> None:
    set_system(db, allowed_sip_stacks="PJSIP", require_password_length=100)

    assert await change(telephony, active="N") == updated()


async def test_fields_may_come_as_a_form(telephony: Telephony, db: TestDatabase) -> None:
    response = await telephony.put(
        f"{PHONES}/8001", data=KEY | {"phone_ring_timeout": "30", "email": "", "local_gmt": "-8"}
    )

    assert (response.status, await response.json()) == updated()
    row = phone_row(db)
    assert (row["phone_ring_timeout"], row["email"], row["local_gmt"]) == (30, "", "-8.00")


async def test_a_long_extension_is_cut_in_the_log(telephony: Telephony, db: TestDatabase) -> None:
    extension = "x" * 100
    make_phone(db, extension, login="long", dialplan_number="1", voicemail_id="1",
               fullname="Long")  # fmt: skip

    assert await change(telephony, extension, active="N") == updated(extension)

    assert [row[2:] for row in changes(db)] == [
        ("x" * 50, "ADMIN API UPDATE PHONE", f"phone: {extension}|{SERVER_IP}")
    ]


async def test_the_key_never_changes(telephony: Telephony, db: TestDatabase) -> None:
    before = phones(db)

    await change(telephony, extension="8001", server_ip=SERVER_IP, active="N")

    assert phones(db) == before


async def test_the_call_is_logged(telephony: Telephony, db: TestDatabase) -> None:
    await change(telephony, active="N")
    await change(telephony, "8009", active="N")
    await telephony.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("update_phone", "SUCCESS", "Phone updated successfully"),
        ("update_phone", "ERROR", "Phone not found"),
    ]
