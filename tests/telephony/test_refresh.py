"""POST /api/v1/system/refresh: let servers make their conf files anew."""

import asyncio
from typing import Any

import pytest
from support.apps import Start, Telephony, clock_at
from support.builders import read_row
from support.changes import admin_log, changes, difference
from support.database import ENGINES, TestDatabase
from support.statements import statements_sent
from support.telephony import SERVER_IP, make_server, to_rebuild

REFRESH = "/api/v1/system/refresh"
OTHER_IP, IDLE_IP = "10.0.0.6", "10.0.0.7"
ALL = [OTHER_IP, SERVER_IP, IDLE_IP]  # by `server_id`
BEFORE, NOW = "2024-01-01 00:00:00", "2025-07-08 11:30:00"


@pytest.fixture
async def telephony(start_telephony: Start) -> Telephony:
    """svc-telephony on 8 July 2025, 11:30 in New York."""
    return await start_telephony(clock=clock_at("2025-07-08T15:30:00"))


@pytest.fixture(autouse=True)
def servers(db: TestDatabase) -> None:
    """Three servers, one without Asterisk and conf files, refreshed long ago."""
    db.execute("DELETE FROM servers")
    make_server(db, server_id="b")
    make_server(db, OTHER_IP, server_id="a")
    make_server(db, IDLE_IP, server_id="c", active="N", active_asterisk_server="N",
                generate_vicidial_conf="N")  # fmt: skip
    db.execute("UPDATE system_settings SET reload_timestamp = %s", BEFORE)


def stamp(db: TestDatabase) -> str:
    """When a refresh was last asked for."""
    return str(db.value("SELECT reload_timestamp FROM system_settings"))


async def refresh(telephony: Telephony, **fields: Any) -> tuple[int, Any]:
    """POST a refresh: the status, and the envelope."""
    response = await telephony.post(REFRESH, json=fields)
    return response.status, await response.json()


def triggered(server_ip: str | None, servers: list[str]) -> tuple[int, Any]:
    """What a refresh of those servers is answered with."""
    data = {"server_ip": server_ip, "status": "refresh_requested", "count": len(servers),
            "servers": servers}  # fmt: skip
    return 200, {"success": True, "message": "Server refresh triggered", "data": data}


def logged(count: int) -> tuple[str, ...]:
    """The log row of a refresh of so many servers."""
    code = "ADMIN API SERVERS REFRESH"
    return ("SERVERS", "OTHER", "refresh", code, f"servers: {count}")


async def test_the_documented_server_is_refreshed(telephony: Telephony, db: TestDatabase) -> None:
    server = read_row(db, "servers", server_ip=SERVER_IP)
    settings = read_row(db, "system_settings", reload_timestamp=BEFORE)

    assert await refresh(telephony, server_ip=SERVER_IP) == triggered(SERVER_IP, [SERVER_IP])

    assert (to_rebuild(db), stamp(db)) == ([SERVER_IP], NOW)
    changed = difference(server, read_row(db, "servers", server_ip=SERVER_IP))
    assert changed == {"rebuild_conf_files": "Y"}
    stamped = read_row(db, "system_settings", reload_timestamp=NOW)
    assert list(difference(settings, stamped)) == ["reload_timestamp"]
    section, kind, record, code, notes = logged(1)
    assert admin_log(db) == [
        ("6666", "192.0.2.7", section, kind, record, code,
         f"UPDATE system_settings SET reload_timestamp = '{NOW}'\n"
         "UPDATE servers SET rebuild_conf_files = 'Y' WHERE server_ip IN ('10.0.0.5')",
         notes, "---ALL---")
    ]  # fmt: skip
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == NOW


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="no body"),
        pytest.param({"data": b"", "headers": {"Content-Type": "application/json"}}, id="empty"),
        pytest.param({"data": b"", "headers": {"Content-Type": "text/plain"}}, id="empty text"),
        pytest.param({"json": {}}, id="no fields"),
        pytest.param({"json": {"server_ip": None, "stage": None}}, id="nulls"),
        pytest.param({"json": {"stage": "REFRESH"}}, id="confirmation"),
        pytest.param({"json": {"user": "6666"}}, id="who asks"),
        pytest.param({"data": {"stage": "REFRESH"}}, id="form"),
    ],
)
async def test_all_servers_are_refreshed_when_none_is_named(
    telephony: Telephony, db: TestDatabase, body: dict[str, Any]
) -> None:
    response = await telephony.post(REFRESH, **body)

    assert (response.status, await response.json()) == triggered(None, ALL)
    assert (to_rebuild(db), stamp(db)) == (sorted(ALL), NOW)
    assert changes(db) == [logged(3)]


async def test_a_server_that_makes_no_conf_files_is_flagged_too(
    telephony: Telephony, db: TestDatabase
) -> None:
    assert await refresh(telephony, server_ip=IDLE_IP) == triggered(IDLE_IP, [IDLE_IP])

    assert to_rebuild(db) == [IDLE_IP]


async def test_a_flag_that_is_up_already_counts(telephony: Telephony, db: TestDatabase) -> None:
    answers = [await refresh(telephony) for _ in range(2)]

    assert answers == [triggered(None, ALL)] * 2
    assert (to_rebuild(db), changes(db)) == (sorted(ALL), [logged(3)] * 2)


async def test_rows_of_one_address_are_all_flagged(telephony: Telephony, db: TestDatabase) -> None:
    make_server(db, server_id="d")

    answer = await refresh(telephony, server_ip=f" {SERVER_IP} ", stage="REFRESH")

    assert answer == triggered(SERVER_IP, [SERVER_IP, SERVER_IP])
    assert to_rebuild(db) == [SERVER_IP, SERVER_IP]


async def test_without_servers_only_the_timestamp_is_set(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("DELETE FROM servers")

    assert await refresh(telephony) == triggered(None, [])

    assert (stamp(db), changes(db)) == (NOW, [logged(0)])


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        pytest.param({"server_ip": "10.0.0.9"}, {"server_ip": ["Server not found"]}, id="unknown"),
        pytest.param({"server_ip": ""}, {"server_ip": ["May not be empty"]}, id="empty"),
        pytest.param({"server_ip": "10.0.0._"}, {"server_ip": ["Server not found"]}, id="pattern"),
        pytest.param({"server_ip": "1" * 16}, {"server_ip": ["Longer than 15 characters"]},
                     id="too long"),
        pytest.param({"server_ip": [SERVER_IP]}, {"server_ip": ["Must be a string"]},
                     id="another type"),
        pytest.param({"stage": "refresh"}, {"stage": ["Must be one of: REFRESH"]}, id="small"),
        pytest.param({"stage": ""}, {"stage": ["Must be one of: REFRESH"]}, id="no stage"),
        pytest.param({"server": SERVER_IP}, {"server": ["Unknown field"]}, id="unknown field"),
    ],
)  # fmt: skip
async def test_a_bad_value_is_named_and_refreshes_nothing(
    telephony: Telephony, db: TestDatabase, fields: dict[str, Any], details: dict[str, Any]
) -> None:
    status, answer = await refresh(telephony, **fields)

    assert (status, answer["details"]) == (400, details)
    assert (to_rebuild(db), stamp(db), changes(db)) == ([], BEFORE, [])


async def test_the_call_is_logged(telephony: Telephony, db: TestDatabase) -> None:
    await refresh(telephony)
    await telephony.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("server_refresh", "SUCCESS", "Server refresh triggered")
    ]


@ENGINES
async def test_no_server_is_flagged_before_the_timestamp_is_set(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("system_settings", "UPDATE")

    status, _ = await refresh(telephony)

    assert status == 500
    assert (to_rebuild(db), stamp(db), changes(db)) == ([], BEFORE, [])


@ENGINES
async def test_a_repeat_flags_what_was_not(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("servers", "UPDATE")
    broken, _ = await refresh(telephony, server_ip=SERVER_IP)
    stamped = stamp(db)
    db.mend_writes("servers")

    again = await refresh(telephony, server_ip=SERVER_IP)

    assert (broken, stamped) == (500, NOW if engine == "MyISAM" else BEFORE)
    assert again == triggered(SERVER_IP, [SERVER_IP])
    assert (to_rebuild(db), changes(db)) == ([SERVER_IP], [logged(1)])


@ENGINES
async def test_a_refresh_is_ordered_before_it_is_logged(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")

    status, _ = await refresh(telephony)

    kept = engine == "MyISAM"
    assert status == 500
    assert (to_rebuild(db), stamp(db)) == ((sorted(ALL), NOW) if kept else ([], BEFORE))


@ENGINES
async def test_two_refreshes_at_once_are_both_ordered(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]
    with db.hold("system_settings"):
        both = [
            asyncio.create_task(refresh(instance, server_ip=server_ip))
            for instance, server_ip in zip(instances, (SERVER_IP, OTHER_IP), strict=True)
        ]
        await db.until_waiting(2)

    assert [status for status, _ in await asyncio.gather(*both)] == [200, 200]
    assert to_rebuild(db) == [SERVER_IP, OTHER_IP]


async def test_four_statements_refresh_all(telephony: Telephony) -> None:
    await refresh(telephony)

    with statements_sent() as statements:
        await refresh(telephony)

    assert len(statements) == 4
