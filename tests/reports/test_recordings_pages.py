"""GET /api/v1/recordings/lookup: page after page, to the last recording."""

from typing import Any

import pytest
from support.apps import Reports, Start, clock_at
from support.database import TestDatabase
from support.pages import all_pages, page, parameters
from support.recordings import LOOK_UP, make_recording

FAR_APART = (4_294_967_295, 4_294_900_000, 90_001, 90_000, 50_000, 49_999, 30_000, 29_999, 2, 1)


def ids_of(rows: list[dict[str, Any]]) -> list[int]:
    """The recordings of a page, by their ids."""
    return [row["recording_id"] for row in rows]


async def read(reports: Reports, **query: Any) -> list[list[int]]:
    """The ids of all pages."""
    return list(map(ids_of, await all_pages(reports, LOOK_UP.with_query(query))))


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="the newest"),
        pytest.param({"date": "2025-01-08"}, id="a range"),
        pytest.param({"date": "2025-01-08", "agent_user": "1000"}, id="an agent"),
        pytest.param({"date": "2025-01-08", "extension": "8309"}, id="an extension"),
        pytest.param({"lead_id": "876409"}, id="a lead"),
        pytest.param({"uniqueid": "1736355590.1234"}, id="a call"),
        pytest.param({"archived": "Y"}, id="the newest of the archive"),
        pytest.param({"date": "2025-01-08", "archived": "Y"}, id="a range of the archive"),
    ],
)
@pytest.mark.parametrize("limit", [1, 3, 5, 10, 11])
async def test_pages_have_each_recording_once(
    reports: Reports, db: TestDatabase, query: dict[str, str], limit: int
) -> None:
    """All of them began in the same second; their ids are far apart."""
    for recording_id in FAR_APART:
        make_recording(db, recording_id, archived="archived" in query)

    assert await read(reports, **query, limit=limit) == [
        list(FAR_APART[start : start + limit]) for start in range(0, len(FAR_APART), limit)
    ]


async def test_pages_skip_what_filters_leave_out(reports: Reports, db: TestDatabase) -> None:
    for number, recording_id in enumerate(FAR_APART):
        make_recording(db, recording_id, user=str(1000 + number % 2))

    assert await read(reports, date="2025-01-08", agent_user="1001", limit=2) == [
        [4_294_900_000, 90_000],
        [49_999, 29_999],
        [1],
    ]


async def test_a_recording_that_comes_meanwhile_moves_no_page(
    reports: Reports, db: TestDatabase
) -> None:
    for recording_id in range(1, 5):
        make_recording(db, recording_id)

    first, url = await page(reports, LOOK_UP.with_query(limit=2))
    make_recording(db, 5)
    second, last = await page(reports, url)

    assert (ids_of(first), ids_of(second), last) == ([4, 3], [2, 1], None)


async def test_the_next_page_has_the_range_written_out(
    start_reports: Start, db: TestDatabase
) -> None:
    reports = await start_reports(clock=clock_at("2025-01-08T20:00:00"))
    for recording_id in (1, 2):
        make_recording(db, recording_id)

    query = {"start_date": "2025-01-08", "agent_user": "1000", "user": "6666", "limit": "1"}
    first, url = await page(reports, LOOK_UP.with_query(query))

    assert ids_of(first) == [2]
    assert parameters(url, LOOK_UP.path) == {
        "start_date": "2025-01-08 00:00:00",
        "end_date": "2025-01-08 23:59:59",
        "agent_user": "1000",
        "limit": "1",
    }


async def test_without_a_range_the_next_page_has_none(reports: Reports, db: TestDatabase) -> None:
    for recording_id in (1, 2):
        make_recording(db, recording_id)

    _, url = await page(reports, LOOK_UP.with_query(lead_id=876409, limit=1))

    assert url is not None
    assert set(url.query) == {"lead_id", "limit", "cursor"}


async def test_behind_the_last_recording_a_page_is_empty(
    reports: Reports, db: TestDatabase
) -> None:
    for recording_id in (5, 6):
        make_recording(db, recording_id)

    for query in (dict[str, str](), {"date": "2025-01-08"}, {"lead_id": "876409"}):
        _, url = await page(reports, LOOK_UP.with_query(query | {"limit": "1"}))
        assert url is not None
        assert await read(reports, **url.update_query(cursor="WzVd").query) == [[]]  # [5]
