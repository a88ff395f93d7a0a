"""PUT /api/v1/lists/{list_id}: how svc-leads is asked, and what becomes of its answers."""

import json
from typing import Any

import pytest
from dialkit.tokens import Caller
from support.apps import CALLER, Start
from support.builders import make_list
from support.changes import changes
from support.database import TestDatabase
from support.lists import StandInLeads, change, make_things, refused

UNUSABLE = refused(502, "svc-leads gave no usable answer")


@pytest.fixture(autouse=True)
def list_101(db: TestDatabase) -> None:
    """List 101."""
    make_things(db)
    make_list(db)


def failure(status: int, error: str = "whatever") -> tuple[int, str]:
    return status, json.dumps({"success": False, "error": error})


REQUESTS: list[Any] = [
    pytest.param({"reset_list": "Y"}, "updated", id="reset"),
    pytest.param({"delete_leads": "Y"}, "deleted", id="deletion"),
]


@pytest.mark.parametrize(("fields", "counted"), REQUESTS)
@pytest.mark.parametrize(
    "spoiled",
    [
        pytest.param({}, id="empty"),
        pytest.param(None, id="null"),
        pytest.param([1, True], id="a list"),
        pytest.param({"done": True}, id="no number"),
        pytest.param({"?": 5}, id="no done"),
        pytest.param({"?": "5", "done": True}, id="number as text"),
        pytest.param({"?": True, "done": True}, id="a flag as number"),
        pytest.param({"?": None, "done": True}, id="number null"),
        pytest.param({"?": 5, "done": "Y"}, id="done as text"),
        pytest.param({"?": 5, "done": 1}, id="done as number"),
    ],
)
async def test_nonsense_is_a_502(
    start_lists: Start, db: TestDatabase, fields: dict[str, Any], counted: str, spoiled: Any
) -> None:
    told = spoiled
    if isinstance(spoiled, dict):
        told = {counted if name == "?" else name: value for name, value in spoiled.items()}
    async with StandInLeads(told).running() as leads:
        answer = await change(await start_lists(urls=leads.urls), **fields)

    assert answer == UNUSABLE
    assert changes(db) == []


@pytest.mark.parametrize(("fields", "counted"), REQUESTS)
@pytest.mark.parametrize(
    ("told", "answer"),
    [
        pytest.param(failure(503, "Database not available"),
                     refused(503, "Database not available"), id="its database is away"),
        pytest.param(failure(504, "Database took too long"),
                     refused(504, "Database took too long"), id="its database is slow"),
        pytest.param(failure(500), UNUSABLE, id="it fails"),
        pytest.param(failure(401), UNUSABLE, id="it does not take the token"),
        pytest.param(failure(404, "Not found"), UNUSABLE, id="it does not know the path"),
        pytest.param(failure(400), UNUSABLE, id="it does not take the body"),
        pytest.param((200, "<html>"), UNUSABLE, id="no JSON"),
    ],
)  # fmt: skip
async def test_an_error_of_svc_leads_is_never_the_callers_fault(
    start_lists: Start, fields: dict[str, Any], counted: str, told: Any, answer: Any
) -> None:
    progress = {counted: 5, "done": False}
    async with StandInLeads(progress, told).running() as leads:
        assert await change(await start_lists(urls=leads.urls), **fields) == answer

    assert len([path for path, _ in leads.asked if path.startswith("/lists")]) == 2


async def test_svc_leads_learns_who_asked_for_it(start_lists: Start) -> None:
    async with StandInLeads({"updated": 0, "done": True}).running() as leads:
        await change(await start_lists(urls=leads.urls), reset_list="Y", campaign_id="newcamp")

    assert leads.asked == [
        ("/hopper/remove", {"list_id": 101, "except_campaign_id": "NEWCAMP"}),
        ("/lists/101/leads/reset", {}),
    ]
    assert leads.callers == [Caller("6666", CALLER.ip, "svc-lists")] * 2


async def test_a_change_that_is_not_svc_leads_affair_does_without_it(start_lists: Start) -> None:
    alone = await start_lists(urls={})

    assert (await change(alone, list_name="New", active="N"))[0] == 200
