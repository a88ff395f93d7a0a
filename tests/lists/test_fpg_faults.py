"""The filter phone groups: writes that fail, two requests at once, and the indexes."""

import asyncio

import pytest
from support.apps import Lists
from support.changes import changes
from support.database import TestDatabase
from support.statements import explained, statements_sent

FPG = "/api/v1/fpg"
NUMBERS = "vicidial_filter_phone_numbers"
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
PHONE = "5551234567"


async def add(lists: Lists, group: str) -> int:
    body = {"phone_number": PHONE, "filter_phone_group_id": group}
    return (await lists.post(FPG, json=body)).status


async def delete(lists: Lists) -> int:
    return (await lists.delete(f"{FPG}/{PHONE}")).status


def logged(db: TestDatabase) -> list[str]:
    """What was done, as the log of changes tells it."""
    return [f"{kind} {notes}" for _, kind, _, _, notes in changes(db)]


@pytest.fixture(autouse=True)
def group(db: TestDatabase) -> None:
    """The group VIP."""
    db.insert(
        "vicidial_filter_phone_groups",
        filter_phone_group_id="VIP",
        filter_phone_group_name="Group VIP",
    )


@pytest.fixture
def entries(db: TestDatabase) -> None:
    """The number in two groups."""
    for group in ("BADNUMBERS", "VIP"):
        db.insert(NUMBERS, phone_number=PHONE, filter_phone_group_id=group)


@ENGINES
async def test_a_number_is_added_though_its_log_row_is_lost(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken = await add(lists, "VIP")
    found = db.count(NUMBERS)
    db.mend_writes("vicidial_admin_log")

    again = await add(lists, "VIP")

    assert broken == 500
    assert (found, again) == ((1, 409) if engine == "MyISAM" else (0, 200))
    assert db.count(NUMBERS) == 1


@ENGINES
@pytest.mark.usefixtures("entries")
async def test_all_groups_are_left_before_one_is_logged(
    lists: Lists, db: TestDatabase, engine: str
) -> None:
    db.fail_writes("vicidial_admin_log")
    broken = await delete(lists)
    left = db.count(NUMBERS)
    db.mend_writes("vicidial_admin_log")

    again = await delete(lists)

    assert broken == 500
    assert (left, again) == ((0, 404) if engine == "MyISAM" else (2, 200))
    assert db.count(NUMBERS) == 0


@ENGINES
@pytest.mark.usefixtures("entries")
async def test_a_repeat_finishes_a_deletion(lists: Lists, db: TestDatabase, engine: str) -> None:
    db.execute(
        "CREATE TRIGGER keep_vip BEFORE DELETE ON vicidial_filter_phone_numbers FOR EACH ROW"
        " IF OLD.filter_phone_group_id = 'VIP' THEN SIGNAL SQLSTATE '45000'; END IF"
    )
    try:
        broken = await delete(lists)
    finally:
        db.execute("DROP TRIGGER keep_vip")
    left = db.count(NUMBERS)

    again = await delete(lists)

    assert (broken, left) == (500, 1 if engine == "MyISAM" else 2)
    assert (again, db.count(NUMBERS)) == (200, 0)
    rows = [f"DELETE {PHONE}|BADNUMBERS", f"DELETE {PHONE}|VIP"]
    assert logged(db) == (rows[1:] if engine == "MyISAM" else rows)


@ENGINES
async def test_of_two_additions_at_once_one_wins(lists: Lists, db: TestDatabase) -> None:
    with db.hold(NUMBERS):
        both = [asyncio.create_task(add(lists, "VIP")) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([await one for one in both]) == [200, 409]
    assert (db.count(NUMBERS), logged(db)) == (1, [f"ADD {PHONE}|VIP"])


@ENGINES
@pytest.mark.usefixtures("entries")
async def test_of_two_deletions_at_once_each_group_is_left_once(
    lists: Lists, db: TestDatabase
) -> None:
    with db.hold(NUMBERS):
        both = [asyncio.create_task(delete(lists)) for _ in range(2)]
        await db.until_waiting(2)

    assert sorted([await one for one in both]) in ([200, 200], [200, 404])
    assert db.count(NUMBERS) == 0
    assert sorted(logged(db)) == [f"DELETE {PHONE}|BADNUMBERS", f"DELETE {PHONE}|VIP"]


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("query", [{}, {"group": "VIP"}])
async def test_entries_are_found_by_their_number(
    lists: Lists, db: TestDatabase, query: dict[str, str]
) -> None:
    db.execute(f"INSERT INTO {NUMBERS} SELECT 6000000000 + seq, 'VIP' FROM seq_1_to_2000")

    with statements_sent() as sent:
        await lists.delete(f"{FPG}/{PHONE}", params=query)

    (select,) = [statement for statement in sent if "SELECT" in statement.sql]
    (plan,) = explained(db, select, "svc-lists")
    assert plan["key"] in {"phone_number", "phonefilter"}
