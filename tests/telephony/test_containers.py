"""GET /api/v1/containers: settings containers."""

import pytest
from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.live_answers import bad_fields, shown
from support.statements import statements_sent
from support.system_lists import make_container

CONTAINERS = "/api/v1/containers"


async def ids(telephony: Telephony, **query: str) -> list[str]:
    return [one["container_id"] for one in await shown(telephony, CONTAINERS, **query)]


async def test_the_text_of_a_container_is_not_read(telephony: Telephony, db: TestDatabase) -> None:
    make_container(db)

    with statements_sent() as statements:
        response = await telephony.get(CONTAINERS)

    assert "secret4" not in await response.text()
    (statement,) = statements
    assert "container_entry" not in statement.sql


@pytest.mark.parametrize("stamp", ["0000-00-00 00:00:00", "2025-07-08 11:30:45"])
async def test_an_odd_row_is_shown(telephony: Telephony, db: TestDatabase, stamp: str) -> None:
    columns = ("container_notes", "container_type", "user_group")
    make_container(db, "odd", modify_stamp=stamp, **dict.fromkeys(columns))

    (container,) = await shown(telephony, CONTAINERS)

    shown_stamp = None if stamp.startswith("0") else "2025-07-08T15:30:45Z"
    assert container == {"container_id": "odd", "modify_stamp": shown_stamp} | dict.fromkeys(
        columns
    )


@ENGINES
@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["a", "B", "c", "d"], id="all"),
        pytest.param({"type": ""}, ["a", "B", "c", "d"], id="empty"),
        pytest.param({"type": "OTHER"}, ["B", "d"], id="of a type"),
        pytest.param({"type": "other"}, ["B", "d"], id="as the database compares"),
        pytest.param({"type": "OTHE_"}, [], id="no pattern"),
        pytest.param({"type": "x" * 40}, [], id="longest"),
        pytest.param({"active": "N"}, ["a", "B", "c", "d"], id="unknown parameter"),
    ],
)
async def test_containers_come_by_id(
    telephony: Telephony, db: TestDatabase, engine: str, query: dict[str, str], found: list[str]
) -> None:
    for container_id, kind in (("d", "OTHER"), ("c", "QC"), ("B", "OTHER"), ("a", None)):
        make_container(db, container_id, container_type=kind)

    assert await ids(telephony, **query) == found


@pytest.mark.parametrize("kind", ["x" * 41, "A B", "A%25", "A'", "é", "A%0A", "A|B"])
async def test_a_type_that_is_refused(telephony: Telephony, kind: str) -> None:
    assert await bad_fields(telephony, f"{CONTAINERS}?type={kind}") == ["type"]
