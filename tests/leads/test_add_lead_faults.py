"""POST /api/v1/leads: what is there after a write that fails, or a service that is killed."""

import asyncio

import aiohttp
import pytest
from support.apps import Leads, authorization
from support.builders import make_campaign, make_custom_field, make_custom_table, make_list
from support.database import TestDatabase
from support.processes import service_process

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
# The order of writes.
TABLES = ("vicidial_list", "custom_101", "vicidial_list_alt_phones", "vicidial_callbacks",
          "vicidial_hopper")  # fmt: skip
EXTRAS = {
    "custom_fields": {"color": "red"},
    "callback": "Y",
    "callback_datetime": "NOW",
    "add_to_hopper": "Y",
}
ALT_PHONES = [{"phone_number": "5550000001"}, {"phone_number": "5550000002"}]
LEAD = EXTRAS | {"list_id": 101, "phone_number": "5551234567", "alt_phones": ALT_PHONES}
ONCE = LEAD | {"duplicate_check": "DUPLIST"}


@pytest.fixture(autouse=True)
def custom_list(db: TestDatabase) -> None:
    """List 101 of TESTCAMP with one custom field."""
    make_campaign(db)
    make_list(db)
    make_custom_table(db, 101, color="VARCHAR(50)")
    make_custom_field(db, 101, "color")


def filled(db: TestDatabase) -> list[str]:
    """The tables that have rows, in the order of writes."""
    return [table for table in TABLES if db.count(table)]


async def finish_by_put(leads: Leads, repeat: aiohttp.ClientResponse) -> None:
    """What an integrator does who gets a 409 for the repeat: give the rest to the lead."""
    answer = await repeat.json()
    assert (repeat.status, answer["error"]) == (409, "Duplicate phone number in list")
    put = await leads.put(f"/api/v1/leads/{answer['details']['lead_id']}", json=EXTRAS)
    assert put.status == 200


@ENGINES
@pytest.mark.parametrize("failing", range(1, len(TABLES)), ids=TABLES[1:])
async def test_a_write_that_fails_leaves_those_before_it(
    leads: Leads, db: TestDatabase, engine: str, failing: int
) -> None:
    db.fail_writes(TABLES[failing])
    broken = await leads.post("/api/v1/leads", json=ONCE)
    left, status = filled(db), db.rows("SELECT status FROM vicidial_list")
    db.mend_writes(TABLES[failing])

    repeat = await leads.post("/api/v1/leads", json=ONCE)

    assert broken.status == 500
    if engine == "InnoDB":
        assert (left, repeat.status) == ([], 200)
    else:
        assert (left, status) == (list(TABLES[:failing]), [("CBHOLD",)])
        await finish_by_put(leads, repeat)
    assert [db.count(table) for table in TABLES if "alt" not in table] == [1, 1, 1, 1]


@ENGINES
async def test_lead_that_cannot_be_written_leaves_nothing(
    leads: Leads, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_list")

    response = await leads.post("/api/v1/leads", json=ONCE)

    assert response.status == 500
    assert filled(db) == []


async def test_without_duplicate_check_a_repeat_adds_a_second_lead(
    leads: Leads, db: TestDatabase
) -> None:
    db.fail_writes("vicidial_hopper")
    broken = await leads.post("/api/v1/leads", json=LEAD)
    db.mend_writes("vicidial_hopper")

    repeat = await leads.post("/api/v1/leads", json=LEAD)

    assert (broken.status, repeat.status) == (500, 200)
    assert (db.count("vicidial_list"), db.count("vicidial_hopper")) == (2, 1)


@ENGINES
@pytest.mark.parametrize("held", range(1, len(TABLES)), ids=TABLES[1:])
async def test_a_connection_that_breaks_is_a_503_and_nothing_is_written_twice(
    leads: Leads, db: TestDatabase, engine: str, held: int
) -> None:
    with db.hold(TABLES[held]):
        request = asyncio.create_task(leads.post("/api/v1/leads", json=ONCE))
        await db.until_waiting(1)
        db.kill_service_connections()
    response = await request

    assert response.status == 503
    assert (await response.json())["error"] == "Database not available"
    assert filled(db) == ([] if engine == "InnoDB" else list(TABLES[:held]))
    assert db.count("vicidial_list") == (0 if engine == "InnoDB" else 1)


async def test_an_insert_whose_connection_breaks_is_not_tried_again(
    leads: Leads, db: TestDatabase
) -> None:
    with db.hold("vicidial_list"):
        request = asyncio.create_task(
            leads.post("/api/v1/leads", json={"list_id": 101, "phone_number": "5551234567"})
        )
        await db.until_waiting(1)
        db.kill_service_connections()
    response = await request

    assert response.status == 503
    assert filled(db) == []


@ENGINES
@pytest.mark.parametrize("held", range(1, len(TABLES)), ids=TABLES[1:])
async def test_killed_between_two_writes_a_repeat_and_put_finish(
    leads: Leads, db: TestDatabase, engine: str, held: int
) -> None:
    async with service_process(db, "svc-leads") as process, aiohttp.ClientSession() as http:
        url, headers = f"{process.url}/api/v1/leads", authorization("svc-leads")
        with db.hold(TABLES[held]):
            request = asyncio.create_task(http.post(url, json=ONCE, headers=headers))
            await db.until_waiting(1)
            process.kill()
            db.kill_service_connections()
        with pytest.raises(aiohttp.ClientError):
            await request
    left = filled(db)

    repeat = await leads.post("/api/v1/leads", json=ONCE)

    if engine == "InnoDB":
        assert (left, repeat.status) == ([], 200)
    else:
        assert left == list(TABLES[:held])
        await finish_by_put(leads, repeat)
    assert [db.count(table) for table in TABLES if "alt" not in table] == [1, 1, 1, 1]
