"""POST /api/v1/phones: steps that fail, and a crash."""

import asyncio
import re

import aiohttp
import pytest
from support.answers import Answer
from support.apps import Telephony, authorization
from support.changes import changes, paused
from support.database import ENGINES, TestDatabase
from support.named_locks import free, held_by_another
from support.phones import (
    ALIAS_TAKEN,
    LOCK,
    NEW,
    ON_SERVER,
    PASSWORDS,
    PHONES,
    add,
    added,
    make_things,
    phones,
)
from support.processes import service_process
from support.statements import statements_sent
from support.telephony import SERVER_IP, to_rebuild

PHONE = ("8001", SERVER_IP, "8001")
LOG_ROW = ("PHONES", "ADD", "8001", "ADMIN API ADD PHONE", f"phone: 8001|{SERVER_IP}")


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to."""
    make_things(db)


def steps_done(db: TestDatabase) -> list[str]:
    """Which of the steps are to be seen in the database."""
    seen = {
        "phone": phones(db) == [PHONE],
        "log": changes(db) == [LOG_ROW],
        "flag": to_rebuild(db) == [SERVER_IP],
    }
    return [step for step, done in seen.items() if done]


def check_finished(db: TestDatabase, engine: str, repeat: Answer) -> None:
    """Whether a repeat has finished what ended before the log row, which may be lost."""
    if engine == "MyISAM":
        assert (repeat, steps_done(db)) == (ON_SERVER, ["phone", "flag"])
    else:
        assert (repeat, steps_done(db)) == (added(), ["phone", "log", "flag"])


# The write that fails, and what was written before without transactions.
STEPS = pytest.mark.parametrize(
    ("table", "operation", "done"),
    [
        ("phones", "INSERT", []),
        ("vicidial_admin_log", "INSERT", ["phone"]),
        ("servers", "UPDATE", ["phone", "log"]),
    ],
)


@ENGINES
@STEPS
async def test_phone_log_and_flag_are_written_in_this_order(
    telephony: Telephony, db: TestDatabase, engine: str, table: str, operation: str,
    done: list[str],
) -> None:  # fmt: skip
    db.fail_writes(table, operation)

    status, _ = await add(telephony)

    assert status == 500
    assert steps_done(db) == (done if engine == "MyISAM" else [])
    assert free(db, LOCK)


@ENGINES
@STEPS
async def test_a_repeat_finishes(
    telephony: Telephony, db: TestDatabase, engine: str, table: str, operation: str,
    done: list[str],
) -> None:  # fmt: skip
    db.fail_writes(table, operation)
    await add(telephony, **PASSWORDS)
    db.mend_writes(table)

    again = await add(telephony, **PASSWORDS)

    if table == "vicidial_admin_log":
        check_finished(db, engine, again)
    else:
        assert again == (ON_SERVER if engine == "MyISAM" and done else added())
        assert steps_done(db) == ["phone", "log", "flag"]


@ENGINES
async def test_a_lost_connection_is_a_503_and_a_repeat_finishes(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    with db.hold("vicidial_admin_log"):
        request = asyncio.create_task(add(telephony, **PASSWORDS))
        await db.until_waiting(1)
        db.kill_service_connections()
        lost, _ = await request

    again = await add(telephony, **PASSWORDS)

    assert lost == 503
    check_finished(db, engine, again)


@ENGINES
async def test_after_a_killed_service_a_repeat_sets_the_flag(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    async with (
        service_process(db, "svc-telephony") as process,
        paused(db, "vicidial_admin_log", "BEFORE INSERT") as fail,
        aiohttp.ClientSession(process.url, headers=authorization("svc-telephony")) as client,
    ):
        request = asyncio.create_task(client.post(PHONES, json=NEW | PASSWORDS))
        await db.until_waiting(1)
        process.kill()
        with pytest.raises(aiohttp.ClientError):
            await request
        fail()  # what the server was told already
    left = steps_done(db)

    again = await add(telephony, **PASSWORDS)

    assert left == (["phone"] if engine == "MyISAM" else [])
    check_finished(db, engine, again)


@ENGINES
async def test_the_flag_of_a_phone_that_is_there_stays_though_it_is_a_409(
    telephony: Telephony, db: TestDatabase
) -> None:
    await add(telephony)
    db.execute("UPDATE servers SET rebuild_conf_files = 'N'")

    assert await add(telephony) == ON_SERVER

    assert to_rebuild(db) == [SERVER_IP]
    assert changes(db) == [LOG_ROW]


async def test_one_statement_inserts_where_nobody_has_the_login(
    telephony: Telephony, db: TestDatabase
) -> None:
    with statements_sent() as statements:
        await add(telephony)

    # Between two of them VICIdial's pages could slip in: they know no lock.
    about_phones = [one for one in statements if re.search(r"\bphones\b", one.sql)]
    assert len(about_phones) == 1


async def test_alias_and_login_are_checked_under_the_lock(
    telephony: Telephony, db: TestDatabase
) -> None:
    with held_by_another(db, LOCK):
        request = asyncio.create_task(add(telephony))
        await db.until_waiting(1)
        db.insert("phones_alias", alias_id="8001", logins_list="8500")

    assert await request == ALIAS_TAKEN
    assert (phones(db), changes(db)) == ([], [])
