"""Presets: steps that fail, and requests that meet."""

import asyncio
from typing import Any

import pytest
from dialkit.sql import session_setup
from support.apps import Lists, Start
from support.builders import make_campaign
from support.changes import changes
from support.database import TestDatabase
from support.presets import make_preset, presets, stamps
from support.statements import explained, statements_sent

PRESETS = "/api/v1/presets"
SALES = f"{PRESETS}/TESTCAMP:SALES"
NEW = {"campaign_id": "TESTCAMP", "preset_name": "NEW", "preset_number": "1"}
OLD_ROW = ("TESTCAMP", "SALES", "3125551213", "1234", "N")
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
WRITES: list[Any] = [
    pytest.param("POST", PRESETS, NEW, "INSERT", id="addition"),
    pytest.param("PUT", SALES, {"preset_number": "5"}, "UPDATE", id="change"),
    pytest.param("DELETE", SALES, None, "DELETE", id="deletion"),
]
# The three ways to write, and the status of a repeat after the first write.
REPEATS: list[Any] = [
    pytest.param("POST", PRESETS, NEW, 409, id="addition"),
    pytest.param("PUT", SALES, {"preset_number": "5"}, 200, id="change"),
    pytest.param("DELETE", SALES, None, 404, id="deletion"),
]


@pytest.fixture(autouse=True)
def preset(db: TestDatabase) -> None:
    """TESTCAMP with the preset SALES."""
    make_campaign(db)
    make_preset(db)


@pytest.fixture(params=["REPEATABLE-READ", "READ-COMMITTED"])
def isolation(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server's administrator may have chosen for InnoDB; here for the service alone."""

    def with_isolation(statement_timeout_s: float, *, read_only: bool) -> str:
        setup = session_setup(statement_timeout_s, read_only=read_only)
        return f"{setup}, tx_isolation = '{request.param}'"

    monkeypatch.setattr("dialkit.driver.session_setup", with_isolation)


@ENGINES
@pytest.mark.parametrize(("method", "path", "body", "operation"), WRITES)
async def test_nothing_else_is_written_when_the_preset_is_not(
    lists: Lists, db: TestDatabase, method: str, path: str, body: Any, operation: str
) -> None:
    db.fail_writes("vicidial_xfer_presets", operation)

    response = await lists.request(method, path, json=body)

    assert response.status == 500
    assert (presets(db), stamps(db), changes(db)) == ([OLD_ROW], {"TESTCAMP": None}, [])


@ENGINES
@pytest.mark.parametrize(("method", "path", "body", "repeated"), REPEATS)
async def test_the_preset_is_written_before_the_stamp(
    lists: Lists, db: TestDatabase, engine: str, method: str, path: str, body: Any, repeated: int
) -> None:
    db.fail_writes("vicidial_campaigns", "UPDATE")
    broken = await lists.request(method, path, json=body)
    found = presets(db)
    db.mend_writes("vicidial_campaigns")

    again = await lists.request(method, path, json=body)

    assert broken.status == 500
    assert (found != [OLD_ROW]) is (engine == "MyISAM")
    assert again.status == (repeated if engine == "MyISAM" else 200)
    assert presets(db) != [OLD_ROW]
    assert len(changes(db)) == (again.status == 200)


@ENGINES
@pytest.mark.parametrize(("method", "path", "body", "_repeated"), REPEATS)
async def test_the_log_of_changes_is_written_last(
    lists: Lists, db: TestDatabase, engine: str, method: str, path: str, body: Any, _repeated: int
) -> None:
    db.fail_writes("vicidial_admin_log")

    broken = await lists.request(method, path, json=body)

    kept = engine == "MyISAM"
    assert broken.status == 500
    assert (presets(db) != [OLD_ROW]) is kept
    assert (stamps(db)["TESTCAMP"] is not None) is kept


@ENGINES
@pytest.mark.usefixtures("isolation")
async def test_of_two_that_add_the_same_name_one_does(start_lists: Start, db: TestDatabase) -> None:
    instances = [await start_lists() for _ in range(2)]
    with db.hold("vicidial_xfer_presets"):
        posts = [asyncio.create_task(instance.post(PRESETS, json=NEW)) for instance in instances]
        await db.until_waiting(2)
    answers = sorted([(post.status, await post.json()) for post in await asyncio.gather(*posts)],
                     key=lambda answer: answer[0])  # fmt: skip

    assert answers == [
        (200, {"success": True, "message": "Preset added successfully",
               "data": {"preset_id": "TESTCAMP:NEW"}}),
        (409, {"success": False, "error": "Preset already exists"}),
    ]  # fmt: skip
    assert presets(db) == [("TESTCAMP", "NEW", "1", "", "N"), OLD_ROW]
    assert len(changes(db)) == 1


@ENGINES
async def test_different_names_are_added_at_once(start_lists: Start, db: TestDatabase) -> None:
    instances = [await start_lists() for _ in range(2)]
    with db.hold("vicidial_xfer_presets"):
        posts = [
            asyncio.create_task(instance.post(PRESETS, json=NEW | {"preset_name": f"N{place}"}))
            for place, instance in enumerate(instances)
        ]
        await db.until_waiting(2)

    assert [post.status for post in await asyncio.gather(*posts)] == [200, 200]
    assert [row[1] for row in presets(db)] == ["N0", "N1", "SALES"]


@ENGINES
async def test_of_two_that_delete_it_one_does(start_lists: Start, db: TestDatabase) -> None:
    instances = [await start_lists() for _ in range(2)]
    with db.hold("vicidial_xfer_presets"):
        deletions = [asyncio.create_task(instance.delete(SALES)) for instance in instances]
        await db.until_waiting(2)

    assert sorted([(await deletion).status for deletion in deletions]) == [200, 404]
    assert presets(db) == []
    assert len(changes(db)) == 1


@ENGINES
async def test_presets_are_looked_up_by_name(lists: Lists, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_xfer_presets (campaign_id, preset_name, preset_number)"
        " SELECT CONCAT('C', seq), CONCAT('N', seq), '5' FROM seq_1_to_500"
    )

    with statements_sent() as statements:
        await lists.put(SALES, json={"preset_number": "5"})
    lookup, *_ = [one for one in statements if one.sql.strip().startswith("SELECT")]

    (plan,) = explained(db, lookup, "svc-lists")
    assert (plan["table"], plan["key"]) == ("vicidial_xfer_presets", "preset_name")
