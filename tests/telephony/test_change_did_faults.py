"""PUT /api/v1/dids/{did_id}: steps that fail, requests that meet, and indexes."""

import asyncio
from contextlib import closing

import pytest
from support.answers import invalid
from support.apps import Start, Telephony
from support.changes import changes
from support.database import ENGINES, TestDatabase
from support.dids import (
    NOT_FOUND,
    TAKEN,
    change,
    did_row,
    make_two,
    patterns,
    updated,
)
from support.statements import explained, statements_sent


@pytest.fixture(autouse=True)
def dids(db: TestDatabase) -> None:
    """What DIDs refer to, a DID, and another."""
    make_two(db)


@ENGINES
async def test_nothing_is_logged_when_nothing_is_changed(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_inbound_dids", "UPDATE")

    status, _ = await change(telephony, active="N")

    assert (status, did_row(db)["did_active"], changes(db)) == (500, "Y", [])


@ENGINES
async def test_a_repeat_finishes_what_was_not_logged(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(telephony, did_pattern="18005559999")
    found = did_row(db)["did_pattern"]
    db.mend_writes("vicidial_admin_log")

    again = await change(telephony, did_pattern="18005559999")

    assert (broken, found) == (500, "18005559999" if engine == "MyISAM" else "18005551234")
    assert again == updated()
    assert did_row(db)["did_pattern"] == "18005559999"
    assert len(changes(db)) == 1


async def test_a_did_that_is_deleted_meanwhile_is_a_404(
    telephony: Telephony, db: TestDatabase
) -> None:
    with db.hold("vicidial_inbound_groups"):  # it stands between the row and the change
        request = asyncio.create_task(change(telephony, group="SUPPORT"))
        await db.until_waiting(1)
        db.execute("DELETE FROM vicidial_inbound_dids WHERE did_id = 12")

    assert await request == NOT_FOUND
    assert (patterns(db), changes(db)) == (["18005550000"], [])


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_a_did_that_is_just_being_deleted_is_a_404(
    telephony: Telephony, db: TestDatabase
) -> None:
    with closing(db.server.connect(database=db.name)) as page, page.cursor() as cursor:
        page.begin()
        cursor.execute("DELETE FROM vicidial_inbound_dids WHERE did_id = 12")
        request = asyncio.create_task(change(telephony, active="N"))
        await db.until_waiting(1)
        page.commit()

    assert await request == NOT_FOUND
    assert changes(db) == []


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_two_halves_of_a_route_are_checked_one_after_the_other(
    start_telephony: Start, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_inbound_dids SET did_route = 'EXTEN' WHERE did_id = 12")
    instances = [await start_telephony() for _ in range(2)]
    bodies = [{"did_route": "IN_GROUP"}, {"group": ""}]
    with db.hold("vicidial_inbound_dids"):
        both = [
            asyncio.create_task(change(one, **body))
            for one, body in zip(instances, bodies, strict=True)
        ]
        await db.until_waiting(2)

    answers = await asyncio.gather(*both)

    assert sorted(status for status, _ in answers) == [200, 400]
    assert invalid("group", "Needed for did_route IN_GROUP") in answers
    row = did_row(db)
    assert (row["did_route"], row["group_id"]) in [("IN_GROUP", "SALES"), ("EXTEN", "")]


@ENGINES
async def test_of_two_dids_that_take_the_same_pattern_one_gets_it(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]
    with db.hold("vicidial_inbound_dids"):
        both = [
            asyncio.create_task(change(one, did_id, did_pattern="18005559999"))
            for one, did_id in zip(instances, (11, 12), strict=True)
        ]
        await db.until_waiting(2)

    answers = await asyncio.gather(*both)

    assert sorted(status for status, _ in answers) == [200, 409]
    assert TAKEN in answers
    assert patterns(db).count("18005559999") == 1
    assert len(changes(db)) == 1


@ENGINES
async def test_changes_of_the_same_did_at_once_are_all_made(
    start_telephony: Start, db: TestDatabase
) -> None:
    instances = [await start_telephony() for _ in range(2)]
    bodies = [{"did_description": "New"}, {"call_handle_method": "ANI"}, {"group": "SUPPORT"}] * 4

    requests = [change(instances[place % 2], **body) for place, body in enumerate(bodies)]
    answers = await asyncio.gather(*requests)

    row = did_row(db)
    assert answers == [updated()] * 12
    assert (row["did_description"], row["call_handle_method"], row["group_id"]) == (
        "New", "ANI", "SUPPORT",
    )  # fmt: skip
    assert len(changes(db)) == 12


async def test_a_did_is_found_by_its_id(telephony: Telephony, db: TestDatabase) -> None:
    db.execute("INSERT INTO vicidial_inbound_dids (did_pattern) SELECT 100 + seq FROM seq_1_to_500")

    with statements_sent() as statements:
        await change(telephony, active="N")
    lookup, _ = (one for one in statements if "vicidial_inbound_dids" in one.sql[:200])

    (plan,) = explained(db, lookup, "svc-telephony")
    assert (plan["key"], plan["type"]) == ("PRIMARY", "const")
