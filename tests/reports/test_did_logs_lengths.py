"""GET /api/v1/did-logs/export: how long a call was, from its rows in the in-groups' log."""

from typing import Any

import pytest
from support.apps import Reports
from support.database import TestDatabase
from support.did_logs import lengths, make_did_call, make_in_group_call, told

ARRIVED = "2025-01-08 12:00:01"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        pytest.param({}, 123, id="waiting and talking"),
        pytest.param({"length_in_sec": None}, 4, id="NULL is 0"),
        pytest.param({"length_in_sec": 0}, 4, id="no talking"),
        pytest.param({"length_in_sec": -3}, 1, id="a clock went back"),
        pytest.param({"length_in_sec": -10}, 0, id="never below 0"),
        pytest.param(
            {"call_date": "2025-01-08 11:59:31", "length_in_sec": 10}, 0, id="ended before"
        ),
        pytest.param(
            {"call_date": "2025-01-08 11:59:31", "length_in_sec": 40}, 10, id="began before"
        ),
        pytest.param({"call_date": "2025-01-08 11:59:01"}, 59, id="60 s before"),
        pytest.param({"call_date": "2025-01-08 11:59:00"}, 0, id="61 s before"),
        pytest.param({"call_date": "2025-01-09 12:00:01"}, 86_519, id="24 h after"),
        pytest.param({"call_date": "2025-01-09 12:00:02"}, 0, id="longer after"),
        pytest.param({"call_date": None}, 0, id="without a date"),
        pytest.param({"call_date": "0000-00-00 00:00:00"}, 0, id="zero date"),
        pytest.param({"uniqueid": "1736355590.12345"}, 0, id="of another call"),
        pytest.param({"length_in_sec": 2**31 - 1}, 2**31 + 3, id="longest"),
    ],
)  # fmt: skip
async def test_a_call_lasts_from_its_arrival_to_its_end_in_the_in_group(
    reports: Reports, db: TestDatabase, columns: dict[str, Any], expected: int
) -> None:
    make_did_call(db, call_date=ARRIVED)
    make_in_group_call(db, **columns)

    assert await lengths(reports) == [expected]


async def test_a_call_that_never_reached_an_in_group_has_no_length(
    reports: Reports, db: TestDatabase
) -> None:
    make_did_call(db)

    assert await lengths(reports) == [0]


async def test_of_several_in_groups_the_last_counts(reports: Reports, db: TestDatabase) -> None:
    make_did_call(db, call_date=ARRIVED)
    make_in_group_call(db, closecallid=9, call_date="2025-01-08 12:05:01", length_in_sec=50)
    make_in_group_call(db, closecallid=10, call_date="2025-01-08 12:03:01", length_in_sec=30)
    make_in_group_call(db, closecallid=8, call_date="2025-01-08 12:09:01", length_in_sec=70)
    make_in_group_call(db, closecallid=11, call_date="2025-01-10 12:00:01", length_in_sec=90)

    assert await lengths(reports) == [210]


async def test_servers_that_gave_the_same_uniqueid_have_their_own_calls(
    reports: Reports, db: TestDatabase
) -> None:
    make_did_call(db, server_ip="10.0.0.5", call_date="2025-01-08 12:00:00")
    make_did_call(db, server_ip="10.0.0.6", call_date="2025-01-10 12:00:00")
    make_in_group_call(db, closecallid=1, call_date="2025-01-08 12:00:05", length_in_sec=10)
    make_in_group_call(db, closecallid=2, call_date="2025-01-10 12:00:07", length_in_sec=20)

    rows = await told(reports, start_date="2025-01-08", end_date="2025-01-10")

    assert [(row["server_ip"], row["length_in_sec"]) for row in rows] == [
        ("10.0.0.5", 15),
        ("10.0.0.6", 27),
    ]


async def test_of_equal_calls_of_two_servers_in_one_second_both_have_the_last_row(
    reports: Reports, db: TestDatabase
) -> None:
    make_did_call(db, server_ip="10.0.0.5")
    make_did_call(db, server_ip="10.0.0.6")
    make_in_group_call(db, closecallid=1, length_in_sec=10)
    make_in_group_call(db, closecallid=2, length_in_sec=20)

    assert await lengths(reports) == [24, 24]


async def test_a_row_that_was_archived_counts_as_well(reports: Reports, db: TestDatabase) -> None:
    make_did_call(db)
    make_in_group_call(db, archived=True)

    assert await lengths(reports) == [123]


async def test_the_archive_is_asked_only_for_what_the_log_has_not(
    reports: Reports, db: TestDatabase
) -> None:
    make_did_call(db, uniqueid="1.1")
    make_did_call(db, uniqueid="1.2")
    make_in_group_call(db, uniqueid="1.1", closecallid=1, length_in_sec=10)
    make_in_group_call(db, uniqueid="1.1", closecallid=2, length_in_sec=20, archived=True)
    # Of another server's call: in the log, but not of this one.
    make_in_group_call(db, uniqueid="1.2", closecallid=4, call_date="2025-01-20 12:00:00")
    make_in_group_call(db, uniqueid="1.2", closecallid=3, length_in_sec=30, archived=True)

    assert await lengths(reports) == [14, 34]


async def test_archived_calls_have_their_lengths_from_the_log_first(
    reports: Reports, db: TestDatabase
) -> None:
    make_did_call(db, archived=True)
    make_in_group_call(db, length_in_sec=10)
    make_in_group_call(db, length_in_sec=20, archived=True)

    assert await lengths(reports, archived="Y") == [14]


async def test_calls_without_a_uniqueid_have_no_length(reports: Reports, db: TestDatabase) -> None:
    make_did_call(db, uniqueid="")
    make_in_group_call(db, uniqueid="")

    assert await lengths(reports) == [0]


async def test_two_rows_of_one_call_have_each_its_length(
    reports: Reports, db: TestDatabase
) -> None:
    make_did_call(db, call_date="2025-01-08 12:00:01", extension="3125551212")
    make_did_call(db, call_date="2025-01-08 12:00:03", extension="8600")
    make_in_group_call(db)

    assert await lengths(reports) == [123, 121]
