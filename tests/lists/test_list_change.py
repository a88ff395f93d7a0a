"""PUT /api/v1/lists/{list_id}: columns of a list."""

from typing import Any

import pytest
from support.apps import Lists, Start, clock_at
from support.builders import make_list, read_row
from support.changes import admin_log, changes, difference
from support.database import TestDatabase
from support.lists import FITTING, LISTS, change, make_things, refused, updated
from support.statements import statements_sent

ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])


@pytest.fixture
async def lists(start_lists: Start, db: TestDatabase) -> Lists:
    """svc-lists on 8 July 2025, 11:30 in New York; list 101 has something in every column."""
    make_things(db)
    make_list(db, 102)
    make_list(
        db,
        101,
        list_description="Old",
        list_changedate="2024-01-01 00:00:00",
        agent_script_override="GENERIC",
        web_form_address="http://example.com/old",
        web_form_address_two="two",
        web_form_address_three="three",
        campaign_cid_override="5550000000",
        am_message_exten_override="am",
        drop_inbound_group_override="SALESLINE",
        reset_time="0900",
        expiration_date="2025-01-31",
        time_zone_setting="POSTAL_CODE",
        local_call_time="9am-9pm",
        xferconf_a_number="1",
        xferconf_b_number="2",
        xferconf_c_number="3",
        xferconf_d_number="4",
        xferconf_e_number="5",
        na_call_url="ALT",
    )
    return await start_lists(clock=clock_at("2025-07-08T15:30:00"))


def row(db: TestDatabase, list_id: int = 101) -> dict[str, Any]:
    """A list, with its dates as texts."""
    found = read_row(db, "vicidial_lists", list_id=list_id)
    return {
        name: value if isinstance(value, int | str | None) else str(value)
        for name, value in found.items()
    }


@ENGINES
async def test_only_what_is_given_changes(lists: Lists, db: TestDatabase) -> None:
    before, other = row(db), row(db, 102)

    answer = await change(lists, list_name="February", active="N")

    assert answer == updated()
    assert difference(before, row(db)) == {
        "list_name": "February",
        "active": "N",
        "list_changedate": "2025-07-08 11:30:00",
    }
    assert row(db, 102) == other
    assert changes(db) == [("LISTS", "MODIFY", "101", "ADMIN API UPDATE LIST", "list: 101")]


@pytest.mark.parametrize(("name", "sent", "column", "stored"), FITTING)
async def test_what_fits_is_stored(
    lists: Lists, db: TestDatabase, name: str, sent: object, column: str, stored: object
) -> None:
    before = row(db)

    answer = await change(lists, **{name: sent})

    assert answer == updated()
    expected = before | {column: stored, "list_changedate": "2025-07-08 11:30:00"}
    assert row(db) == expected


async def test_a_form_is_taken_as_well(lists: Lists, db: TestDatabase) -> None:
    response = await lists.put(f"{LISTS}/101", data={"list_name": "March", "list_description": ""})

    assert response.status == 200
    assert (row(db)["list_name"], row(db)["list_description"]) == ("March", "")


@pytest.mark.parametrize("list_id", [101, "101"])
async def test_the_body_may_name_the_list_too(
    lists: Lists, db: TestDatabase, list_id: object
) -> None:
    assert await change(lists, 101, list_id=list_id, active="N") == updated()
    assert row(db)["active"] == "N"


async def test_a_list_that_only_vicidial_would_make_can_be_changed(
    lists: Lists, db: TestDatabase
) -> None:
    make_list(db, 5, list_name="x", campaign_id=None)

    status, envelope = await change(lists, "0005", list_description="New")

    assert (status, envelope["data"]) == (200, {"list_id": "5"})
    assert (row(db, 5)["list_description"], row(db, 5)["campaign_id"]) == ("New", None)


async def test_a_repeat_that_changes_nothing_is_no_404(lists: Lists, db: TestDatabase) -> None:
    answers = [await change(lists, list_name="February") for _ in range(2)]

    assert answers == [updated(), updated()]
    assert len(changes(db)) == 2


@pytest.mark.parametrize(
    ("engine", "begin", "end"), [("MyISAM", [], []), ("InnoDB", ["START"], ["COMMIT"])]
)
async def test_a_change_of_columns_takes_few_statements(
    lists: Lists, begin: list[str], end: list[str]
) -> None:
    with statements_sent() as statements:
        await change(lists, list_name="February", script="GENERIC", local_call_time="24hours")

    sent = [one.sql.split(maxsplit=1)[0] for one in statements]
    assert sent == ["SELECT", "SELECT", *begin, "UPDATE", "INSERT", *end]


async def test_the_log_of_changes_holds_the_statement(lists: Lists, db: TestDatabase) -> None:
    await change(lists, list_name="February", outbound_cid="")

    (logged,) = admin_log(db)
    assert logged[0:2] == ("6666", "192.0.2.7")
    assert logged[6] == (
        "UPDATE vicidial_lists SET `list_name` = 'February', `campaign_cid_override` = '',"
        " `list_changedate` = '2025-07-08 11:30:00' WHERE list_id = 101"
    )


async def test_the_call_is_logged_under_vicidials_name(lists: Lists, db: TestDatabase) -> None:
    await change(lists, active="N")
    await lists.close()

    assert db.rows("SELECT function, result, result_reason FROM vicidial_api_log") == [
        ("update_list", "SUCCESS", "List updated successfully")
    ]


@ENGINES
async def test_the_log_of_changes_is_written_last(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken, _ = await change(lists, list_name="February")
    left = row(db)["list_name"]
    db.mend_writes("vicidial_admin_log")

    again, _ = await change(lists, list_name="February")

    assert (broken, left) == (500, "February" if engine == "MyISAM" else "List 101")
    assert (again, row(db)["list_name"], len(changes(db))) == (200, "February", 1)


@pytest.mark.parametrize(
    "list_id", ["103", "0", "9223372036854775807", "9223372036854775808", "x", "1.0", "-1", "1%20"]
)
async def test_a_list_that_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, list_id: str
) -> None:
    before = db.rows("SELECT * FROM vicidial_lists")

    for fields in ({"active": "N"}, {"campaign_id": "NEWCAMP"}, {"reset_list": "Y"},
                   {"delete_list": "Y"}, {"delete_leads": "Y"}):  # fmt: skip
        assert await change(lists, list_id, **fields) == refused(404, "List not found")

    assert db.rows("SELECT * FROM vicidial_lists") == before
    assert admin_log(db) == []
