"""PUT /api/v1/campaigns/{campaign_id} with `reset_hopper`: svc-leads empties the hopper."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from dialkit.errors import Unavailable
from dialkit.http import answer, failure
from dialkit.tokens import Caller, Verifier
from pytest_aiohttp import AiohttpServer
from support.apps import CALLER, KEYS, Lists, Start
from support.builders import make_campaign
from support.campaigns import change, changed
from support.changes import admin_log, changes
from support.database import TestDatabase

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
STATUSES = ["READY", "QUEUE", "INCALL", "DONE", "HOLD", "DNC", "RHOLD", "RQUEUE"]
MODIFY = ("CAMPAIGNS", "MODIFY", "TESTCAMP", "ADMIN API UPDATE CAMPAIGN", "campaign: TESTCAMP")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Beside = Callable[[Handler], Awaitable[Lists]]


def reset(leads: int) -> tuple[str, ...]:
    """The log row of a reset."""
    return ("CAMPAIGNS", "RESET", "TESTCAMP", "ADMIN API RESET HOPPER",
            f"campaign: TESTCAMP leads: {leads}")  # fmt: skip


@pytest.fixture(autouse=True)
def hopper(db: TestDatabase) -> None:
    """TESTCAMP and NEWCAMP, each with one lead of each status in the hopper."""
    for place, campaign_id in enumerate(("TESTCAMP", "NEWCAMP")):
        make_campaign(db, campaign_id, hopper_level=1)
        for lead_id, status in enumerate(STATUSES, start=10 * place):
            db.insert("vicidial_hopper", lead_id=lead_id, campaign_id=campaign_id, list_id=101,
                      status=status)  # fmt: skip


@pytest.fixture
def beside(start_lists: Start, aiohttp_server: AiohttpServer) -> Beside:
    """Start svc-lists beside a svc-leads that answers as the handler says."""

    async def start(handler: Handler) -> Lists:
        leads = web.Application()
        leads.router.add_post("/internal/v1/hopper/remove", handler)
        server: TestServer = await aiohttp_server(leads)
        return await start_lists(urls={"svc-leads": str(server.make_url("")).rstrip("/")})

    return start


def in_hopper(db: TestDatabase, campaign_id: str = "TESTCAMP") -> set[str]:
    rows = db.rows("SELECT status FROM vicidial_hopper WHERE campaign_id = %s", campaign_id)
    return {status for (status,) in rows}


def hopper_level(db: TestDatabase) -> Any:
    return db.value("SELECT hopper_level FROM vicidial_campaigns WHERE campaign_id = 'TESTCAMP'")


async def test_what_waits_leaves_the_hopper_of_the_campaign(lists: Lists, db: TestDatabase) -> None:
    answers = [await change(lists, reset_hopper="Y") for _ in range(2)]

    assert answers == [changed(hopper_removed=5), changed(hopper_removed=0)]
    assert in_hopper(db) == {"INCALL", "HOLD", "DNC"}
    assert in_hopper(db, "NEWCAMP") == set(STATUSES)
    assert [row[:8] for row in admin_log(db)] == [
        ("6666", "192.0.2.7", *reset(leads)[:4], "", reset(leads)[4]) for leads in (5, 0)
    ]


async def test_a_reset_alone_changes_nothing_of_the_campaign(
    lists: Lists, db: TestDatabase
) -> None:
    before = db.rows("SELECT * FROM vicidial_campaigns")

    await change(lists, reset_hopper="Y")

    assert db.rows("SELECT * FROM vicidial_campaigns") == before


async def test_a_change_may_reset_too(lists: Lists, db: TestDatabase) -> None:
    both = await change(lists, hopper_level=50, reset_hopper="Y")
    unasked = await change(lists, hopper_level=60, reset_hopper="N")

    assert (both, unasked) == (changed(hopper_removed=5), changed())
    assert hopper_level(db) == 60
    assert changes(db) == [MODIFY, reset(5), MODIFY]


@ENGINES
async def test_svc_leads_is_asked_once_the_change_is_made(
    beside: Beside, db: TestDatabase, engine: str
) -> None:
    asked: list[Any] = []

    async def remove(request: web.Request) -> web.Response:
        caller = Verifier("svc-leads", KEYS).caller(request.headers["Authorization"])
        asked.append((await request.json(), caller, hopper_level(db), changes(db)))
        return answer("Removed", {"removed": 324})

    answered = await change(await beside(remove), "testcamp", hopper_level=50, reset_hopper="Y")

    body = {
        "campaign_id": "TESTCAMP",
        "statuses": ["READY", "QUEUE", "DONE", "RHOLD", "RQUEUE"],
    }
    assert answered == changed(hopper_removed=324)
    assert asked == [(body, Caller("6666", CALLER.ip, "svc-lists"), 50, [MODIFY])]
    assert changes(db) == [MODIFY, reset(324)]


@pytest.mark.parametrize(
    "urls", [{}, {"svc-leads": f"http://127.0.0.1:{unused_port()}"}], ids=["unknown", "down"]
)
async def test_without_svc_leads_the_change_stays_and_a_repeat_finishes(
    start_lists: Start, db: TestDatabase, urls: dict[str, str]
) -> None:
    body = {"hopper_level": 50, "reset_hopper": "Y"}

    refused = await change(await start_lists(urls=urls), **body)
    found = hopper_level(db), changes(db), in_hopper(db)
    again = await change(await start_lists(), **body)

    assert refused == (503, {"success": False, "error": "svc-leads is not available"})
    assert found == (50, [MODIFY], set(STATUSES))
    assert again == changed(hopper_removed=5)
    assert changes(db) == [MODIFY, MODIFY, reset(5)]


async def test_without_svc_leads_other_changes_are_made(
    start_lists: Start, db: TestDatabase
) -> None:
    assert await change(await start_lists(urls={}), hopper_level=50) == changed()


@pytest.mark.parametrize(
    "nonsense",
    [
        pytest.param(lambda: web.Response(text="<html>"), id="no JSON"),
        pytest.param(lambda: web.json_response({"success": True}), id="no data"),
        pytest.param(lambda: web.json_response([]), id="no envelope"),
        pytest.param(lambda: answer("Removed", None), id="data is null"),
        pytest.param(lambda: answer("Removed", [324]), id="data is an array"),
        pytest.param(lambda: answer("Removed", {"deleted": 324}), id="no number"),
        pytest.param(lambda: answer("Removed", {"removed": "many"}), id="text for a number"),
        pytest.param(lambda: web.json_response({"error": "x"}, status=500), id="its own error"),
        pytest.param(lambda: web.json_response({"error": "x"}, status=401), id="token refused"),
        pytest.param(lambda: web.json_response({"error": "x"}, status=404), id="no such path"),
        pytest.param(lambda: web.json_response({"error": "x"}, status=400), id="bad request"),
        pytest.param(lambda: answer("Removed", {"removed": True}), id="a truth for a number"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_a_502(
    beside: Beside, db: TestDatabase, nonsense: Callable[[], web.Response]
) -> None:
    async def remove(_: web.Request) -> web.Response:
        return nonsense()

    answered = await change(await beside(remove), hopper_level=50, reset_hopper="Y")

    assert answered == (502, {"success": False, "error": "svc-leads gave no usable answer"})
    assert (hopper_level(db), changes(db)) == (50, [MODIFY])


async def test_what_svc_leads_refuses_with_is_passed_on(beside: Beside, db: TestDatabase) -> None:
    async def remove(_: web.Request) -> web.Response:
        return failure(Unavailable("Database not available"))

    answered = await change(await beside(remove), reset_hopper="Y")

    assert answered == (503, {"success": False, "error": "Database not available"})
    assert changes(db) == []


@ENGINES
async def test_a_reset_whose_log_row_is_lost_is_logged_by_a_repeat(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(lists, reset_hopper="Y")
    db.mend_writes("vicidial_admin_log")

    again = await change(lists, reset_hopper="Y")

    assert (broken, again) == (500, changed(hopper_removed=0))
    assert (in_hopper(db), changes(db)) == ({"INCALL", "HOLD", "DNC"}, [reset(0)])


@ENGINES
async def test_a_change_that_fails_leaves_the_hopper_alone(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_campaigns", "UPDATE")

    broken, _ = await change(lists, hopper_level=50, reset_hopper="Y")

    assert broken == 500
    assert (hopper_level(db), in_hopper(db), changes(db)) == (1, set(STATUSES), [])


@ENGINES
async def test_the_log_of_a_change_is_written_after_it(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(lists, hopper_level=50, reset_hopper="Y")
    found = hopper_level(db), in_hopper(db)
    db.mend_writes("vicidial_admin_log")

    again = await change(lists, hopper_level=50, reset_hopper="Y")

    assert (broken, again) == (500, changed(hopper_removed=5))
    assert found == (50 if engine == "MyISAM" else 1, set(STATUSES))
    assert (hopper_level(db), changes(db)) == (50, [MODIFY, reset(5)])
