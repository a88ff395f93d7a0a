"""Changes of leads on InnoDB: a deadlock is tried again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_list
from support.changes import make_callback
from support.database import TestDatabase


@pytest.fixture
def engine() -> str:
    return "InnoDB"


@pytest.fixture(autouse=True)
def many(db: TestDatabase) -> None:
    """200 leads of list 101 of TESTCAMP."""
    make_campaign(db)
    make_list(db)
    db.execute(
        "INSERT INTO vicidial_list (lead_id, list_id, phone_number, phone_code, status)"
        " SELECT seq, 101, 2125550000 + seq, '1', 'NEW' FROM seq_1_to_200"
    )


def deadlocks(db: TestDatabase) -> int:
    return int(db.row("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'")[1])


@asynccontextmanager
async def rival(db: TestDatabase, first: str, second: str) -> AsyncIterator[None]:
    """A transaction that has done `first`; when the block's request waits for it, `second` too.

    It has changed many rows, so that it is the request that the server ends.
    """
    with closing(db.server.connect(database=db.name)) as other, other.cursor() as cursor:
        other.begin()
        cursor.execute("UPDATE vicidial_list SET title = 'x' WHERE lead_id > 100")
        cursor.execute(first)
        yield
        await db.until_waiting(1)
        await asyncio.to_thread(cursor.execute, second)
        other.commit()


async def data_of(request: Awaitable[Any]) -> tuple[int, Any]:
    response = await request
    return response.status, (await response.json()).get("data")


FIRST_LEAD = "UPDATE vicidial_list SET address1 = 'theirs' WHERE lead_id = 1"


async def test_a_batch(leads: Leads, db: TestDatabase) -> None:
    before = deadlocks(db)
    body = {"lead_ids": [1, 2], "city": "Boston"}
    async with rival(
        db, "UPDATE vicidial_list SET address1 = 'theirs' WHERE lead_id = 2", FIRST_LEAD
    ):
        batch = asyncio.create_task(data_of(leads.put("/api/v1/leads/batch", json=body)))

    assert await batch == (200, {"updated_count": 2})
    assert db.rows("SELECT address1, city FROM vicidial_list WHERE lead_id < 3") == [
        ("theirs", "Boston"),
        ("theirs", "Boston"),
    ]
    assert deadlocks(db) > before


@pytest.mark.parametrize(
    ("body", "first"),
    [
        pytest.param(
            {"status": "HOT"},
            "SELECT lead_id FROM vicidial_list FORCE INDEX (status)"
            " WHERE status = 'HOT' FOR UPDATE",
            id="of one statement",
        ),
        pytest.param(
            {"status": "HOT", "callback": "REMOVE"},
            "UPDATE vicidial_callbacks SET comments = 'theirs' WHERE lead_id = 1",
            id="of several tables",
        ),
    ],
)
async def test_one_change(leads: Leads, db: TestDatabase, body: dict[str, str], first: str) -> None:
    make_callback(db, 1)
    before = deadlocks(db)
    async with rival(db, first, FIRST_LEAD):
        change = asyncio.create_task(data_of(leads.put("/api/v1/leads/1", json=body)))

    removed = {"callbacks_removed": 1} if "callback" in body else {}
    assert await change == (200, {"lead_id": 1} | removed)
    assert db.row("SELECT address1, status FROM vicidial_list WHERE lead_id = 1") == (
        "theirs",
        "HOT",
    )
    assert deadlocks(db) > before


async def test_a_deletion(leads: Leads, db: TestDatabase) -> None:
    make_callback(db, 1)
    before = deadlocks(db)
    async with rival(db, FIRST_LEAD, "UPDATE vicidial_callbacks SET comments = 'theirs'"):
        deletion = asyncio.create_task(
            data_of(leads.put("/api/v1/leads/1", json={"delete_lead": "Y"}))
        )

    assert await deletion == (200, {"lead_id": 1})
    assert db.count("vicidial_list") == 199
    assert db.rows("SELECT comments FROM vicidial_callbacks_archive") == [("theirs",)]
    assert db.count("vicidial_admin_log") == 1
    assert deadlocks(db) > before
