"""POST /api/v1/dids/{did_id}/copy: what is answered, copied, skipped and logged."""

import pytest
from dialkit.tokens import Caller
from support.apps import Start, Telephony, clock_at
from support.builders import read_row
from support.changes import admin_log
from support.database import TestDatabase
from support.dids import (
    DIDS,
    TAKEN,
    copied,
    copy,
    did_row,
    everything,
    make_did,
    patterns,
)
from support.statements import explained, statements_sent

SECOND, THIRD = "18005555678", "18005559012"


@pytest.fixture(autouse=True)
def dids(db: TestDatabase) -> None:
    """A DID, and another."""
    make_did(db, 11, "18005550000", did_description="Other")
    make_did(db, did_description="Main line")


def notes(db: TestDatabase) -> list[str]:
    """The lines of the only row of the log of changes."""
    text: str = db.value("SELECT event_notes FROM vicidial_admin_log")
    return text.split("\n")


async def test_the_documented_copy(telephony: Telephony, db: TestDatabase) -> None:
    source = read_row(db, "vicidial_inbound_dids", did_id=12)

    assert await copy(telephony, SECOND) == copied((13, SECOND))

    assert did_row(db, 13) == did_row(db, 12) | {"did_id": 13, "did_pattern": SECOND}
    assert read_row(db, "vicidial_inbound_dids", did_id=12) == source
    assert patterns(db) == ["18005550000", "18005551234", SECOND]


async def test_copies_are_made_in_the_order_of_the_patterns(
    telephony: Telephony, db: TestDatabase
) -> None:
    answer = await copy(telephony, THIRD, SECOND, "default")

    assert answer == copied((13, THIRD), (14, SECOND), (15, "default"))
    assert patterns(db) == ["18005550000", "18005551234", THIRD, SECOND, "default"]
    assert [did_row(db, did_id)["group_id"] for did_id in (13, 14, 15)] == ["SALES"] * 3


async def test_patterns_come_in_one_text_too(telephony: Telephony, db: TestDatabase) -> None:
    answer = await copy(telephony, new_did_pattern=f"{SECOND},{THIRD}")

    assert answer == copied((13, SECOND), (14, THIRD))


@pytest.mark.parametrize("given", [[SECOND, THIRD], f"{SECOND},{THIRD}"], ids=["array", "text"])
async def test_patterns_have_a_second_name(
    telephony: Telephony, db: TestDatabase, given: object
) -> None:
    assert await copy(telephony, new_dids=given) == copied((13, SECOND), (14, THIRD))


async def test_a_form_copies_as_json_does(telephony: Telephony, db: TestDatabase) -> None:
    form = {"new_dids": f"+{SECOND},{THIRD}", "did_description": "A & B", "api_key": "key"}

    response = await telephony.post(f"{DIDS}/12/copy", data=form)

    answer = response.status, await response.json()
    assert answer == copied((13, f"+{SECOND}"), (14, THIRD))
    assert did_row(db, 13)["did_description"] == "A & B"


async def test_patterns_may_be_numbers(telephony: Telephony, db: TestDatabase) -> None:
    assert await copy(telephony, new_did_pattern=[int(SECOND)]) == copied((13, SECOND))


@pytest.mark.parametrize("description", ["New", "é" * 50, ""])
async def test_copies_have_the_description_that_is_given(
    telephony: Telephony, db: TestDatabase, description: str
) -> None:
    await copy(telephony, SECOND, THIRD, did_description=description)

    rows = db.rows("SELECT did_id, did_description FROM vicidial_inbound_dids ORDER BY did_id")
    assert rows == [(11, "Other"), (12, "Main line"), (13, description), (14, description)]


async def test_a_null_description_is_the_sources(telephony: Telephony, db: TestDatabase) -> None:
    await copy(telephony, SECOND, did_description=None)

    assert did_row(db, 13)["did_description"] == "Main line"


async def test_patterns_that_are_taken_are_skipped(telephony: Telephony, db: TestDatabase) -> None:
    other = read_row(db, "vicidial_inbound_dids", did_id=11)

    answer = await copy(telephony, "18005550000", SECOND, "18005551234", THIRD)

    skipped = ("18005550000", "18005551234")
    assert answer == copied((13, SECOND), (14, THIRD), skipped=skipped)
    assert read_row(db, "vicidial_inbound_dids", did_id=11) == other


async def test_a_repeat_is_a_409(telephony: Telephony, db: TestDatabase) -> None:
    await copy(telephony, SECOND, THIRD)
    before = everything(db)

    assert await copy(telephony, SECOND, THIRD) == TAKEN
    assert everything(db) == before


async def test_a_copy_that_adds_nothing_is_not_logged(
    telephony: Telephony, db: TestDatabase
) -> None:
    before = everything(db)

    assert await copy(telephony, "18005551234", "18005550000") == TAKEN
    assert everything(db) == before


async def test_a_source_without_a_target_is_copied_as_it_is(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_did(db, 13, "default", did_route="PHONE", phone="", server_ip=None)

    assert await copy(telephony, SECOND, did_id=13) == copied((14, SECOND), source=13)

    row = did_row(db, 14)
    assert (row["did_route"], row["phone"], row["server_ip"]) == ("PHONE", "", None)


async def test_copies_are_logged_in_one_row(start_telephony: Start, db: TestDatabase) -> None:
    telephony = await start_telephony(clock=clock_at("2025-07-08T15:30:00"))

    await copy(telephony, "18005550000", SECOND, THIRD)

    ((user, ip, *what, sql, _, group),) = admin_log(db)
    assert (user, ip, *what) == (
        "6666", "192.0.2.7", "DIDS", "COPY", "13", "ADMIN API COPY DIDS",
    )  # fmt: skip
    assert group == "---ALL---"
    assert notes(db) == [
        "DID Source: 18005551234 Inserts: 2 Insert Errors: 1",
        "18005550000: exists",
        f"{SECOND}: did_id 13",
        f"{THIRD}: did_id 14",
    ]
    assert [f"'{pattern}'" in line for line in sql.split("\n") for pattern in (SECOND, THIRD)] == [
        True, False, False, True,
    ]  # fmt: skip
    assert str(db.value("SELECT event_date FROM vicidial_admin_log")) == "2025-07-08 11:30:00"


async def test_one_copy_is_logged_with_its_line(telephony: Telephony, db: TestDatabase) -> None:
    await copy(telephony, SECOND)

    assert notes(db) == [
        "DID Source: 18005551234 Inserts: 1 Insert Errors: 0",
        f"{SECOND}: did_id 13",
    ]


async def test_the_user_in_the_body_is_the_one_who_asks(
    start_telephony: Start, db: TestDatabase
) -> None:
    telephony = await start_telephony(caller=Caller("", ip="192.0.2.7", issuer="gateway"))

    assert await copy(telephony, SECOND, user="1001") == copied((13, SECOND))

    assert did_row(db, 13)["user"] is None
    assert db.value("SELECT user FROM vicidial_admin_log") == "1001"


async def test_the_call_is_named_as_vicidial_names_it(
    telephony: Telephony, db: TestDatabase
) -> None:
    await copy(telephony, SECOND)
    await telephony.close()

    assert db.rows("SELECT function, result FROM vicidial_api_log") == [("copy_did", "SUCCESS")]


async def test_a_pattern_costs_one_statement_more(telephony: Telephony, db: TestDatabase) -> None:
    counts = []
    for number in (1, 10, 100):
        with statements_sent() as statements:
            status, _ = await copy(telephony, *(f"19{number:03}{at:03}" for at in range(number)))
        assert status == 200
        counts.append(len(statements))

    assert (counts[1] - counts[0], counts[2] - counts[0]) == (9, 99)
    lines = db.rows("SELECT event_notes FROM vicidial_admin_log ORDER BY admin_log_id")
    assert [text.count("\n") for (text,) in lines] == [1, 10, 100]


async def test_the_source_is_found_by_its_id(telephony: Telephony, db: TestDatabase) -> None:
    db.execute("INSERT INTO vicidial_inbound_dids (did_pattern) SELECT 100 + seq FROM seq_1_to_500")

    with statements_sent() as statements:
        await copy(telephony, SECOND)
    lookup, insert = (one for one in statements if "vicidial_inbound_dids" in one.sql)

    plans = [plan for one in (lookup, insert) for plan in explained(db, one, "svc-telephony")]
    assert [(plan["key"], plan["type"]) for plan in plans] == [("PRIMARY", "const")] * 2
