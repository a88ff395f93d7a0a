"""POST /api/v1/lists: what is no list."""

from typing import Any

import pytest
from support.apps import Lists
from support.changes import admin_log
from support.database import TestDatabase
from support.lists import BAD_FIELDS, LISTS, add, list_ids, make_things


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What fields can refer to."""
    make_things(db)


BAD_NEW: list[Any] = [
    pytest.param({"list_name": None}, "list_name", id="name null"),
    pytest.param({"list_id": 99}, "list_id", id="id too small"),
    pytest.param({"list_id": 100_000_000_000_000}, "list_id", id="id of 15 digits"),
    pytest.param({"list_id": ""}, "list_id", id="id empty"),
    pytest.param({"list_id": 101.5}, "list_id", id="id no whole number"),
    pytest.param({"reset_list": "Y"}, "reset_list", id="reset"),
    pytest.param({"delete_list": "N"}, "delete_list", id="deletion"),
]


@pytest.mark.parametrize(("fields", "field"), [*BAD_FIELDS, *BAD_NEW])
async def test_bad_input_names_the_field_and_writes_nothing(
    lists: Lists, db: TestDatabase, fields: dict[str, Any], field: str
) -> None:
    status, envelope = await add(lists, **fields)

    assert (status, list(envelope["details"])) == (400, [field])
    assert envelope["error"] == f"Invalid parameters: {field}: {envelope['details'][field][0]}"
    assert (list_ids(db), admin_log(db)) == ([], [])


async def test_a_name_is_required(lists: Lists) -> None:
    response = await lists.post(LISTS, json={})

    assert response.status == 400
    assert (await response.json())["details"] == {"list_name": ["Required"]}


async def test_all_that_is_missing_is_named(lists: Lists, db: TestDatabase) -> None:
    status, envelope = await add(
        lists,
        campaign_id="NOCAMP",
        script="NOSCRIPT",
        drop_inbound_group="NOGROUP",
        local_call_time="NOTIME",
    )

    assert (status, envelope["details"]) == (
        400,
        {
            "campaign_id": ["Campaign not found"],
            "script": ["Script not found"],
            "drop_inbound_group": ["In-group not found"],
            "local_call_time": ["Call time not found"],
        },
    )
    assert list_ids(db) == []


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("list_name", "x" * 31, "Longer than 30 characters"),
        ("list_description", "x" * 256, "Longer than 255 characters"),
        ("web_form", "x" * 65_001, "Longer than 65000 bytes"),
        ("reset_time", "-".join(["0900"] * 21),
         "Must be times as 0900-1700, at most 100 characters"),
        ("list_id", 99, "Must be 100 to 99999999999999"),
    ],
)  # fmt: skip
async def test_limits_are_named(lists: Lists, name: str, value: object, why: str) -> None:
    _, envelope = await add(lists, **{name: value})

    assert envelope["details"] == {name: [why]}
