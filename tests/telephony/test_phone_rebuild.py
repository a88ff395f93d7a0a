"""Phones: which servers make their conf files anew (contract: "Rebuild")."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from support.apps import Telephony
from support.database import TestDatabase
from support.passwords import set_system
from support.phones import add, change, delete
from support.telephony import SERVER_IP, make_phone, make_server, to_rebuild

MAILBOXES_IP = "10.0.0.9"


async def _add(telephony: Telephony) -> int:
    return (await add(telephony, extension="8002"))[0]


async def _add_again(telephony: Telephony) -> int:
    return (await add(telephony))[0]


async def _change(telephony: Telephony) -> int:
    return (await change(telephony, active="N"))[0]


async def _delete(telephony: Telephony) -> int:
    return (await delete(telephony))[0]


async def _delete_again(telephony: Telephony) -> int:
    return (await delete(telephony, "8002", server_ip=SERVER_IP))[0]


# What sets the flag, and how it is answered.
EACH = pytest.mark.parametrize(
    ("act", "answered"),
    [
        pytest.param(_add, 200, id="add"),
        pytest.param(_add_again, 409, id="add what is there"),
        pytest.param(_change, 200, id="change"),
        pytest.param(_delete, 200, id="delete"),
        pytest.param(_delete_again, 404, id="delete what is gone"),
    ],
)
Act = Callable[[Telephony], Awaitable[int]]


@pytest.fixture(autouse=True)
def phone(db: TestDatabase) -> None:
    """The phone 8001, and a server beside that has none."""
    make_phone(db)
    make_server(db, "10.0.0.7")


@EACH
async def test_the_phones_server_and_the_one_with_the_mailboxes_are_flagged(
    telephony: Telephony, db: TestDatabase, act: Act, answered: int
) -> None:
    make_server(db)
    make_server(db, MAILBOXES_IP)
    set_system(db, active_voicemail_server=MAILBOXES_IP)

    assert await act(telephony) == answered

    assert to_rebuild(db) == [SERVER_IP, MAILBOXES_IP]


# Not one that has no conf files made, or is no Asterisk server.
UNFIT: list[Any] = [
    {"generate_vicidial_conf": "N"},
    {"active_asterisk_server": "N"},
    {"generate_vicidial_conf": "N", "active_asterisk_server": "N"},
]


@pytest.mark.parametrize("columns", UNFIT, ids=str)
async def test_only_a_server_that_generates_conf_files_for_asterisk_is_flagged(
    telephony: Telephony, db: TestDatabase, columns: dict[str, str]
) -> None:
    make_server(db, **columns)
    make_server(db, MAILBOXES_IP)
    set_system(db, active_voicemail_server=MAILBOXES_IP)

    assert await _change(telephony) == 200

    assert to_rebuild(db) == [MAILBOXES_IP]


@pytest.mark.parametrize("columns", UNFIT, ids=str)
async def test_the_same_holds_for_the_one_with_the_mailboxes(
    telephony: Telephony, db: TestDatabase, columns: dict[str, str]
) -> None:
    make_server(db)
    make_server(db, MAILBOXES_IP, **columns)
    set_system(db, active_voicemail_server=MAILBOXES_IP)

    assert await _change(telephony) == 200

    assert to_rebuild(db) == [SERVER_IP]


@pytest.mark.parametrize("mailboxes_ip", [SERVER_IP, "", None, "10.9.9.9"])
async def test_other_servers_are_left_alone(
    telephony: Telephony, db: TestDatabase, mailboxes_ip: str | None
) -> None:
    make_server(db)
    set_system(db, active_voicemail_server=mailboxes_ip)
    sql = "SELECT * FROM servers WHERE server_ip <> %s"
    others = db.rows(sql, SERVER_IP)

    assert await _change(telephony) == 200

    assert to_rebuild(db) == [SERVER_IP]
    assert db.rows(sql, SERVER_IP) == others


async def test_nothing_else_of_the_server_changes(telephony: Telephony, db: TestDatabase) -> None:
    make_server(db)
    before = db.row("SELECT * FROM servers WHERE server_ip = %s", SERVER_IP)

    await change(telephony, active="N")
    db.execute("UPDATE servers SET rebuild_conf_files = 'N'")

    assert db.row("SELECT * FROM servers WHERE server_ip = %s", SERVER_IP) == before


@pytest.mark.parametrize(
    ("extension", "fields"),
    [
        pytest.param("8001", {"status": "GONE"}, id="bad value"),
        pytest.param("8001", {"template_id": "NONE"}, id="unknown template"),
        pytest.param("8002", {"active": "N", "server_ip": SERVER_IP}, id="change of no phone"),
        pytest.param("8002", {"delete_phone": "Y"}, id="deletion of no phone, no server given"),
        pytest.param("8001", {"delete_phone": "Y", "active": "N"}, id="deletion and change"),
    ],
)
async def test_what_is_refused_flags_no_server(
    telephony: Telephony, db: TestDatabase, extension: str, fields: dict[str, Any]
) -> None:
    make_server(db)

    status, _ = await change(telephony, extension, **fields)

    assert status in {400, 404}
    assert to_rebuild(db) == []


@EACH
async def test_a_flag_that_is_up_stays_up(
    telephony: Telephony, db: TestDatabase, act: Act, answered: int
) -> None:
    make_server(db, rebuild_conf_files="Y")

    assert await act(telephony) == answered

    assert to_rebuild(db) == [SERVER_IP]
