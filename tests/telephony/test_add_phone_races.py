"""POST /api/v1/phones: requests, and administrators, that want the same login or extension."""

import asyncio

import pytest
from support.apps import Start, Telephony
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.named_locks import asked_for, free, held_by_another, without_patience
from support.phones import (
    BUSY,
    LOCK,
    LOCK_NAME,
    LOGIN_TAKEN,
    ON_SERVER,
    OTHER_IP,
    add,
    everything,
    make_things,
    phones,
)
from support.statements import statements_sent
from support.telephony import SERVER_IP, make_phone, to_rebuild


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to."""
    make_things(db)


@ENGINES
async def test_of_two_that_want_one_login_on_two_servers_one_gets_it(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]

    with db.hold("phones"):
        posts = [
            asyncio.create_task(add(one, server_ip=server_ip, phone_login="desk1"))
            for one, server_ip in zip(instances, (SERVER_IP, OTHER_IP), strict=True)
        ]
        await db.until_waiting(2)  # the one for the table, the other for the lock
    answers = [await post for post in posts]

    assert sorted(status for status, _ in answers) == [200, 409]
    assert LOGIN_TAKEN in answers
    assert len(phones(db)) == len(changes(db)) == 1
    assert to_rebuild(db) == [phones(db)[0][1]]


@ENGINES
async def test_of_20_that_add_one_phone_exactly_one_does(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]

    with db.hold("phones"):
        posts = [asyncio.create_task(add(instances[number % 2])) for number in range(20)]
        await db.until_waiting(2)  # one of each: the others wait without a connection
    answers = [await post for post in posts]

    assert [status for status, _ in answers].count(200) == 1
    assert answers.count(ON_SERVER) == 19
    assert len(phones(db)) == len(changes(db)) == 1


@ENGINES
@pytest.mark.parametrize(
    ("theirs", "answer"),
    [
        pytest.param({"extension": "8001"}, ON_SERVER, id="the phone"),
        pytest.param({"extension": "8001", "login": "other"}, ON_SERVER, id="its key"),
        pytest.param({"extension": "8002", "login": "8001"}, LOGIN_TAKEN, id="its login"),
        pytest.param({"extension": "8001", "server_ip": OTHER_IP}, LOGIN_TAKEN,
                     id="its login elsewhere"),
    ],
)  # fmt: skip
async def test_an_administrator_who_is_faster_decides(
    telephony: Telephony, db: TestDatabase, theirs: dict[str, str], answer: object
) -> None:
    with held_by_another(db, LOCK):
        ours = asyncio.create_task(add(telephony))
        await db.until_waiting(1)
        make_phone(db, **theirs)
    left = db.rows("SELECT * FROM phones")

    assert await ours == answer
    assert db.rows("SELECT * FROM phones") == left
    assert changes(db) == []


@ENGINES
async def test_while_the_lock_is_not_free_nothing_is_written(
    telephony: Telephony, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_patience(monkeypatch)
    before = everything(db)

    with held_by_another(db, LOCK):
        answer = await add(telephony)

    assert answer == BUSY
    assert everything(db) == before


async def test_the_lock_is_waited_for_5_seconds(telephony: Telephony, db: TestDatabase) -> None:
    assert LOCK_NAME == "vicidial-api:phone-login"

    with statements_sent() as statements:
        await add(telephony)

    assert asked_for(db, statements) == [(LOCK, 5)]


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_the_lock_is_held_until_the_commit(telephony: Telephony, db: TestDatabase) -> None:
    with statements_sent() as statements:
        await add(telephony)

    words = [one.sql.split("(")[0] for one in statements]
    assert words[-2:] == ["COMMIT", "SELECT RELEASE_LOCK"]


@ENGINES
async def test_the_lock_is_free_after_every_answer(telephony: Telephony, db: TestDatabase) -> None:
    found = []
    db.fail_writes("phones")
    found.append(((await add(telephony))[0], free(db, LOCK)))
    db.mend_writes("phones")
    for server_ip in (SERVER_IP, SERVER_IP, OTHER_IP):
        found.append(((await add(telephony, server_ip=server_ip))[0], free(db, LOCK)))

    assert found == [(500, True), (200, True), (409, True), (409, True)]
