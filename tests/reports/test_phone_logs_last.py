"""GET /api/v1/phone-logs/{phone}: of each number and direction the last call."""

import pytest
from support.apps import Reports, Start, clock_at
from support.builders import make_lead
from support.database import ENGINES, TestDatabase
from support.pages import all_pages
from support.phone_logs import NUMBER, OTHER, id_of, ids, make_in, make_out, url

BOTH = f"{NUMBER},{OTHER}"


def make_calls(db: TestDatabase) -> None:
    """Calls of two leads of the first number, and of one of the other."""
    for lead_id, number in [(1, NUMBER), (300, NUMBER), (2, OTHER), (3, "7275550000")]:
        make_lead(db, lead_id=lead_id, phone_number=number)
        make_out(db, f"{lead_id}.1", f"2025-01-08 10:00:{lead_id % 60:02}", lead_id=lead_id,
                 phone_number=number)  # fmt: skip
        make_out(db, f"{lead_id}.2", f"2025-01-08 11:00:{lead_id % 60:02}", lead_id=lead_id,
                 phone_number=number)  # fmt: skip
        make_in(db, 2 * lead_id, "2025-01-08 10:30:00", lead_id=lead_id, phone_number=number)
        make_in(db, 2 * lead_id + 1, "2025-01-08 10:30:00", lead_id=lead_id, phone_number=number)


@ENGINES
@pytest.mark.parametrize(
    ("phone", "kind", "expected"),
    [
        (NUMBER, "OUT", ["1.2"]),
        (NUMBER, "IN", [601]),
        (NUMBER, "ALL", ["1.2", 601]),
        (BOTH, "OUT", ["2.2", "1.2"]),
        (BOTH, "IN", [601, 5]),
        (BOTH, "ALL", ["2.2", "1.2", 601, 5]),
        ("7275559999", "ALL", []),
    ],
)
async def test_the_newest_call_of_each_number_and_direction(
    reports: Reports, db: TestDatabase, engine: str, way: str, phone: str, kind: str,
    expected: list[object],
) -> None:  # fmt: skip
    make_calls(db)

    assert await ids(reports, phone, type=kind, detail="LAST") == expected


async def test_the_newest_call_of_many_leads(reports: Reports, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_list (lead_id, phone_number)"
        f" SELECT seq, IF(seq % 2, '{NUMBER}', '{OTHER}') FROM seq_1_to_900"
    )
    db.execute(
        "INSERT INTO vicidial_log (uniqueid, lead_id, phone_number, call_date)"
        f" SELECT seq, seq, IF(seq % 2, '{NUMBER}', '{OTHER}'),"
        " '2025-01-08 12:00:00' - INTERVAL (seq * 7) % 900 MINUTE FROM seq_1_to_900"
    )

    newest = [
        min(range(first, 901, 2), key=lambda seq: ((seq * 7) % 900, -seq)) for first in (1, 2)
    ]
    newest.sort(key=lambda seq: (seq * 7) % 900)
    assert await ids(reports, BOTH, detail="LAST") == list(map(str, newest))


async def test_it_is_the_newest_in_the_range(
    start_reports: Start, db: TestDatabase, way: str
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-10T12:00:00"))
    make_calls(db)
    span = {"start_date": "2025-01-08", "end_date": "2025-01-08 10:59:59"}

    assert await ids(reports, BOTH, type="ALL", detail="LAST", **span) == [601, 5, "2.1", "1.1"]


async def test_calls_without_a_date_are_the_last_if_there_are_no_others(
    reports: Reports, db: TestDatabase, way: str
) -> None:
    make_lead(db, lead_id=1, phone_number=NUMBER)
    make_lead(db, lead_id=2, phone_number=OTHER)
    make_out(db, "1.1", "1999-01-01 00:00:00", lead_id=1)
    make_out(db, "1.2", None, lead_id=1)
    make_out(db, "2.1", None, lead_id=2, phone_number=OTHER)

    assert await ids(reports, BOTH, detail="LAST") == ["1.1", "2.1"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
async def test_they_come_in_pages(reports: Reports, db: TestDatabase, way: str, limit: int) -> None:
    make_calls(db)

    found = await all_pages(reports, url(BOTH, f"?type=ALL&detail=LAST&limit={limit}"))

    expected = ["2.2", "1.2", 601, 5]
    assert [list(map(id_of, rows)) for rows in found] == [
        expected[start : start + limit] for start in range(0, 4, limit)
    ]
