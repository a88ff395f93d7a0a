"""POST /api/v1/leads: duplicate checks of requests that meet."""

import asyncio

import pytest
from support.apps import Leads, Start
from support.builders import make_lead, make_list
from support.database import TestDatabase

NEW = {"list_id": 101, "phone_number": "5551234567", "first_name": "Ann", "last_name": "Lee"}


@pytest.fixture(autouse=True)
def list_101(db: TestDatabase) -> None:
    """List 101."""
    make_list(db)


def lock_name(db: TestDatabase) -> str:
    return f"{db.name}.leads.dup"


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize("modes", ["DUPSYS", "DUPNAMEPHONELIST30DAY", "DUPPHONEALTLIST"])
async def test_of_two_requests_with_the_same_number_one_is_added(
    start_leads: Start, db: TestDatabase, modes: str
) -> None:
    body, instances = NEW | {"duplicate_check": modes}, [await start_leads() for _ in range(2)]
    with db.hold("vicidial_list"):
        posts = [
            asyncio.create_task(instance.post("/api/v1/leads", json=body)) for instance in instances
        ]
        await db.until_waiting(2)
    answers = [(post.status, await post.json()) for post in await asyncio.gather(*posts)]

    (_, added), (_, refused) = sorted(answers, key=lambda answer: answer[0])
    assert sorted(status for status, _ in answers) == [200, 409]
    assert refused["details"]["lead_id"] == added["data"]["lead_id"]
    assert db.count("vicidial_list") == 1


async def test_requests_that_wait_for_the_lock_leave_connections_to_others(
    leads: Leads, db: TestDatabase
) -> None:
    body = NEW | {"duplicate_check": "DUPSYS"}
    db.value("SELECT GET_LOCK(%s, 0)", lock_name(db))
    waiting = [asyncio.create_task(leads.post("/api/v1/leads", json=body)) for _ in range(20)]
    await db.until_waiting(1)
    plain = await leads.post("/api/v1/leads", json=NEW | {"phone_number": "5550000000"})
    db.value("SELECT RELEASE_LOCK(%s)", lock_name(db))
    statuses = sorted([(await post).status for post in waiting])

    assert plain.status == 200
    assert statuses == [200] + [409] * 19


async def test_without_duplicate_check_both_are_added(leads: Leads, db: TestDatabase) -> None:
    with db.hold("vicidial_list"):
        posts = [asyncio.create_task(leads.post("/api/v1/leads", json=NEW)) for _ in range(2)]
        await db.until_waiting(2)

    assert [post.status for post in await asyncio.gather(*posts)] == [200, 200]
    assert db.count("vicidial_list") == 2


async def test_busy_lock_is_a_503_and_stops_only_those_that_check(
    leads: Leads, db: TestDatabase
) -> None:
    db.value("SELECT GET_LOCK(%s, 0)", lock_name(db))
    checking = asyncio.create_task(
        leads.post("/api/v1/leads", json=NEW | {"duplicate_check": "DUPSYS"})
    )
    await db.until_waiting(1)
    plain = await leads.post("/api/v1/leads", json=NEW | {"phone_number": "5550000000"})
    busy = await checking
    db.value("SELECT RELEASE_LOCK(%s)", lock_name(db))
    again = await leads.post("/api/v1/leads", json=NEW | {"duplicate_check": "DUPSYS"})

    assert (plain.status, busy.status, again.status) == (200, 503, 200)
    assert await busy.json() == {"success": False, "error": "Duplicate check is busy"}
    assert db.rows("SELECT phone_number FROM vicidial_list ORDER BY lead_id") == [
        ("5550000000",),
        ("5551234567",),
    ]


@pytest.mark.parametrize("modes", ["DUPSYS", "DUPPHONEALTSYS"])
async def test_lock_is_free_after_every_answer(leads: Leads, db: TestDatabase, modes: str) -> None:
    body = NEW | {"duplicate_check": modes}

    statuses = [(await leads.post("/api/v1/leads", json=body)).status for _ in range(2)]
    db.fail_writes("vicidial_list")
    failed = await leads.post("/api/v1/leads", json=body | {"phone_number": "5550000000"})

    assert [*statuses, failed.status] == [200, 409, 500]
    assert db.value("SELECT IS_FREE_LOCK(%s)", lock_name(db)) == 1


@pytest.mark.parametrize("mode", ["DUPPHONEALTLIST", "DUPTITLEALTPHONESYS"])
async def test_check_without_index_that_takes_too_long(
    leads: Leads, db: TestDatabase, mode: str
) -> None:
    make_lead(db, phone_number="5550000000")

    # Two seconds are the limit of such a search, thirty that of other statements.
    async with asyncio.timeout(15):
        with db.hold("vicidial_list"):
            response = await leads.post(
                "/api/v1/leads", json=NEW | {"alt_phone": "5559999999", "duplicate_check": mode}
            )

    assert response.status == 400
    assert (await response.json())["details"] == {"duplicate_check": [f"Too many leads for {mode}"]}
    assert db.count("vicidial_list") == 1
