"""PUT /api/v1/phones/{phone_id} with `delete_phone`."""

import pytest
from support.answers import Answer, invalid, named
from support.apps import Start, Telephony, clock_at
from support.changes import admin_log, changes, written_since
from support.database import ENGINES, TestDatabase
from support.named_locks import held_by_another
from support.phones import (
    LOCK,
    NOT_FOUND,
    OTHER_IP,
    add,
    change,
    delete,
    deleted,
    everything,
    make_full_phone,
    make_things,
    phones,
)
from support.telephony import SERVER_IP, make_phone, to_rebuild

LOG_ROW = ("PHONES", "DELETE", "8001", "ADMIN API DELETE PHONE", f"phone: 8001|{SERVER_IP}")
OTHERS = [("8001", OTHER_IP, "8001b"), ("8002", SERVER_IP, "8002")]
FLAGS_DOWN = "UPDATE servers SET rebuild_conf_files = 'N'"


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """8001 on two servers, 8002 on one; an alias lists them."""
    make_things(db)
    make_full_phone(db)
    make_phone(db, "8001", OTHER_IP, login="8001b")
    make_full_phone(db, "8002")
    db.insert("phones_alias", alias_id="alias2", logins_list="8001,8002")


async def delete_one(telephony: Telephony) -> Answer:
    return await delete(telephony, server_ip=SERVER_IP)


async def test_one_phone_is_deleted(start_telephony: Start, db: TestDatabase) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    assert await delete_one(telephony) == deleted()

    assert phones(db) == OTHERS
    ((*who_and_what, sql, notes, user_group),) = admin_log(db)
    assert who_and_what == [
        "6666", "192.0.2.7", "PHONES", "DELETE", "8001", "ADMIN API DELETE PHONE",
    ]  # fmt: skip
    assert (notes, user_group) == (f"phone: 8001|{SERVER_IP}", "---ALL---")
    assert [word in sql for word in ("DELETE", "'8001'", SERVER_IP)] == [True] * 3
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"
    assert to_rebuild(db) == [SERVER_IP]


async def test_aliases_that_list_it_stay_as_they_are(
    telephony: Telephony, db: TestDatabase
) -> None:
    before = everything(db)

    await delete_one(telephony)

    assert written_since(db, before) == {"phones", "servers", "vicidial_admin_log"}


async def test_the_only_phone_of_an_extension_needs_no_server(
    telephony: Telephony, db: TestDatabase
) -> None:
    assert await delete(telephony, "8002") == deleted("8002")

    assert [extension for extension, _, _ in phones(db)] == ["8001", "8001"]


async def test_the_key_may_stand_beside_it(telephony: Telephony, db: TestDatabase) -> None:
    answer = await delete(telephony, "8001", extension="8001", server_ip=OTHER_IP)

    assert answer == deleted("8001", OTHER_IP)
    assert to_rebuild(db) == [OTHER_IP]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("active", "Y", id="a field"),
        pytest.param("phone_full_name", "", id="an empty text"),
        pytest.param("phone_pass", "Other-Pass_1", id="a password"),
        pytest.param("template_id", "NONE", id="something that does not exist"),
    ],
)
async def test_any_other_field_beside_it_is_a_400(
    telephony: Telephony, db: TestDatabase, field: str, value: str
) -> None:
    before = everything(db)

    answer = await delete(telephony, server_ip=SERVER_IP, **{field: value})

    assert answer == invalid(field, "Not allowed beside delete_phone=Y")
    assert everything(db) == before


async def test_a_second_name_beside_it_is_refused_too(
    telephony: Telephony, db: TestDatabase
) -> None:
    answer = await delete(telephony, server_ip=SERVER_IP, login="8001")

    assert named(answer) == ["phone_login"]
    assert len(phones(db)) == 3


async def test_all_fields_beside_it_are_named(telephony: Telephony, db: TestDatabase) -> None:
    status, answer = await delete(telephony, server_ip=SERVER_IP, active="N", company="ACME")

    assert status == 400
    why = ["Not allowed beside delete_phone=Y"]
    assert answer["details"] == {"active": why, "company": why}
    assert len(phones(db)) == 3


async def test_the_flag_n_deletes_nothing(telephony: Telephony, db: TestDatabase) -> None:
    status, _ = await change(telephony, server_ip=SERVER_IP, delete_phone="N", active="N")

    assert status == 200
    assert len(phones(db)) == 3
    assert [kind for _, kind, *_ in changes(db)] == ["MODIFY"]


@ENGINES
async def test_a_repeat_is_a_404_and_sets_the_flag_again(
    telephony: Telephony, db: TestDatabase
) -> None:
    await delete_one(telephony)
    db.execute(FLAGS_DOWN)

    assert await delete_one(telephony) == NOT_FOUND

    assert to_rebuild(db) == [SERVER_IP]
    assert (phones(db), changes(db)) == (OTHERS, [LOG_ROW])


async def test_a_repeat_without_a_server_sets_no_flag(
    telephony: Telephony, db: TestDatabase
) -> None:
    await delete(telephony, "8002")
    db.execute(FLAGS_DOWN)

    assert await delete(telephony, "8002") == NOT_FOUND

    assert to_rebuild(db) == []


async def test_a_deleted_phone_can_be_added_again(telephony: Telephony, db: TestDatabase) -> None:
    await delete_one(telephony)

    status, _ = await add(telephony)

    assert status == 200
    assert len(phones(db)) == 3


async def test_a_deletion_waits_for_no_login(telephony: Telephony, db: TestDatabase) -> None:
    with held_by_another(db, LOCK):
        answer = await delete_one(telephony)

    assert answer == deleted()
