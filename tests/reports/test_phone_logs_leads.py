"""GET /api/v1/phone-logs/{phone}: what is told of the leads of the calls."""

import pytest
from support.answers import asked, refused
from support.apps import Reports
from support.builders import make_lead
from support.database import ENGINES, TestDatabase
from support.phone_logs import LEAD_ID, NUMBER, calls, lead_archive, make_in, make_out, url

EVERY_WAY = pytest.mark.parametrize(
    "query", ["", "type=IN", "type=ALL", "detail=LAST", "format=csv", "format=ndjson", "archived=Y"]
)


async def told(reports: Reports, **query: str) -> list[tuple[object, ...]]:
    """Of each call what is told of its lead."""
    found = await calls(reports, type="ALL", **query)
    return [(one["lead_id"], one["lead_status"], one["source_id"]) for one in found]


@ENGINES
async def test_each_call_tells_its_own_lead_s_status_and_source(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_lead(db, lead_id=1, phone_number=NUMBER, status="TD", source_id="mail098")
    make_lead(db, lead_id=2, phone_number=NUMBER, status="NI", source_id="")
    make_out(db, "1.1", lead_id=1, status="SALE")
    make_out(db, "1.2", lead_id=2, status="SALE")
    make_in(db, 2, lead_id=2)
    make_in(db, 1, lead_id=999)

    assert await told(reports) == [
        (2, "NI", ""),
        (999, None, None),
        (2, "NI", ""),
        (1, "TD", "mail098"),
    ]


@ENGINES
async def test_archived_leads_are_told_of_instead(
    reports: Reports, db: TestDatabase, engine: str
) -> None:
    make_lead(db, lead_id=1, phone_number=NUMBER, status="TD")
    make_lead(db, lead_id=3, phone_number=NUMBER, status="LIVE")
    with lead_archive(db):
        for lead_id, status in [(1, "WAS"), (2, "OLD")]:
            db.insert(
                "vicidial_list_archive",
                lead_id=lead_id, phone_number=NUMBER, status=status, source_id=f"s{lead_id}",
            )  # fmt: skip
        for lead_id in (1, 2, 3):
            make_out(db, f"1.{lead_id}", lead_id=lead_id)

        assert await told(reports, archived_lead="Y") == [
            (3, None, None),
            (2, "OLD", "s2"),
            (1, "WAS", "s1"),
        ]
        assert await told(reports, archived_lead="N") == [
            (3, "LIVE", ""),
            (2, None, None),
            (1, "TD", ""),
        ]


@EVERY_WAY
async def test_without_an_archive_of_leads_it_cannot_be_asked_for(
    reports: Reports, db: TestDatabase, query: str
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    make_out(db, "1.1")

    answer = await asked(reports, url(query=f"?archived_lead=Y&{query}"))

    assert answer == refused(409, "Lead archive is not set up")


async def test_an_archive_that_may_not_be_read_is_not_set_up(
    reports: Reports, db: TestDatabase
) -> None:
    with lead_archive(db, readable=False):
        answer = await asked(reports, url(query="?archived_lead=Y"))

    assert answer == refused(409, "Lead archive is not set up")


async def test_an_archive_that_is_set_up_while_we_run_is_read(
    reports: Reports, db: TestDatabase
) -> None:
    make_lead(db, lead_id=LEAD_ID, phone_number=NUMBER)
    make_out(db, "1.1")
    query = url(query="?archived_lead=Y")

    statuses = [(await asked(reports, query))[0]]
    with lead_archive(db):
        statuses.append((await asked(reports, query))[0])
    statuses.append((await asked(reports, query))[0])

    assert statuses == [409, 200, 409]
