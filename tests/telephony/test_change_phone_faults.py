"""PUT /api/v1/phones/{phone_id}: steps that fail, and what happens beside a change."""

import asyncio
from typing import Any

import pytest
from support.apps import Start, Telephony
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.named_locks import asked_for, free, held_by_another, without_patience
from support.phones import (
    BUSY,
    LOCK,
    LOGIN_TAKEN,
    NOT_FOUND,
    add,
    change,
    everything,
    make_things,
    phone_row,
    phones,
    updated,
)
from support.statements import statements_sent
from support.telephony import SERVER_IP, make_phone, to_rebuild

LOG_ROW = ("PHONES", "MODIFY", "8001", "ADMIN API UPDATE PHONE", f"phone: 8001|{SERVER_IP}")
# With the lock, and without it.
CHANGES = pytest.mark.parametrize(
    "fields", [{"phone_login": "desk1", "active": "N"}, {"active": "N"}], ids=["login", "other"]
)


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to, the phone 8001, and 8002 beside."""
    make_things(db)
    make_phone(db)
    make_phone(db, "8002")


def steps_done(db: TestDatabase) -> list[str]:
    """Which of the steps are to be seen in the database."""
    seen = {
        "phone": phone_row(db)["active"] == "N",
        "log": changes(db) == [LOG_ROW],
        "flag": to_rebuild(db) == [SERVER_IP],
    }
    return [step for step, done in seen.items() if done]


@ENGINES
@CHANGES
@pytest.mark.parametrize(
    ("table", "operation", "done"),
    [
        ("phones", "UPDATE", []),
        ("vicidial_admin_log", "INSERT", ["phone"]),
        ("servers", "UPDATE", ["phone", "log"]),
    ],
)
async def test_a_step_that_fails_is_finished_by_a_repeat(
    telephony: Telephony, db: TestDatabase, engine: str, table: str, operation: str,
    done: list[str], fields: dict[str, Any],
) -> None:  # fmt: skip
    db.fail_writes(table, operation)
    broken, _ = await change(telephony, **fields)
    found = steps_done(db)
    db.mend_writes(table)

    again = await change(telephony, **fields)

    assert broken == 500
    assert found == (done if engine == "MyISAM" else [])
    assert again == updated()
    assert phone_row(db)["active"] == "N"
    assert set(changes(db)) == {LOG_ROW}
    assert to_rebuild(db) == [SERVER_IP]
    assert free(db, LOCK)


@ENGINES
@CHANGES
async def test_a_lost_connection_is_a_503_and_a_repeat_finishes(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any]
) -> None:
    with db.hold("vicidial_admin_log"):
        request = asyncio.create_task(change(telephony, **fields))
        await db.until_waiting(1)
        db.kill_service_connections()
        lost, _ = await request

    again = await change(telephony, **fields)

    assert (lost, again) == (503, updated())
    assert steps_done(db) == ["phone", "log", "flag"]


@ENGINES
@CHANGES
async def test_a_phone_that_is_deleted_meanwhile_is_a_404(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any]
) -> None:
    with db.hold("system_settings"):  # it stands between step 1 and the change
        request = asyncio.create_task(change(telephony, **fields))
        await db.until_waiting(1)
        db.execute("DELETE FROM phones WHERE extension = '8001'")

    assert await request == NOT_FOUND
    assert (changes(db), to_rebuild(db)) == ([], [])


@ENGINES
async def test_of_two_that_want_one_login_one_gets_it(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]

    with held_by_another(db, LOCK):
        both = [
            asyncio.create_task(change(one, extension, phone_login="desk1"))
            for one, extension in zip(instances, ("8001", "8002"), strict=True)
        ]
        await db.until_waiting(2)
    answers = [await one for one in both]

    assert sorted(status for status, _ in answers) == [200, 409]
    assert LOGIN_TAKEN in answers
    assert [login for _, _, login in phones(db)].count("desk1") == len(changes(db)) == 1


@ENGINES
async def test_a_new_phone_and_a_change_do_not_get_one_login(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]

    with held_by_another(db, LOCK):
        both = [
            asyncio.create_task(change(instances[0], phone_login="desk1")),
            asyncio.create_task(add(instances[1], extension="8003", phone_login="desk1")),
        ]
        await db.until_waiting(2)
    answers = [await one for one in both]

    assert sorted(status for status, _ in answers) == [200, 409]
    assert LOGIN_TAKEN in answers
    assert [login for _, _, login in phones(db)].count("desk1") == 1


@ENGINES
async def test_while_the_lock_is_not_free_no_login_changes(
    telephony: Telephony, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_patience(monkeypatch)
    before = everything(db)

    with held_by_another(db, LOCK):
        busy = await change(telephony, phone_login="desk1")
        unchanged = everything(db) == before
        other = await change(telephony, active="N")

    assert (busy, unchanged, other) == (BUSY, True, updated())


async def test_only_a_new_login_takes_the_lock(telephony: Telephony, db: TestDatabase) -> None:
    with statements_sent() as statements:
        await change(telephony, phone_login="desk1")
        await change(telephony, phone_login="DESK1")
        await change(telephony, active="N")
        await change(telephony, voicemail_id="8005")

    assert asked_for(db, statements) == [(LOCK, 5)]


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_the_lock_is_held_until_the_commit(telephony: Telephony, db: TestDatabase) -> None:
    with statements_sent() as statements:
        await change(telephony, phone_login="desk1")

    words = [one.sql.split("(")[0] for one in statements]
    assert words[-2:] == ["COMMIT", "SELECT RELEASE_LOCK"]


@ENGINES
async def test_two_changes_at_once_are_both_made(telephony: Telephony, db: TestDatabase) -> None:
    with db.hold("phones"):
        both = [
            asyncio.create_task(change(telephony, **fields))
            for fields in ({"active": "N"}, {"company": "ACME"})
        ]
        await db.until_waiting(2)

    assert await asyncio.gather(*both) == [updated(), updated()]
    row = phone_row(db)
    assert (row["active"], row["company"]) == ("N", "ACME")
    assert len(changes(db)) == 2
