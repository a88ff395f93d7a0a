"""Phone aliases: requests that want the same name, as an alias or as a phone's login."""

import asyncio

import pytest
from support import phones
from support.answers import refused
from support.apps import Start, Telephony
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.named_locks import asked_for, free, held_by_another, without_patience
from support.phone_aliases import add, added, change, make_phones, phone_aliases, updated
from support.phones import ALIAS_TAKEN, LOCK
from support.statements import explained, statements_sent
from support.telephony import make_phone, make_server

EXISTS = refused(409, "Phone alias already exists")
BUSY = refused(409, "Another request is giving a phone its login")
LOGIN_TAKEN = refused(409, "Phone login already exists")


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """Phones 100a and 100b on a server."""
    make_server(db)
    make_phones(db, "100a", "100b")


def named(db: TestDatabase, name: str) -> int:
    """How many aliases and phones an agent may log in with by that name."""
    aliases = db.value("SELECT COUNT(*) FROM phones_alias WHERE alias_id = %s", name)
    return int(aliases + db.value("SELECT COUNT(*) FROM phones WHERE login = %s", name))


@ENGINES
async def test_of_two_that_add_an_alias_one_does(start_telephony: Start, db: TestDatabase) -> None:
    instances = [await start_telephony() for _ in range(2)]
    with held_by_another(db, LOCK):
        both = [asyncio.create_task(add(one)) for one in instances]
        await db.until_waiting(2)

    assert sorted(await asyncio.gather(*both), key=str) == [added(), EXISTS]
    assert (len(phone_aliases(db)), len(changes(db))) == (1, 1)


@ENGINES
async def test_an_alias_and_a_new_phone_do_not_get_one_name(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]
    with held_by_another(db, LOCK):
        alias = asyncio.create_task(add(instances[0], alias_id="desk1"))
        phone = asyncio.create_task(phones.add(instances[1], phone_login="desk1"))
        await db.until_waiting(2)
    answers = await asyncio.gather(alias, phone)

    assert sorted(status for status, _ in answers) == [200, 409]
    assert LOGIN_TAKEN in answers or ALIAS_TAKEN in answers
    assert (named(db, "desk1"), len(changes(db))) == (1, 1)


@ENGINES
async def test_an_alias_and_a_phones_new_login_do_not_get_one_name(
    start_telephony: Start, db: TestDatabase
) -> None:
    make_phone(db)
    instances = [await start_telephony() for _ in range(2)]
    with held_by_another(db, LOCK):
        alias = asyncio.create_task(add(instances[0], alias_id="desk1"))
        phone = asyncio.create_task(phones.change(instances[1], phone_login="DESK1"))
        await db.until_waiting(2)
    answers = await asyncio.gather(alias, phone)

    assert sorted(status for status, _ in answers) == [200, 409]
    assert LOGIN_TAKEN in answers or ALIAS_TAKEN in answers
    assert (named(db, "desk1"), len(changes(db))) == (1, 1)


@ENGINES
async def test_while_the_lock_is_not_free_no_alias_is_added(
    telephony: Telephony, db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_patience(monkeypatch)

    with held_by_another(db, LOCK):
        answer = await add(telephony)

    assert answer == BUSY
    assert (phone_aliases(db), changes(db)) == ([], [])
    assert free(db, LOCK)


async def test_only_a_new_alias_takes_the_lock(telephony: Telephony, db: TestDatabase) -> None:
    with statements_sent() as statements:
        await add(telephony, alias_id="old1")
        await change(telephony, phone_logins="100b")
        await change(telephony, delete_alias="Y")

    assert asked_for(db, statements) == [(LOCK, 5)]


async def test_an_alias_is_found_by_its_key(telephony: Telephony, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO phones_alias (alias_id, alias_name) SELECT 100 + seq, '' FROM seq_1_to_500"
    )
    await add(telephony, alias_id="old1")

    with statements_sent() as statements:
        assert await change(telephony, alias_name="New") == updated()
    (lookup,) = [one for one in statements if "FROM phones_alias" in one.sql]

    (plan,) = explained(db, lookup, "svc-telephony")
    assert (plan["key"], plan["type"]) == ("PRIMARY", "const")
