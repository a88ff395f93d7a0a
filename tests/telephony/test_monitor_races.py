"""POST /api/v1/monitor/blind: requests that meet, in one process and in several."""

import asyncio

import aiohttp
import pytest
from dialkit.sql import session_setup
from dialkit.tokens import Caller
from support.answers import Answer
from support.apps import Start, authorization, clock_at
from support.database import ENGINES, TestDatabase
from support.monitoring import (
    BODY,
    EPOCH,
    LISTENER_SERVER,
    MONITOR,
    ONE_ROW_EACH,
    QUEUED,
    WRITES,
    codes,
    make_scene,
    monitor,
    rows_of_calls,
)
from support.processes import service_process
from support.telephony import make_phone

pytestmark = ENGINES

SECOND, NEXT_SECOND = "2025-01-08T20:30:45", "2025-01-08T20:30:46"


@pytest.fixture(autouse=True)
def scene(db: TestDatabase) -> None:
    """An agent and a phone."""
    make_scene(db)


@pytest.fixture(params=["REPEATABLE-READ", "READ-COMMITTED"])
def isolation(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server's administrator may have chosen for InnoDB; here for the service alone."""

    def with_isolation(statement_timeout_s: float, *, read_only: bool) -> str:
        setup = session_setup(statement_timeout_s, read_only=read_only)
        return f"{setup}, tx_isolation = '{request.param}'"

    monkeypatch.setattr("dialkit.driver.session_setup", with_isolation)


async def meeting(
    start: Start, db: TestDatabase, bodies: list[dict[str, str]], *times: str
) -> list[Answer]:
    """The answers to requests that arrive together, spread over an instance for each time."""
    caller = Caller(given_tag="", ip="192.0.2.7", issuer="gateway")
    instances = [await start(clock=clock_at(time), caller=caller) for time in times]
    with db.hold("vicidial_rt_monitor_log"):
        calls = [
            asyncio.create_task(monitor(instances[place % len(instances)], body))
            for place, body in enumerate(bodies)
        ]
        # In each process one is at work, or waits for the other process.
        await db.until_waiting(len(instances))
    return [await call for call in calls]


@pytest.mark.usefixtures("isolation")
@pytest.mark.parametrize("requests", [2, 10])
async def test_of_requests_for_one_phone_and_session_one_places_a_call(
    start_telephony: Start, db: TestDatabase, requests: int
) -> None:
    answers = await meeting(start_telephony, db, [BODY] * requests, SECOND, SECOND)

    assert answers.count(QUEUED) == requests - 1
    assert rows_of_calls(db) == ONE_ROW_EACH


@pytest.mark.usefixtures("isolation")
@pytest.mark.parametrize("tags", [("boss", "boss"), ("boss", "j.doe")])
@pytest.mark.parametrize("times", [(SECOND, NEXT_SECOND), (NEXT_SECOND, SECOND), (SECOND, SECOND)])
async def test_a_repeat_whenever_and_whoevers_places_no_second_call(
    start_telephony: Start, db: TestDatabase, tags: tuple[str, ...], times: tuple[str, ...]
) -> None:
    bodies = [BODY | {"user": tag} for tag in tags]

    answers = await meeting(start_telephony, db, bodies, *times)

    assert sorted(status for status, _ in answers) == [200, 409]
    assert rows_of_calls(db) == ONE_ROW_EACH


async def test_of_two_processes_one_places_a_call(db: TestDatabase) -> None:
    async with (
        service_process(db, "svc-telephony") as first,
        service_process(db, "svc-telephony") as second,
        aiohttp.ClientSession(headers=authorization("svc-telephony")) as session,
    ):
        with db.hold("vicidial_rt_monitor_log"):
            posts = [
                asyncio.create_task(session.post(f"{process.url}{MONITOR}", json=BODY))
                for process in (first, second)
            ]
            await db.until_waiting(2)
        answers = [await post for post in posts]

    assert sorted(answer.status for answer in answers) == [200, 409]
    assert rows_of_calls(db) == ONE_ROW_EACH


@pytest.mark.usefixtures("isolation")
@pytest.mark.parametrize("phones", [2, 10])
async def test_calls_of_different_phones_are_all_placed_in_turn(
    start_telephony: Start, db: TestDatabase, phones: int
) -> None:
    numbers = [str(8100 + place) for place in range(phones)]
    for number in numbers:
        make_phone(db, number, LISTENER_SERVER)
    bodies = [BODY | {"phone_login": number} for number in numbers]

    answers = await meeting(start_telephony, db, bodies, SECOND, SECOND)

    assert [status for status, _ in answers] == [200] * phones
    assert rows_of_calls(db) == dict.fromkeys(WRITES, phones)
    in_turn = [f"BM{EPOCH + more}00000api" for more in range(phones)]
    assert codes(db) == codes(db, "vicidial_daily_rt_monitoring_log") == in_turn
    queued = db.rows("SELECT callerid, cmd_line_d FROM vicidial_manager ORDER BY cmd_line_d")
    answered = [envelope["data"]["caller_code"] for _, envelope in answers]
    assert queued == [
        (code, f"Exten: {number}") for code, number in zip(answered, numbers, strict=True)
    ]
