"""GET /api/v1/recordings/lookup: which recordings are found, and how they are shown."""

from typing import Any

import pytest
from support.answers import done
from support.apps import Reports, Start
from support.archives import NO_ARCHIVE, without
from support.database import ENGINES, TestDatabase
from support.recordings import LOOK_UP, SHOWN, asked, ids, make_recording, told
from support.replica import Replica

# 01:30 comes twice on that day in New York, an hour apart.
TWICE, FIRST, SECOND = "2024-11-03 01:30:00", 1730611800, 1730615400
OTHERS: dict[str, Any] = {
    "lead_id": 5,
    "user": "2000",
    "vicidial_id": "1736355590.9",
    "filename": "another",
    "extension": "8310",
    "start_time": "2025-01-07 12:00:01",
}


@ENGINES
async def test_the_documented_answer(reports: Reports, db: TestDatabase, engine: str) -> None:
    make_recording(db)
    make_recording(db, 534821, lead_id=5)

    assert await asked(reports, lead_id=876409) == done("Recordings retrieved", [SHOWN])


async def test_without_filters_the_newest_are_shown(reports: Reports, db: TestDatabase) -> None:
    for recording_id in (7, 5, 100_000, 6):
        make_recording(db, recording_id, start_time="2020-01-01 00:00:00")

    assert await ids(reports, limit=3) == [100_000, 7, 6]


async def test_without_limit_a_page_has_100_rows(reports: Reports, db: TestDatabase) -> None:
    for recording_id in range(1, 103):
        make_recording(db, recording_id)

    assert await ids(reports) == list(range(102, 2, -1))


async def test_the_newest_come_first_whatever_finds_them(
    reports: Reports, db: TestDatabase
) -> None:
    for recording_id in (3, 9, 4):
        make_recording(db, recording_id)

    by_what: list[dict[str, Any]] = [
        {"lead_id": 876409},
        {"uniqueid": "1736355590.1234"},
        {"filename": "20250108-120001_5551234567"},
        {"date": "2025-01-08"},
        {"date": "2025-01-08", "agent_user": "1000"},
    ]
    assert [await ids(reports, **query) for query in by_what] == [[9, 4, 3]] * len(by_what)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"lead_id": "876409"}, id="lead"),
        pytest.param({"lead_id": "876409", "date": "2025-01-08"}, id="lead and date"),
        pytest.param({"uniqueid": "1736355590.1234"}, id="uniqueid"),
        pytest.param({"uniqueid": "1736355590 .1234"}, id="uniqueid with a space"),
        pytest.param({"vicidial_id": "1736355590.1234"}, id="VICIdial's id"),
        pytest.param({"filename": "20250108-120001_5551234567"}, id="file"),
        pytest.param({"filename": "20250108-120001_5551234567", "extension": "8309"},
                     id="file and extension"),
        pytest.param({"lead_id": "876409", "agent_user": "1000"}, id="lead and agent"),
        pytest.param({"lead_id": "876409", "user": "2000"}, id="the tag is no filter"),
        pytest.param({"date": "2025-01-08"}, id="date"),
        pytest.param({"start_date": "2025-01-08 12:00:01", "end_date": "2025-01-08 12:00:01"},
                     id="second"),
        pytest.param({"date": "2025-01-08", "agent_user": "1000"}, id="agent"),
        pytest.param({"date": "2025-01-08", "extension": "8309"}, id="extension"),
        pytest.param({"date": "2025-01-08", "agent_user": "1000", "extension": "8309"},
                     id="agent and extension"),
    ],
)  # fmt: skip
async def test_each_filter_leaves_out_others(
    reports: Reports, db: TestDatabase, query: dict[str, str]
) -> None:
    make_recording(db)
    make_recording(db, 534819, **OTHERS)

    assert await ids(reports, **query) == [534820]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"lead_id": "5", "agent_user": "1000"}, id="agent of another lead"),
        pytest.param({"lead_id": "876409", "extension": "8310"}, id="another extension"),
        pytest.param({"lead_id": "876409", "date": "2025-01-07"}, id="another day"),
        pytest.param({"lead_id": "5", "filename": "20250108-120001_5551234567"}, id="another file"),
        pytest.param({"lead_id": "5", "uniqueid": "1736355590.1234"}, id="another call"),
        pytest.param({"lead_id": "5", "vicidial_id": "1736355590.1234"}, id="another id"),
        pytest.param({"date": "2025-01-08", "agent_user": "2000"}, id="agent of another day"),
        pytest.param({"vicidial_id": "1736355590"}, id="the beginning of an id"),
        pytest.param({"vicidial_id": "1736355590.%"}, id="a pattern"),
        pytest.param({"filename": "20250108-120001"}, id="the beginning of a file"),
        pytest.param({"lead_id": "4294967295"}, id="a lead that nobody knows"),
        pytest.param({"date": "2025-01-08", "agent_user": "nobody"}, id="an unknown agent"),
    ],
)
async def test_filters_are_exact_and_all_of_them_count(
    reports: Reports, db: TestDatabase, query: dict[str, str]
) -> None:
    make_recording(db)
    make_recording(db, 534819, **OTHERS)

    assert await asked(reports, **query) == done("Recordings retrieved", [])


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"vicidial_id": "777"}, id="of an in-group"),
        pytest.param({"vicidial_id": "M1081200010000876409"}, id="caller code"),
        pytest.param({"location": "DELETED"}, id="purged"),
        pytest.param({"location": "20250108-120001_5551234567"}, id="not moved yet"),
        pytest.param(
            {"vicidial_id": None, "location": None, "user": None, "channel": None,
             "extension": None, "server_ip": None, "filename": None},
            id="NULL",
        ),
    ],
)  # fmt: skip
async def test_texts_leave_as_stored(
    reports: Reports, db: TestDatabase, columns: dict[str, Any]
) -> None:
    make_recording(db, **columns)

    assert await told(reports, lead_id=876409) == [SHOWN | columns]


async def test_what_is_being_recorded_has_no_end(reports: Reports, db: TestDatabase) -> None:
    open_end: dict[str, Any] = {"end_time": None, "end_epoch": None}
    make_recording(db, length_in_sec=None, **open_end)

    assert await told(reports, lead_id=876409) == [SHOWN | open_end | {"length_in_sec": 0}]


async def test_a_recording_without_lead_or_time_is_shown(
    reports: Reports, db: TestDatabase
) -> None:
    make_recording(db, lead_id=None, start_time="0000-00-00 00:00:00", start_epoch=None)

    assert await told(reports) == [
        SHOWN | {"lead_id": None, "start_time": None, "start_epoch": None}
    ]


@pytest.mark.parametrize(
    ("columns", "seconds"),
    [
        pytest.param({"length_in_sec": 1}, 1, id="the column"),
        pytest.param({"length_in_sec": 90_000}, 90_000, id="more than a day in the column"),
        pytest.param({"length_in_sec": 0}, 63, id="zero"),
        pytest.param({"length_in_sec": None}, 63, id="NULL"),
        pytest.param({"length_in_sec": 0, "end_epoch": 1736355601 + 86_399}, 86_399, id="a day"),
        pytest.param({"length_in_sec": 0, "end_epoch": 1736355601 + 86_400}, 0, id="too long"),
        pytest.param({"length_in_sec": 0, "end_epoch": 1736355600}, 0, id="ends before"),
        pytest.param({"length_in_sec": 0, "end_epoch": 1736355601}, 0, id="ends at once"),
        pytest.param({"length_in_sec": 0, "end_epoch": None}, 0, id="without end"),
        pytest.param({"length_in_sec": 0, "start_epoch": None}, 0, id="without start"),
        pytest.param({"length_in_sec": 0, "end_epoch": 0}, 0, id="an end of zero"),
    ],
)
async def test_the_length_is_stored_or_computed(
    reports: Reports, db: TestDatabase, columns: dict[str, Any], seconds: int
) -> None:
    make_recording(db, **columns)

    assert await told(reports, lead_id=876409) == [SHOWN | columns | {"length_in_sec": seconds}]


@pytest.mark.parametrize(
    ("start", "end", "start_utc", "end_utc"),
    [
        pytest.param(FIRST, FIRST, "05:30:00", "05:30:00", id="the first"),
        pytest.param(SECOND, SECOND, "06:30:00", "06:30:00", id="the second"),
        pytest.param(FIRST, SECOND, "05:30:00", "06:30:00", id="from one to the other"),
        pytest.param(None, None, "05:30:00", "05:30:00", id="nobody knows"),
    ],
)
async def test_epochs_decide_in_the_hour_that_comes_twice(
    reports: Reports, db: TestDatabase, start: int | None, end: int | None, start_utc: str,
    end_utc: str,
) -> None:  # fmt: skip
    make_recording(db, start_time=TWICE, start_epoch=start, end_time=TWICE, end_epoch=end)

    (shown,) = await told(reports, date="2024-11-03")

    assert (shown["start_time"], shown["end_time"]) == (
        f"2024-11-03T{start_utc}Z",
        f"2024-11-03T{end_utc}Z",
    )


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="the newest"),
        pytest.param({"date": "2025-01-08"}, id="a range"),
        pytest.param({"lead_id": "876409"}, id="a lead"),
        pytest.param({"uniqueid": "1736355590.1234"}, id="a call"),
    ],
)
async def test_the_archive_is_read_instead_where_it_is_asked_for(
    reports: Reports, db: TestDatabase, query: dict[str, str]
) -> None:
    for recording_id in (2, 3):
        make_recording(db, recording_id)
    for recording_id in (1, 2):
        make_recording(db, recording_id, archived=True)

    assert await ids(reports, **query) == [3, 2]
    assert await ids(reports, **query, archived="N") == [3, 2]
    assert await ids(reports, **query, archived="Y") == [2, 1]


@pytest.mark.parametrize(
    "query", [{}, {"date": "2025-01-08"}, {"lead_id": "876409"}, {"uniqueid": "1736355590.1234"}]
)
async def test_an_archive_that_is_missing_is_a_409(
    reports: Reports, db: TestDatabase, query: dict[str, str]
) -> None:
    make_recording(db)
    with without(db, "recording_log_archive"):
        archive = await asked(reports, **query, archived="Y")
        live = await ids(reports, **query)

    assert archive == NO_ARCHIVE
    assert live == [534820]


async def test_recordings_are_read_from_the_report_database(
    start_reports: Start, db: TestDatabase, replica: Replica
) -> None:
    reports = await start_reports(replica=replica)
    make_recording(db, 1)
    make_recording(replica, 2)

    assert await ids(reports, uniqueid="1736355590.1234") == [2]
    assert await ids(reports, date="2025-01-08") == [2]


async def test_recordings_are_exported_as_csv(reports: Reports, db: TestDatabase) -> None:
    make_recording(db)
    make_recording(db, 534821, channel="=1+1", location=None, lead_id=None, length_in_sec=0,
                   end_time=None, end_epoch=None)  # fmt: skip

    response = await reports.get(LOOK_UP.with_query(date="2025-01-08", format="csv"))

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="recordings_20250108_20250108.csv"'
    )
    assert (await response.text()).split("\r\n") == [
        ",".join(SHOWN),
        "534821,'=1+1,10.0.0.5,8309,2025-01-08T17:00:01Z,1736355601,,,0,"
        "20250108-120001_5551234567,,,1000,1736355590.1234",
        ",".join(map(str, SHOWN.values())),
        "",
    ]


async def test_recordings_are_exported_as_ndjson(reports: Reports, db: TestDatabase) -> None:
    make_recording(db)

    response = await reports.get(LOOK_UP.with_query(lead_id=876409, format="ndjson"))

    assert response.headers["Content-Disposition"] == 'attachment; filename="recordings.ndjson"'
    assert await response.json(content_type="application/x-ndjson") == SHOWN
