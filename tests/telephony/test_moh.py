"""GET /api/v1/system/moh: music on hold classes and their files."""

import pytest
from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.live_answers import bad_fields, shown
from support.statements import explained, statements_sent
from support.system_lists import make_music_class, make_music_file

MOH = "/api/v1/system/moh"


async def classes(telephony: Telephony, **query: str) -> dict[str, list[str]]:
    """The files of each class, in the order of the answer."""
    return {one["moh_id"]: one["files"] for one in await shown(telephony, MOH, **query)}


async def test_columns_without_a_value_are_null(telephony: Telephony, db: TestDatabase) -> None:
    columns = ("moh_name", "random", "active", "user_group")
    make_music_class(db, "hold", **dict.fromkeys(columns))

    (_, odd) = await shown(telephony, MOH, active="ALL")

    assert odd == {"moh_id": "hold", "files": []} | dict.fromkeys(columns)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["B", "c", "default"], id="active if nothing else is said"),
        pytest.param({"active": ""}, ["B", "c", "default"], id="empty"),
        pytest.param({"active": "Y"}, ["B", "c", "default"], id="active"),
        pytest.param({"active": "N"}, ["a"], id="inactive"),
        pytest.param({"active": "ALL"}, ["a", "B", "c", "d", "default"], id="all"),
    ],
)
async def test_classes_come_by_id(
    telephony: Telephony, db: TestDatabase, query: dict[str, str], found: list[str]
) -> None:
    for moh_id, active in (("d", None), ("c", "Y"), ("B", "Y"), ("a", "N")):
        make_music_class(db, moh_id, active=active)

    assert list(await classes(telephony, **query)) == found


async def test_files_come_by_rank_and_name(telephony: Telephony, db: TestDatabase) -> None:
    make_music_class(db, "hold")
    make_music_class(db, "empty")
    for filename, rank in (("z", 1), ("b", 2), ("A", 2), ("c", 10), ("y", None), ("x", -1)):
        make_music_file(db, filename, rank=rank)
    make_music_file(db, "shared", "hold", rank=5)
    make_music_file(db, "shared", "default", rank=0)
    make_music_file(db, "left over", "gone", rank=1)

    assert await classes(telephony) == {
        "default": ["shared", "conf"],
        "empty": [],
        "hold": ["y", "x", "z", "A", "b", "shared", "c"],
    }


async def test_a_file_belongs_to_its_class_in_any_spelling(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_music_class(db, "Straße")
    make_music_file(db, "a", "STRASSE ", rank=1)
    make_music_file(db, "b", "straße", rank=0)

    assert (await classes(telephony))["Straße"] == ["b", "a"]


@pytest.mark.parametrize("active", ["y", "1", "YES", "all"])
async def test_a_query_that_is_refused(telephony: Telephony, active: str) -> None:
    assert await bad_fields(telephony, f"{MOH}?active={active}") == ["active"]


@ENGINES
async def test_two_statements_whatever_there_is(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    db.execute(
        "INSERT INTO vicidial_music_on_hold (moh_id, active)"
        " SELECT CONCAT('class', seq), 'Y' FROM seq_1_to_200"
    )
    db.execute(
        "INSERT INTO vicidial_music_on_hold_files (filename, moh_id)"
        " SELECT CONCAT('file', seq), CONCAT('class', seq % 200) FROM seq_1_to_2000"
    )

    with statements_sent() as statements:
        await classes(telephony)

    assert len(statements) == 2
    plan = explained(db, statements[1], "svc-telephony")
    assert {table["table"]: table["key"] for table in plan}["m"] == "PRIMARY"
