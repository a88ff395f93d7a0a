"""POST /api/v1/lists without `list_id`: which id the list gets."""

from collections.abc import Callable
from typing import Any

import pytest
from support.apps import Lists
from support.builders import (
    make_campaign,
    make_custom_field,
    make_custom_table,
    make_lead,
    make_list,
)
from support.changes import archive_lead, changes, make_archive
from support.database import TestDatabase
from support.lists import add, list_ids, refused
from support.statements import Statement, explained, rows_read, statements_sent

Make = Callable[[TestDatabase, int], object]
NONE_FREE = refused(409, "No free list ID")


def log_row(db: TestDatabase, list_id: object, section: str = "LISTS") -> None:
    """A row of the log of changes: the list was deleted long ago."""
    db.insert("vicidial_admin_log", event_date="2024-01-01", user="6666", ip_address="",
              event_section=section, event_type="DELETE", record_id=list_id,
              event_code="ADMIN DELETE LIST")  # fmt: skip


def archived_lead(db: TestDatabase, list_id: int) -> None:
    """An archived lead."""
    make_archive(db)
    archive_lead(db, make_lead(db, list_id=list_id))


def archived_lead_without_index(db: TestDatabase, list_id: int) -> None:
    """An archived lead, in an archive that somebody made without indexes."""
    db.execute("CREATE TABLE vicidial_list_archive (lead_id INT, list_id BIGINT)")
    db.insert("vicidial_list_archive", lead_id=1, list_id=list_id)


REFUSALS: list[Any] = [
    pytest.param(make_list, id="list"),
    pytest.param(lambda db, one: make_lead(db, list_id=one), id="lead"),
    pytest.param(archived_lead, id="archived lead"),
    pytest.param(archived_lead_without_index, id="archive without index"),
    pytest.param(lambda db, one: make_custom_field(db, one, "color"), id="custom field"),
    pytest.param(make_custom_table, id="custom table"),
    pytest.param(log_row, id="log of changes"),
    pytest.param(lambda db, one: make_campaign(db, manual_dial_list_id=one), id="manual calls"),
]


@pytest.fixture
def numbered(db: TestDatabase) -> None:
    """VICIdial's own numbering is in use, and has come to 40000."""
    db.execute("UPDATE vicidial_override_ids SET active = '1' WHERE id_table = 'vicidial_lists'")


def last_number(db: TestDatabase) -> object:
    return db.value("SELECT value FROM vicidial_override_ids WHERE id_table = 'vicidial_lists'")


def set_last_number(db: TestDatabase, number: int | None) -> None:
    db.execute(
        "UPDATE vicidial_override_ids SET value = %s WHERE id_table = 'vicidial_lists'", number
    )


async def new_id(lists: Lists) -> int:
    """The id of one more list."""
    status, envelope = await add(lists)
    assert status == 200, envelope
    return int(envelope["data"]["list_id"])


async def test_ids_begin_with_101_and_fill_gaps(lists: Lists, db: TestDatabase) -> None:
    for taken in (1, 100, 102, 105, 70_000):
        make_list(db, taken)

    assert [await new_id(lists) for _ in range(4)] == [101, 103, 104, 106]
    assert list_ids(db) == [1, 100, 101, 102, 103, 104, 105, 106, 70_000]


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize("make", REFUSALS)
async def test_an_id_that_means_something_is_not_assigned(
    lists: Lists, db: TestDatabase, make: Make
) -> None:
    make(db, 101)

    assert await new_id(lists) == 102


@pytest.mark.usefixtures("numbered")
@pytest.mark.parametrize("make", REFUSALS)
async def test_nor_is_it_from_vicidials_own_numbering(
    lists: Lists, db: TestDatabase, make: Make
) -> None:
    make(db, 40_001)

    assert await new_id(lists) == 40_002
    assert last_number(db) == 40_002


async def test_what_belongs_to_others_is_in_nobodys_way(lists: Lists, db: TestDatabase) -> None:
    make_archive(db)
    make_custom_table(db, 1011)
    db.execute("CREATE TABLE custom_101_old (lead_id INT)")
    log_row(db, 101, section="CAMPAIGNS")
    log_row(db, "1010")
    log_row(db, "101 leads")
    make_lead(db, list_id=1010)
    make_campaign(db, manual_dial_list_id=None)

    assert await new_id(lists) == 101


async def test_vicidials_default_lists_are_never_assigned(lists: Lists, db: TestDatabase) -> None:
    db.execute("INSERT INTO vicidial_lists (list_id) SELECT seq FROM seq_101_to_996")

    assert [await new_id(lists) for _ in range(3)] == [997, 1000, 1001]


async def test_the_id_of_a_deleted_list_does_not_come_back(lists: Lists, db: TestDatabase) -> None:
    first = await new_id(lists)
    response = await lists.put(f"/api/v1/lists/{first}", json={"delete_list": "Y"})

    assert response.status == 200
    assert (first, await new_id(lists)) == (101, 102)


@pytest.mark.usefixtures("numbered")
async def test_vicidials_own_numbering_goes_first(lists: Lists, db: TestDatabase) -> None:
    assert [await new_id(lists) for _ in range(2)] == [40_001, 40_002]
    assert last_number(db) == 40_002
    assert db.value("SELECT value FROM vicidial_override_ids WHERE id_table = 'phones'") == 100


async def test_a_numbering_that_is_not_in_use_is_left_alone(lists: Lists, db: TestDatabase) -> None:
    assert (await new_id(lists), last_number(db)) == (101, 40_000)

    db.execute("DELETE FROM vicidial_override_ids WHERE id_table = 'vicidial_lists'")
    assert await new_id(lists) == 102


@pytest.mark.usefixtures("numbered")
@pytest.mark.parametrize("before", [None, -5, 0, 99])
async def test_no_list_gets_an_id_below_100(
    lists: Lists, db: TestDatabase, before: int | None
) -> None:
    set_last_number(db, before)

    assert (await new_id(lists), last_number(db)) == (100, 100)


@pytest.mark.usefixtures("numbered")
async def test_a_numbering_that_is_used_up_is_a_409(lists: Lists, db: TestDatabase) -> None:
    set_last_number(db, 2_147_483_646)

    assert await new_id(lists) == 2_147_483_647
    assert await add(lists) == NONE_FREE
    assert last_number(db) == 2_147_483_647


async def test_the_search_ends_after_1000_refused_ids(lists: Lists, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_lists_fields (list_id, field_label) SELECT seq, 'color'"
        " FROM seq_101_to_1099"  # 997 of them; 998 and 999 are refused anyway
    )

    assert await new_id(lists) == 1100

    make_custom_field(db, 1101, "color")
    assert await add(lists) == NONE_FREE
    assert (list_ids(db), len(changes(db))) == ([1100], 1)


@pytest.mark.usefixtures("numbered")
async def test_vicidials_own_numbering_ends_after_1000_refused_ids_too(
    lists: Lists, db: TestDatabase
) -> None:
    db.execute(
        "INSERT INTO vicidial_lists_fields (list_id, field_label) SELECT seq, 'color'"
        " FROM seq_40001_to_41000"
    )

    assert await add(lists) == NONE_FREE
    assert last_number(db) == 41_000
    assert await new_id(lists) == 41_001


async def test_looking_for_an_id_takes_few_statements(lists: Lists, db: TestDatabase) -> None:
    db.execute("INSERT INTO vicidial_lists (list_id) SELECT seq FROM seq_101_to_5000")
    db.execute(
        "INSERT INTO vicidial_lists_fields (list_id, field_label) SELECT seq, 'color'"
        " FROM seq_5001_to_5120"
    )

    with statements_sent() as statements:
        assert await new_id(lists) == 5121

    assert len(statements_that_check(statements)) == 5
    assert len(statements) == 13, [one.sql for one in statements]


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize("archive", [True, False])
async def test_a_check_of_ids_reads_one_row_of_each_index(
    lists: Lists, db: TestDatabase, archive: bool
) -> None:
    db.execute(
        "INSERT INTO vicidial_list (list_id, status, phone_number)"
        " SELECT 101 + seq % 3, 'NEW', 5550000000 + seq FROM seq_1_to_9000"
    )
    db.execute(
        "INSERT INTO vicidial_admin_log"
        " (event_date, user, ip_address, event_section, event_type, record_id, event_code)"
        " SELECT NOW(), '6666', '', IF(seq % 2, 'LISTS', 'USERS'), 'MODIFY', 101 + seq % 500, ''"
        " FROM seq_1_to_9000"
    )
    db.execute("INSERT INTO vicidial_lists_fields (list_id) SELECT seq FROM seq_501_to_600")
    if archive:
        make_archive(db)
        db.execute("INSERT INTO vicidial_list_archive SELECT * FROM vicidial_list")
    db.execute("ANALYZE TABLE vicidial_list, vicidial_admin_log")

    with statements_sent() as statements:
        assert await new_id(lists) == 105

    *_, check = statements_that_check(statements)
    plan = {line["table"]: line for line in explained(db, check, "svc-lists")}
    found = {name: (line["type"], line["key"]) for name, line in plan.items() if name in ACCESS}
    assert found == {name: ACCESS[name] for name in ACCESS if archive or name != "archived"}
    # A row for each of 4 candidates in each table, the candidates themselves, twice, and 18 log
    # rows of each that are about something else.
    assert rows_read(db, check, "svc-lists") <= 4 * (len(ACCESS) + 2 + 18)


# How each table is to be read.
ACCESS = {
    "known": ("eq_ref", "PRIMARY"),
    "field": ("ref", "listfield"),
    "lead": ("ref", "list_id"),
    "archived": ("ref", "list_id"),
    "logged": ("ref", "record_id"),
}


def statements_that_check(statements: list[Statement]) -> list[Statement]:
    """Those that look what is left of earlier lists."""
    return [one for one in statements if "AS candidate" in one.sql]
