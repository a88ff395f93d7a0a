"""PUT /api/v1/leads/batch: chunks that fail are finished by a repeat."""

from collections.abc import Iterator
from typing import Any

import pytest
from support.apps import Leads
from support.builders import make_campaign, make_list
from support.changes import make_entry
from support.database import TestDatabase

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
LEADS = list(range(1, 1201))


@pytest.fixture(autouse=True)
def many(db: TestDatabase) -> None:
    """1,200 leads of list 101 of TESTCAMP: three chunks; list 102 of NEWCAMP."""
    for list_id, campaign_id in ((101, "TESTCAMP"), (102, "NEWCAMP")):
        make_campaign(db, campaign_id)
        make_list(db, list_id, campaign_id)
    db.execute(
        "INSERT INTO vicidial_list (lead_id, list_id, phone_number, phone_code, status)"
        " SELECT seq, 101, 2125550000 + seq, '1', 'NEW' FROM seq_1_to_1200"
    )


@pytest.fixture
def failing_lead(db: TestDatabase) -> Iterator[int]:
    """A lead of the second chunk that cannot be changed."""
    db.execute(
        "CREATE TRIGGER fail_lead BEFORE UPDATE ON vicidial_list FOR EACH ROW"
        " IF NEW.lead_id = 700 THEN SIGNAL SQLSTATE '45000'; END IF"
    )
    yield 700
    db.execute("DROP TRIGGER IF EXISTS fail_lead")


async def put(leads: Leads, **body: Any) -> tuple[int, Any]:
    response = await leads.put("/api/v1/leads/batch", json={"lead_ids": LEADS} | body)
    return response.status, (await response.json()).get("data")


def changed(db: TestDatabase, condition: str) -> list[int]:
    return [row[0] for row in db.rows(f"SELECT lead_id FROM vicidial_list WHERE {condition}")]


@ENGINES
@pytest.mark.parametrize("body", [{}, {"phone_code": "44"}], ids=["columns", "offsets too"])
async def test_a_crash_leaves_the_first_chunks_done(
    leads: Leads, db: TestDatabase, engine: str, failing_lead: int, body: dict[str, str]
) -> None:
    broken, _ = await put(leads, status="NA", **body)
    found = changed(db, "status = 'NA'")
    db.execute("DROP TRIGGER fail_lead")

    again = await put(leads, status="NA", **body)

    # MyISAM keeps what the failed statement had done.
    done = failing_lead - 1 if engine == "MyISAM" else 500
    assert (broken, found) == (500, LEADS[:done])
    assert again == (200, {"updated_count": 1200})
    assert changed(db, "status = 'NA'") == LEADS


@ENGINES
async def test_leads_that_moved_but_stayed_in_the_hopper_leave_it_by_a_repeat(
    leads: Leads, db: TestDatabase, engine: str
) -> None:
    make_entry(db, 600)
    kept = make_entry(db, 601, campaign_id="NEWCAMP", list_id=102)
    db.fail_writes("vicidial_hopper", "DELETE")
    broken, _ = await put(leads, list_id=102)
    moved, in_hopper = changed(db, "list_id = 102"), db.count("vicidial_hopper")
    db.mend_writes("vicidial_hopper")

    again = await put(leads, list_id=102)

    assert (broken, in_hopper) == (500, 2)
    assert moved == LEADS[: 1000 if engine == "MyISAM" else 500]
    assert again == (200, {"updated_count": 1200})
    assert changed(db, "list_id = 102") == LEADS
    assert db.rows("SELECT hopper_id FROM vicidial_hopper") == [(kept,)]
