"""PUT /api/v1/campaigns/{campaign_id}: dial statuses, and changes of them that meet."""

import asyncio
from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_campaign
from support.campaigns import change, changed, overtaken, statuses
from support.changes import admin_log, changes
from support.database import TestDatabase

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.mark.parametrize(
    ("column", "body", "result"),
    [
        pytest.param(" NEW DROP -", {"dial_status_add": "B"}, " B NEW DROP -", id="add"),
        pytest.param(" NEW DROP -", {"dial_status_add": "DROP"}, " DROP NEW -", id="add once"),
        pytest.param(None, {"dial_status_add": "B"}, " B -", id="add to a NULL"),
        pytest.param("", {"dial_status_add": "B"}, " B -", id="add to an empty text"),
        pytest.param(" NEW DROP -", {"dial_status_remove": "NEW"}, " DROP -", id="remove"),
        pytest.param(" NEW -", {"dial_status_remove": "new"}, " -", id="remove the last"),
        pytest.param(
            " NEW DROP -",
            {"dial_status_add": "B", "dial_status_remove": "NEW"},
            " B DROP -",
            id="add, then remove",
        ),
        pytest.param(
            " NEW -", {"dial_status_add": "B", "dial_status_remove": "B"}, " NEW -", id="in vain"
        ),
        pytest.param(" NEW -", {"dial_statuses": ["A", "B"]}, " A B -", id="replace by an array"),
        pytest.param(None, {"dial_statuses": "A B"}, " A B -", id="replace by a text"),
        pytest.param(" NEW -", {"dial_statuses": []}, " -", id="replace by nothing"),
    ],
)
async def test_statuses_are_stored_as_vicidial_has_them(
    lists: Lists, db: TestDatabase, column: str | None, body: dict[str, Any], result: str
) -> None:
    make_campaign(db, dial_statuses=column)
    make_campaign(db, "NEWCAMP", dial_statuses=column)

    answer = await change(lists, **body)

    assert answer == changed()
    assert (statuses(db), statuses(db, "NEWCAMP")) == (result, column)
    assert [row[1] for row in changes(db)] == ["MODIFY"]


async def test_statuses_may_fill_the_column(lists: Lists, db: TestDatabase) -> None:
    make_campaign(db, dial_statuses=" A" + "".join(f" S{n:05}" for n in range(35)) + " -")

    fits = await change(lists, dial_status_add="12345")
    status, refusal = await change(lists, dial_status_add="B")

    assert (fits, len(statuses(db))) == (changed(), 255)
    assert (status, list(refusal["details"])) == (400, ["dial_status_add"])


async def test_a_repeated_removal_is_a_400(lists: Lists, db: TestDatabase) -> None:
    make_campaign(db)

    first = await change(lists, dial_status_remove="NEW")
    status, refusal = await change(lists, dial_status_remove="NEW")

    assert (first, status) == (changed(), 400)
    assert refusal["details"] == {"dial_status_remove": ["Not a dial status of the campaign"]}
    assert statuses(db) == " NA -"
    assert len(admin_log(db)) == 1


async def test_the_guard_is_in_the_logged_statement(lists: Lists, db: TestDatabase) -> None:
    make_campaign(db, dial_statuses=None)

    await change(lists, dial_status_add="B")

    sql = db.value("SELECT event_sql FROM vicidial_admin_log")
    assert sql.startswith("UPDATE vicidial_campaigns SET `campaign_changedate` = ")
    assert sql.endswith(
        ", `dial_statuses` = ' B -' WHERE campaign_id = 'TESTCAMP' AND dial_statuses <=> NULL"
    )


@ENGINES
async def test_of_changes_that_meet_none_is_lost(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    make_campaign(db, dial_statuses=" NEW DROP -")
    bodies = [{"dial_status_add": "A"}, {"dial_status_add": "B"}, {"dial_status_remove": "DROP"}]
    with db.hold("vicidial_campaigns"):
        puts = [asyncio.create_task(change(lists, **body)) for body in bodies]
        await db.until_waiting(3)

    assert [await put for put in puts] == [changed()] * 3
    assert sorted(statuses(db).split()) == ["-", "A", "B", "NEW"]
    assert [row[1] for row in changes(db)] == ["MODIFY"] * 3


@ENGINES
async def test_of_two_removals_that_meet_one_is_a_400(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    make_campaign(db, dial_statuses=" NEW DROP -")
    with db.hold("vicidial_campaigns"):
        puts = [asyncio.create_task(change(lists, dial_status_remove="NEW")) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([(await put)[0] for put in puts]) == [200, 400]
    assert statuses(db) == " DROP -"
    assert len(admin_log(db)) == 1


@ENGINES
async def test_a_change_that_was_overtaken_four_times_is_made(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    make_campaign(db, dial_statuses=" NEW -")

    with overtaken(lambda tried: redial(db, tried) if tried < 5 else None):
        answer = await change(lists, dial_status_add="B", dial_status_remove="NEW")

    assert answer == changed()
    assert statuses(db) == " B S4 -"
    assert [row[1] for row in changes(db)] == ["MODIFY"]


@ENGINES
async def test_a_change_that_was_overtaken_five_times_is_a_409(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    make_campaign(db, active="Y", dial_statuses=" NEW -")

    with overtaken(lambda tried: redial(db, tried)):
        answer = await change(lists, dial_status_add="B", active="N", reset_hopper="Y")

    error = "Campaign is being changed, try again"
    assert answer == (409, {"success": False, "error": error})
    assert db.row("SELECT active, dial_statuses FROM vicidial_campaigns") == ("Y", " NEW S5 -")
    assert admin_log(db) == []


async def test_replacing_all_statuses_needs_no_second_try(lists: Lists, db: TestDatabase) -> None:
    make_campaign(db)

    with overtaken(lambda tried: redial(db, tried)):
        answer = await change(lists, dial_statuses=["A"])

    assert (answer, statuses(db)) == (changed(), " A -")


@ENGINES
@pytest.mark.parametrize("body", [{"dial_status_add": "B"}, {"hopper_level": 5}], ids=str)
async def test_a_campaign_that_is_deleted_meanwhile_is_a_404(
    lists: Lists, db: TestDatabase, engine: str, body: dict[str, Any]
) -> None:
    make_campaign(db)
    make_campaign(db, "NEWCAMP")

    with overtaken(
        lambda _: db.execute("DELETE FROM vicidial_campaigns WHERE campaign_id LIKE 'T%'")
    ):
        answer = await change(lists, **body)

    assert answer == (404, {"success": False, "error": "Campaign not found"})
    assert statuses(db, "NEWCAMP") == " NEW NA -"
    assert admin_log(db) == []


def redial(db: TestDatabase, tried: int) -> int:
    """Give the campaign other statuses than it had: NEW, and one of this try."""
    return db.execute("UPDATE vicidial_campaigns SET dial_statuses = %s", f" NEW S{tried} -")
