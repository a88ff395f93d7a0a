"""GET /api/v1/call-stats/dispo: calls to DIDs, by what the in-groups made of them."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from support.answers import asked, done, told
from support.apps import Reports, Start
from support.call_logs import make_inbound_call
from support.call_stats import DAY, DISPO, one_decimal
from support.database import ENGINES, TestDatabase
from support.did_logs import make_did_call
from support.dids import make_did
from support.statements import statements_sent

NOTHING = {"total_calls": 0, "statuses": []}
NOON = datetime(2025, 1, 8, 12)  # noqa: DTZ001 - as the logs have it


def arrive(db: TestDatabase, uniqueid: str, did_id: str | None, **columns: Any) -> None:
    """A call arrives on a DID at noon."""
    defaults = {"extension": "18005551234", "call_date": str(NOON)}
    make_did_call(db, uniqueid=uniqueid, did_id=did_id, **defaults | columns)


def answer(db: TestDatabase, closecallid: int, uniqueid: str, **columns: Any) -> None:
    """An in-group takes a call, a second after it arrived."""
    defaults = {"call_date": str(NOON + timedelta(seconds=1)), "status": "SALE", "user": "1001"}
    make_inbound_call(db, closecallid=closecallid, uniqueid=uniqueid, **defaults | columns)


def group(group_id: str, did_id: str, **statuses: int) -> dict[str, Any]:
    """A DID of the answer with its numbers, the most frequent first."""
    return {"group_id": group_id, "group_type": "did", "did_id": did_id} | numbers(**statuses)


def numbers(**statuses: int) -> dict[str, Any]:
    """Counts and percentages of statuses."""
    calls = sum(statuses.values())
    return {
        "total_calls": calls,
        "statuses": [
            {"status": status, "count": count, "percentage": one_decimal(100 * count, calls)}
            for status, count in statuses.items()
        ],
    }


async def groups(reports: Reports, **query: str) -> list[dict[str, Any]]:
    """The groups of that day."""
    return list((await told(reports, DISPO, **DAY, **query))["groups"])


@pytest.fixture
def calls(db: TestDatabase) -> None:
    """Three calls to DID 12 and one to 7; one to a DID that is gone; one that nobody took."""
    make_did(db, 12, "18005551234")
    make_did(db, 7, "Main-Line")
    make_did(db, 8, "18005550008")
    for number, (did_id, status) in enumerate(
        [("12", "NI"), ("12", "SALE"), ("12", "sale"), ("7", "DROP"), ("99", "SALE")], start=1
    ):
        extension = "18005559999" if did_id == "99" else "18005551234"
        arrive(db, f"1.{number}", did_id, extension=extension)
        answer(db, number, f"1.{number}", status=status)
    arrive(db, "1.6", "12")
    answer(db, 7, "1.7", status="NI")


@ENGINES
@pytest.mark.usefixtures("engine", "calls")
async def test_all_dids_are_those_that_have_calls(reports: Reports) -> None:
    found = await asked(reports, DISPO, **DAY, did_ids="ALLDIDS")

    assert found == done(
        "Disposition report retrieved",
        {
            "groups": [
                group("18005551234", "12", SALE=2, NI=1),
                group("18005559999", "99", SALE=1),
                group("Main-Line", "7", DROP=1),
            ],
            "total": numbers(SALE=3, DROP=1, NI=1),
        },
    )


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({"did_ids": "7"}, [group("Main-Line", "7", DROP=1)], id="by id"),
        pytest.param(
            {"did_ids": "8-99-7"},
            [
                group("18005550008", "8"),
                group("18005559999", "99", SALE=1),
                group("Main-Line", "7", DROP=1),
            ],
            id="ids with dashes, of one without calls and one that is gone",
        ),
        pytest.param({"did_ids": "55"}, [group("55", "55")], id="an id that nothing has"),
        pytest.param(
            {"did_patterns": "MAIN-line"}, [group("Main-Line", "7", DROP=1)], id="by a pattern"
        ),
        pytest.param(
            {"dids": "18005551234,18005550008"},
            [group("18005550008", "8"), group("18005551234", "12", SALE=2, NI=1)],
            id="by patterns, in their other name",
        ),
        pytest.param(
            {"did_patterns": "18005559999"},
            [group("18005559999", "99", SALE=1)],
            id="by the number of a DID that is gone",
        ),
        pytest.param(
            {"did_patterns": "none,18005559999"},
            [group("18005559999", "99", SALE=1), group("none", "")],
            id="by a pattern that nothing has",
        ),
        pytest.param(
            {"did_ids": "7,12", "did_patterns": "Main-Line"},
            [group("18005551234", "12", SALE=2, NI=1), group("Main-Line", "7", DROP=1)],
            id="by both",
        ),
        pytest.param(
            {"did_ids": "---ALL---", "did_patterns": "Main-Line"},
            [group("Main-Line", "7", DROP=1)],
            id="all ids, one pattern",
        ),
        pytest.param(
            {"did_ids": "7", "dids": "ALLPATTERNS"},
            [group("Main-Line", "7", DROP=1)],
            id="one id, all patterns",
        ),
    ],
)
async def test_dids_asked_for_are_there_with_and_without_calls(
    reports: Reports, query: dict[str, str], expected: list[dict[str, Any]]
) -> None:
    assert await groups(reports, **query) == expected


async def test_a_number_that_was_dialled_stands_for_no_did_that_exists(
    reports: Reports, db: TestDatabase
) -> None:
    make_did(db, 7, "default")
    arrive(db, "1.1", "7", extension="555")
    arrive(db, "1.2", "", extension="555")
    arrive(db, "1.3", None, extension="556")
    for number in (1, 2, 3):
        answer(db, number, f"1.{number}")

    assert await groups(reports, did_patterns="555") == [group("555", "", SALE=1)]
    assert await groups(reports, did_ids="ALLDIDS") == [
        group("555", "", SALE=1),
        group("556", "", SALE=1),
        group("default", "7", SALE=1),
    ]


async def test_a_call_counts_once_by_its_last_in_group(reports: Reports, db: TestDatabase) -> None:
    make_did(db)
    arrive(db, "1.1", "12")
    answer(db, 3, "1.1", status="XFER", campaign_id="SALES")
    answer(db, 9, "1.1", status="SALE", campaign_id="SUPPORT")
    answer(db, 5, "1.1", status="NI", campaign_id="OTHER")

    assert await groups(reports, did_ids="12") == [group("18005551234", "12", SALE=1)]


@pytest.mark.parametrize(
    ("seconds", "counts"),
    [(-61, False), (-60, True), (0, True), (86_400, True), (86_401, False)],
)
async def test_the_in_group_took_it_about_when_it_arrived(
    reports: Reports, db: TestDatabase, seconds: int, counts: bool
) -> None:
    make_did(db)
    arrive(db, "1.1", "12")
    answer(db, 1, "1.1", call_date=str(NOON + timedelta(seconds=seconds)))

    expected = group("18005551234", "12", SALE=1) if counts else group("18005551234", "12")
    assert await groups(reports, did_ids="12") == [expected]


async def test_the_in_group_s_archive_is_read_for_what_the_log_has_not(
    reports: Reports, db: TestDatabase
) -> None:
    make_did(db)
    for number in (1, 2):
        arrive(db, f"1.{number}", "12")
        answer(db, number, f"1.{number}", status="OLD", archived=True)
    answer(db, 2, "1.2", status="NEW")

    assert await groups(reports, did_ids="12") == [group("18005551234", "12", NEW=1, OLD=1)]


async def test_arrivals_may_be_read_from_the_archive(reports: Reports, db: TestDatabase) -> None:
    make_did(db)
    arrive(db, "1.1", "12")
    arrive(db, "1.2", "12", archived=True)
    answer(db, 1, "1.1", status="LIVE")
    answer(db, 2, "1.2", status="MOVED")

    assert await groups(reports, did_ids="12", archived="Y") == [
        group("18005551234", "12", MOVED=1)
    ]
    assert await groups(reports, did_ids="12") == [group("18005551234", "12", LIVE=1)]


async def test_statuses_and_users_are_those_of_the_in_group(
    reports: Reports, db: TestDatabase
) -> None:
    make_did(db)
    for number, (status, user) in enumerate(
        [("SALE", "Ann"), ("sale", "bob"), (None, "ANN"), ("NI", None)], start=1
    ):
        at = f"2025-01-08 {10 + number}:00:00"
        arrive(db, f"1.{number}", "12", call_date=at)
        answer(db, number, f"1.{number}", status=status, user=user, call_date=at)

    (everything,) = await groups(reports, did_ids="12", user_breakdown="1")
    assert everything == group("18005551234", "12", SALE=2, **{"": 1}, NI=1) | {
        "users": [
            {"user": "", "status": "NI", "count": 1},
            {"user": "Ann", "status": "", "count": 1},
            {"user": "Ann", "status": "SALE", "count": 1},
            {"user": "bob", "status": "SALE", "count": 1},
        ]
    }
    assert await groups(reports, did_ids="12", statuses="sale") == [
        group("18005551234", "12", SALE=2)
    ]
    assert await groups(reports, did_ids="12", users="ann") == [
        group("18005551234", "12", **{"": 1}, SALE=1)
    ]
    assert await groups(reports, did_ids="12", users="ann", statuses="NI,SALE") == [
        group("18005551234", "12", SALE=1)
    ]


async def test_a_filter_of_nothing_counts_nothing(reports: Reports, db: TestDatabase) -> None:
    make_did(db)
    arrive(db, "1.1", "12")
    answer(db, 1, "1.1")

    with statements_sent() as statements:
        found = await groups(reports, did_ids="12", user_groups="NOBODY")

    assert found == [group("18005551234", "12")]
    assert not [one for one in statements if "call_date" in one.sql]


async def test_campaigns_come_before_dids(reports: Reports, db: TestDatabase) -> None:
    make_did(db)

    found = await groups(reports, did_ids="12", campaigns="TESTCAMP")

    assert found == [
        {"group_id": "TESTCAMP", "group_type": "campaign"} | NOTHING,
        group("18005551234", "12"),
    ]


@pytest.mark.parametrize("window_s", [3600, 86_400])
async def test_hundreds_of_calls_add_up(
    start_reports: Start, db: TestDatabase, window_s: int
) -> None:
    reports = await start_reports(window_s=window_s)
    make_did(db, 1, "one")
    make_did(db, 2, "two")
    names = {"1": "one", "2": "two", "3": "18005551234"}
    counts = Counter[tuple[str, str]]()
    for number in range(1300):
        did_id, status = str(number % 3 + 1), ("SALE", "NI", "DROP", "B")[number * 7 % 11 % 4]
        at = str(datetime(2025, 1, 6) + timedelta(seconds=197 * number))  # noqa: DTZ001
        arrive(db, f"{number}.0", did_id, call_date=at)
        if number % 5:
            answer(db, number, f"{number}.0", status=status, call_date=at, archived=number % 2 == 0)
            counts[did_id, status] += 1

    found = await told(
        reports, DISPO, start_date="2025-01-06", end_date="2025-01-08", did_ids="ALLDIDS"
    )

    def ordered(numbers_of: Counter[str]) -> dict[str, int]:
        return dict(sorted(numbers_of.items(), key=lambda item: (-item[1], item[0])))

    of_did = {did_id: Counter[str]() for did_id in ("3", "1", "2")}
    for (did_id, status), count in counts.items():
        of_did[did_id][status] += count
    total = sum(of_did.values(), Counter[str]())
    assert found == {
        "groups": [group(names[did_id], did_id, **ordered(of_did[did_id])) for did_id in of_did],
        "total": numbers(**ordered(total)),
    }
