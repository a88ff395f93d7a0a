"""POST /api/v1/monitor/blind: which phone is called."""

from typing import Any

import pytest
from support.answers import invalid
from support.apps import Telephony
from support.database import TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    LISTENER_SERVER,
    NO_ROWS,
    QUEUED,
    monitor,
    monitored,
    rows_of_calls,
)
from support.telephony import make_phone

THIRD_SERVER = "10.10.10.17"
BY_EXTENSION = {"agent_user": "1001", "extension": "8002"}


@pytest.fixture(autouse=True)
def another_phone(db: TestDatabase) -> None:
    """The phone 8003 beside 8002."""
    make_phone(db, "8003", LISTENER_SERVER)


def called(db: TestDatabase) -> tuple[Any, ...]:
    """The number and the server of the only call in the dial queue."""
    return db.row("SELECT cmd_line_d, server_ip FROM vicidial_manager")


async def test_a_phone_is_found_by_its_login(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "SIP1", THIRD_SERVER, login="Boss1", dialplan_number="98001")

    data = await monitored(monitor_telephony, phone_login="BOSS1")

    assert (data["phone_login"], data["extension"]) == ("Boss1", "98001")
    assert called(db) == ("Exten: 98001", THIRD_SERVER)
    logged = "SELECT manager_phone, manager_server_ip FROM vicidial_rt_monitor_log"
    assert db.row(logged) == ("Boss1", THIRD_SERVER)


@pytest.mark.parametrize("phone_login", ["8002", 8002, " 8002 "])
async def test_a_login_may_be_a_number(monitor_telephony: Telephony, phone_login: Any) -> None:
    assert (await monitored(monitor_telephony, phone_login=phone_login))["phone_login"] == "8002"


async def test_a_login_of_digits_is_compared_as_text(monitor_telephony: Telephony) -> None:
    assert await monitor(monitor_telephony, phone_login="08002") == invalid(
        "phone_login", "Phone not found"
    )


@pytest.mark.parametrize(
    ("phones", "chosen"),
    [
        pytest.param([("a", THIRD_SERVER, "N"), ("b", AGENT_SERVER, "Y")], "b", id="active first"),
        pytest.param([("b", THIRD_SERVER, "N"), ("a", AGENT_SERVER, None)], "a",
                     id="unknown is not active"),
        pytest.param([("b", AGENT_SERVER, "Y"), ("a", THIRD_SERVER, "Y")], "a",
                     id="then by extension"),
        pytest.param([("a", THIRD_SERVER, "Y"), ("a", AGENT_SERVER, "Y")], "a",
                     id="then by server"),
        pytest.param([("b", THIRD_SERVER, "N"), ("a", THIRD_SERVER, "N")], "a",
                     id="none is active"),
    ],
)  # fmt: skip
async def test_of_phones_with_one_login_the_first_is_called(
    monitor_telephony: Telephony, db: TestDatabase, phones: list[tuple[str, str, Any]], chosen: str
) -> None:
    for extension, server_ip, active in phones:
        number = f"9{extension}*{server_ip[-2:]}"
        make_phone(db, extension, server_ip, login="boss", active=active, dialplan_number=number)
    (server_ip, *_) = sorted(server_ip for extension, server_ip, _ in phones if extension == chosen)

    await monitored(monitor_telephony, phone_login="boss")

    assert called(db) == (f"Exten: 9{chosen}*{server_ip[-2:]}", server_ip)


async def test_a_phone_that_is_not_active_is_called_too(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE phones SET active = 'N'")

    await monitored(monitor_telephony)

    assert called(db) == ("Exten: 8002", LISTENER_SERVER)


async def test_a_phone_is_found_by_its_extension(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE phones SET login = 'boss', dialplan_number = '98002' WHERE extension = 8002")

    data = await monitored(monitor_telephony, BY_EXTENSION)

    assert (data["phone_login"], data["extension"]) == ("boss", "98002")
    assert called(db) == ("Exten: 98002", LISTENER_SERVER)


async def test_of_an_extensions_phones_the_agents_neighbour_is_called(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "8002", AGENT_SERVER, dialplan_number="98002", active="N")
    make_phone(db, "8002", THIRD_SERVER)

    await monitored(monitor_telephony, BY_EXTENSION)

    assert called(db) == ("Exten: 98002", AGENT_SERVER)


async def test_an_extension_on_several_servers_but_not_the_agents_is_a_400(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "8002", THIRD_SERVER)

    assert await monitor(monitor_telephony, BY_EXTENSION) == invalid(
        "extension", f"Not on the agent's server, but on {LISTENER_SERVER}, {THIRD_SERVER}"
    )
    assert rows_of_calls(db) == NO_ROWS


async def test_login_and_extension_together_name_one_phone(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    make_phone(db, "8001", LISTENER_SERVER, login="8002", dialplan_number="98001")

    data = await monitored(monitor_telephony, extension="8002")
    contrary = await monitor(monitor_telephony, extension="8003")

    assert data["extension"] == "8002"
    assert contrary == invalid("phone_login", "Phone not found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"agent_user": "1001", "phone_login": "8009"}, "phone_login", id="login"),
        pytest.param({"agent_user": "1001", "extension": "8009"}, "extension", id="extension"),
    ],
)
async def test_an_unknown_phone_is_a_400(
    monitor_telephony: Telephony, db: TestDatabase, body: dict[str, str], field: str
) -> None:
    assert await monitor(monitor_telephony, body) == invalid(field, "Phone not found")
    assert rows_of_calls(db) == NO_ROWS


@pytest.mark.parametrize("dialplan_number", [None, "", "\r\n", " ", "\n \r\t"])
@pytest.mark.parametrize("field", ["phone_login", "extension"])
async def test_a_phone_that_nothing_dials_is_a_400(
    monitor_telephony: Telephony, db: TestDatabase, field: str, dialplan_number: str | None
) -> None:
    db.execute("UPDATE phones SET dialplan_number = %s", dialplan_number)

    answer = await monitor(monitor_telephony, {"agent_user": "1001", field: "8002"})

    assert answer == invalid(field, "Phone has no dialplan number")
    assert rows_of_calls(db) == NO_ROWS


@pytest.mark.parametrize("server_ip", [None, ""])
@pytest.mark.parametrize("field", ["phone_login", "extension"])
async def test_a_phone_without_a_server_is_a_400(
    monitor_telephony: Telephony, db: TestDatabase, field: str, server_ip: str | None
) -> None:
    db.execute("UPDATE phones SET server_ip = %s", server_ip)

    answer = await monitor(monitor_telephony, {"agent_user": "1001", field: "8002"})

    assert answer == invalid(field, "Phone has no server")
    assert rows_of_calls(db) == NO_ROWS


@pytest.mark.parametrize("login", [None, ""])
@pytest.mark.parametrize(
    ("extension", "logged"),
    [
        pytest.param("8002", "8002", id="short"),
        pytest.param("x" * 19 + "yz", "x" * 19 + "y", id="long"),
    ],
)
async def test_a_phone_without_a_login_is_known_by_its_extension(
    monitor_telephony: Telephony, db: TestDatabase, extension: str, logged: str, login: str | None
) -> None:
    db.execute("UPDATE phones SET extension = %s, login = %s WHERE extension = '8002'",
               extension, login)  # fmt: skip
    body = {"agent_user": "1001", "extension": extension}

    data = await monitored(monitor_telephony, body)
    again = await monitor(monitor_telephony, body)

    assert (data["phone_login"], data["extension"]) == ("", "8002")
    for table in ("vicidial_rt_monitor_log", "vicidial_daily_rt_monitoring_log"):
        assert db.value(f"SELECT manager_phone FROM {table}") == logged
    assert again == QUEUED


async def test_phones_without_logins_are_not_the_same(
    monitor_telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE phones SET login = NULL")

    for extension in ("8002", "8003"):
        await monitored(monitor_telephony, {"agent_user": "1001", "extension": extension})

    logged = db.rows("SELECT manager_phone FROM vicidial_rt_monitor_log ORDER BY 1")
    assert logged == [("8002",), ("8003",)]


async def test_the_longest_names_fit(monitor_telephony: Telephony, db: TestDatabase) -> None:
    number = "9" * 20
    for extension, login in (("x" * 100, "short"), ("short", "y" * 15)):
        make_phone(db, extension, LISTENER_SERVER, login=login, dialplan_number=number,
                   outbound_cid="3" * 20, voicemail_id="", fullname="")  # fmt: skip

    by_extension = await monitored(
        monitor_telephony, {"agent_user": "1001", "extension": "x" * 100}
    )
    by_login = await monitored(monitor_telephony, {"agent_user": "1001", "phone_login": "y" * 15})

    assert (by_extension["phone_login"], by_login["phone_login"]) == ("short", "y" * 15)
    assert db.rows("SELECT DISTINCT cmd_line_d FROM vicidial_manager") == [(f"Exten: {number}",)]
