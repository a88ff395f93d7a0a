"""PUT /api/v1/phones/{phone_id} with `delete_phone`: steps that fail, and two at once."""

import asyncio
from contextlib import closing

import pytest
from support.answers import Answer
from support.apps import Start, Telephony
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.phones import (
    NOT_FOUND,
    OTHER_IP,
    delete,
    deleted,
    make_things,
    phones,
)
from support.telephony import SERVER_IP, make_phone, to_rebuild

LOG_ROW = ("PHONES", "DELETE", "8001", "ADMIN API DELETE PHONE", f"phone: 8001|{SERVER_IP}")
OTHERS = [("8001", OTHER_IP, "8001b"), ("8002", SERVER_IP, "8002")]


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """8001 on two servers, 8002 on one."""
    make_things(db)
    make_phone(db)
    make_phone(db, "8001", OTHER_IP, login="8001b")
    make_phone(db, "8002")


async def delete_one(telephony: Telephony) -> Answer:
    return await delete(telephony, server_ip=SERVER_IP)


def steps_done(db: TestDatabase) -> list[str]:
    """Which of the steps are to be seen in the database."""
    seen = {
        "phone": phones(db) == OTHERS,
        "log": changes(db) == [LOG_ROW],
        "flag": to_rebuild(db) == [SERVER_IP],
    }
    return [step for step, done in seen.items() if done]


@ENGINES
@pytest.mark.parametrize(
    ("table", "operation", "done"),
    [
        ("phones", "DELETE", []),
        ("vicidial_admin_log", "INSERT", ["phone"]),
        ("servers", "UPDATE", ["phone", "log"]),
    ],
)
async def test_a_step_that_fails_is_finished_by_a_repeat(
    telephony: Telephony, db: TestDatabase, engine: str, table: str, operation: str,
    done: list[str],
) -> None:  # fmt: skip
    db.fail_writes(table, operation)
    broken, _ = await delete_one(telephony)
    found = steps_done(db)
    db.mend_writes(table)

    again = await delete_one(telephony)

    assert broken == 500
    assert found == (done if engine == "MyISAM" else [])
    assert again == (NOT_FOUND if engine == "MyISAM" and done else deleted())
    assert phones(db) == OTHERS
    assert to_rebuild(db) == [SERVER_IP]


@ENGINES
async def test_a_lost_connection_is_a_503_and_a_repeat_finishes(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    with db.hold("vicidial_admin_log"):
        request = asyncio.create_task(delete_one(telephony))
        await db.until_waiting(1)
        db.kill_service_connections()
        lost, _ = await request

    again = await delete_one(telephony)

    assert (lost, again) == (503, NOT_FOUND if engine == "MyISAM" else deleted())
    assert phones(db) == OTHERS
    assert to_rebuild(db) == [SERVER_IP]


@ENGINES
async def test_of_two_deletions_at_once_one_deletes_the_phone(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]

    with db.hold("phones"):
        both = [asyncio.create_task(delete_one(one)) for one in instances]
        await db.until_waiting(2)
    answers = sorted([await one for one in both], key=lambda answer: answer[0])

    assert answers == [deleted(), NOT_FOUND]
    assert (phones(db), changes(db)) == (OTHERS, [LOG_ROW])
    assert to_rebuild(db) == [SERVER_IP]


async def test_of_two_deletions_the_slower_one_sets_the_flag_too(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]
    # Fails only on the connection that has written the log row.
    db.fail_writes("servers", "UPDATE", where="LAST_INSERT_ID() > 0")

    with closing(db.server.connect(database=db.name)) as page, page.cursor() as cursor:
        cursor.execute("LOCK TABLES phones READ")
        both = [asyncio.create_task(delete(one, "8002")) for one in instances]
        await db.until_waiting(2)  # both have found the phone
        cursor.execute("UNLOCK TABLES")
        answers = await asyncio.gather(*both)

    assert sorted(status for status, _ in answers) == [404, 500]
    assert NOT_FOUND in answers
    assert [extension for extension, _, _ in phones(db)] == ["8001", "8001"]
    assert to_rebuild(db) == [SERVER_IP]


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_phone_that_is_just_being_deleted_is_a_404_and_sets_the_flag(
    telephony: Telephony, db: TestDatabase
) -> None:
    with closing(db.server.connect(database=db.name)) as page, page.cursor() as cursor:
        page.begin()
        cursor.execute("DELETE FROM phones WHERE extension = '8002'")
        request = asyncio.create_task(delete(telephony, "8002"))
        await db.until_waiting(1)
        page.commit()

    assert await request == NOT_FOUND
    assert (changes(db), to_rebuild(db)) == ([], [SERVER_IP])
