"""POST /api/v1/test-call/send: which entry of a CID group gives the number."""

from typing import Any

import pytest
from support.apps import Telephony
from support.cid_groups import make_cid
from support.database import TestDatabase
from support.sent_calls import make_group, make_test_campaign, sent
from support.telephony import make_server

Entries = list[tuple[str, str | None, dict[str, Any]]]
OTHERWISE = "6666666"


def entry(areacode: str, number: str | None, count: int = 0, active: str = "Y") -> Any:
    """An entry of a group."""
    return areacode, number, {"call_count_today": count, "active": active}


@pytest.fixture(autouse=True)
def campaign(db: TestDatabase) -> None:
    """A campaign with the group FLCIDS; the entries of another must never be taken."""
    make_server(db)
    make_test_campaign(db, campaign_cid=OTHERWISE, cid_group_id="FLCIDS")
    make_group(db, "NYCIDS")
    for areacode in ("", "31", "312", "3125", "31255", "IL"):
        make_cid(db, areacode, "9999999", "NYCIDS")


async def shown(telephony: Telephony, db: TestDatabase, phone_number: str = "3125551234") -> str:
    """The number that a call shows; what was counted for it is the same as before."""
    counts = "SELECT campaign_id, areacode, outbound_cid, call_count_today"
    ordered = f"{counts} FROM vicidial_campaign_cid_areacodes ORDER BY 1, 2, 3"
    before = db.rows(ordered)
    await sent(telephony, phone_number=phone_number)
    assert db.rows(ordered) == before
    return str(db.value("SELECT outbound_cid FROM vicidial_dial_cid_log"))


AREA_CODES: list[Any] = [
    pytest.param([entry("31", "1111111")], "1111111", id="two digits"),
    pytest.param([entry("312", "1111111")], "1111111", id="three digits"),
    pytest.param([entry("3125", "1111111")], "1111111", id="four digits"),
    pytest.param([entry("31255", "1111111")], "1111111", id="five digits"),
    pytest.param([entry("3", "1111111")], OTHERWISE, id="one digit"),
    pytest.param([entry("", "1111111")], OTHERWISE, id="no digit"),
    pytest.param([entry("313", "1111111"), entry("125", "1111111")], OTHERWISE, id="others"),
    pytest.param([entry("IL", "1111111")], OTHERWISE, id="the state"),
    pytest.param(
        [entry("31", "2222222"), entry("31255", "1111111", 9), entry("312", "3333333")],
        "1111111", id="the greatest, whatever was called",
    ),
    pytest.param(
        [entry("312", "1111111", 10), entry("312", "2222222", 9), entry("312", "3333333", 11)],
        "2222222", id="the least called of one area code",
    ),
    pytest.param(
        [entry("312", "2222222", 5), entry("312", "1111111", 5), entry("312", "3333333", 5)],
        "1111111", id="the least number of those equally called",
    ),
    pytest.param(
        [entry("31255", "1111111", active="N"), entry("3125", "2222222", active=""),
         entry("312", "3333333")],
        "3333333", id="active ones alone",
    ),
    pytest.param([entry("312", "1111111", active="N")], OTHERWISE, id="none active"),
    pytest.param([], OTHERWISE, id="no entry"),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "number"), AREA_CODES)
async def test_area_codes(
    telephony: Telephony, db: TestDatabase, entries: Entries, number: str
) -> None:
    make_group(db, "FLCIDS", "AREACODE")
    for areacode, cid, columns in entries:
        make_cid(db, areacode, cid, **columns)

    assert await shown(telephony, db) == number


@pytest.mark.parametrize(("entries", "number"), AREA_CODES)
async def test_area_codes_of_the_campaign_itself(
    telephony: Telephony, db: TestDatabase, entries: Entries, number: str
) -> None:
    db.execute("UPDATE vicidial_campaigns SET cid_group_id = '', use_custom_cid = 'AREACODE'")
    for areacode, cid, columns in entries:
        make_cid(db, areacode, cid, "TESTCAMP", **columns)

    assert await shown(telephony, db) == number


async def test_area_codes_are_compared_as_numbers(telephony: Telephony, db: TestDatabase) -> None:
    make_group(db, "FLCIDS", "AREACODE")
    for areacode, cid, columns in [
        entry("00", "1111111", 2), entry("000", "2222222", 1), entry("00000", "3333333", 3),
    ]:  # fmt: skip
        make_cid(db, areacode, cid, **columns)

    assert await shown(telephony, db, "000000") == "2222222"


BY_COUNT: list[Any] = [
    pytest.param([("1111111", 10), ("2222222", 9), ("3333333", 11)], "2222222", id="least called"),
    pytest.param([("2222222", 5), ("1111111", 5), ("3333333", 5)], "1111111", id="least number"),
]


@pytest.mark.parametrize(("calls", "number"), BY_COUNT)
async def test_of_a_states_numbers_the_one_that_is_called_least(
    telephony: Telephony, db: TestDatabase, calls: list[tuple[str, int]], number: str
) -> None:
    make_group(db, "FLCIDS", "STATE")
    for cid, count in calls:
        make_cid(db, "IL", cid, call_count_today=count)
    make_cid(db, "FL", "0000000")
    make_cid(db, "312", "0000001")
    make_cid(db, "IL", "0000002", active="N")

    assert await shown(telephony, db) == number


async def test_a_group_of_other_states_has_no_number(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_group(db, "FLCIDS", "STATE")
    for state in ("FL", "NY", "I", "ILL", "312", ""):
        make_cid(db, state, "1111111")

    assert await shown(telephony, db) == OTHERWISE


@pytest.mark.parametrize(("calls", "number"), BY_COUNT)
async def test_of_a_group_for_all_the_one_that_is_called_least(
    telephony: Telephony, db: TestDatabase, calls: list[tuple[str, int]], number: str
) -> None:
    make_group(db, "FLCIDS", "NONE")
    for (cid, count), areacode in zip(calls, ("FL", "999", "NONE"), strict=True):
        make_cid(db, areacode, cid, call_count_today=count)
    make_cid(db, "312", "0000002", active="N")

    assert await shown(telephony, db) == number


@pytest.mark.parametrize(
    ("stored", "number"),
    [
        pytest.param("(727) 555-0001", "7275550001", id="punctuation"),
        pytest.param("tel 7275550001 x", "7275550001", id="letters"),
        pytest.param("7\r\n2\t7555\x000001", "7275550001", id="control characters"),
        pytest.param("7275550", "7275550", id="seven digits"),
        pytest.param("7-2-7-5-5-5", OTHERWISE, id="six digits in eleven characters"),
        pytest.param("anonymous", OTHERWISE, id="no digit"),
        pytest.param("٧٢٧٥٥٥٠٠٠١", OTHERWISE, id="other digits"),
        pytest.param("", OTHERWISE, id="empty"),
        pytest.param(None, OTHERWISE, id="NULL"),
    ],
)
async def test_only_digits_of_an_entry_count(
    telephony: Telephony, db: TestDatabase, stored: str | None, number: str
) -> None:
    make_group(db, "FLCIDS", "AREACODE")
    make_cid(db, "312", stored)

    assert await shown(telephony, db) == number


async def test_where_the_entry_is_too_short_no_other_of_the_group_is_taken(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_group(db, "FLCIDS", "NONE")
    make_cid(db, "1", "123456", call_count_today=0)
    make_cid(db, "2", "2222222", call_count_today=1)

    assert await shown(telephony, db) == OTHERWISE
