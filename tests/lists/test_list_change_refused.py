"""PUT /api/v1/lists/{list_id}: what is no change."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_list, read_row
from support.changes import admin_log
from support.database import TestDatabase
from support.lists import BAD_FIELDS, change, make_things, refused

NOTHING = refused(400, "No fields to update")


@pytest.fixture(autouse=True)
def list_101(db: TestDatabase) -> None:
    """List 101, another one, and what fields can refer to."""
    make_things(db)
    make_list(db, 101)
    make_list(db, 102)


BAD_CHANGES: list[Any] = [
    *(pytest.param({name: None}, name, id=f"{name} null")
      for name in ("list_name", "campaign_id", "active", "web_form", "expiration_date",
                   "custom_fields_copy", "reset_list", "delete_list", "list_id")),
    pytest.param({"web_form_address": None}, "web_form", id="web_form_address null"),
    pytest.param({"list_id": 102}, "list_id", id="another list"),
    pytest.param({"list_id": 102, "active": "N"}, "list_id", id="another list, and a change"),
    pytest.param({"reset_list": "y"}, "reset_list", id="reset_list: lower case"),
    pytest.param({"reset_list": ""}, "reset_list", id="reset_list empty"),
    pytest.param({"delete_leads": "ALL"}, "delete_leads", id="delete_leads: no flag"),
    pytest.param({"delete_list": True}, "delete_list", id="delete_list: no flag"),
    pytest.param({"archived_lead": "Y"}, "archived_lead", id="VICIdial's archived_lead"),
    pytest.param({"insert_if_not_found": "Y"}, "insert_if_not_found",
                 id="VICIdial's insert_if_not_found"),
    pytest.param({"delete_list": "Y", "active": "N"}, "active", id="deletion, and a change"),
    pytest.param({"delete_list": "Y", "web_form_address": "x"}, "web_form_address",
                 id="deletion, and a change by its other name"),
    pytest.param({"delete_list": "Y", "reset_list": "Y"}, "reset_list", id="deletion, and reset"),
    pytest.param({"delete_leads": "Y", "reset_list": "Y"}, "reset_list", id="leads, and reset"),
    pytest.param({"delete_leads": "Y", "list_name": "New"}, "list_name", id="leads, and a change"),
    pytest.param({"delete_leads": "Y", "delete_list": "Y", "campaign_id": ""}, "campaign_id",
                 id="both deletions, and a change"),
    pytest.param({"delete_list": "Y", "custom_fields_copy": 102}, "custom_fields_copy",
                 id="deletion, and copying"),
    pytest.param({"delete_list": "Y", "list_id": 102}, "list_id", id="deletion of another list"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field"), [*BAD_FIELDS, *BAD_CHANGES])
async def test_bad_input_names_the_field_and_writes_nothing(
    lists: Lists, db: TestDatabase, fields: dict[str, Any], field: str
) -> None:
    before = read_row(db, "vicidial_lists", list_id=101)

    status, envelope = await change(lists, **fields)

    assert (status, list(envelope["details"])) == (400, [field])
    assert read_row(db, "vicidial_lists", list_id=101) == before
    assert admin_log(db) == []


async def test_all_that_does_not_go_with_a_deletion_is_named(lists: Lists) -> None:
    _, envelope = await change(lists, delete_leads="Y", list_name="New", active="N", reset_list="Y")

    assert envelope["details"] == {
        name: ["Not with delete_leads"] for name in ("active", "list_name", "reset_list")
    }


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"list_id": 101},
        {"reset_list": "N"},
        {"reset_list": "N", "delete_leads": "N", "delete_list": "N"},
    ],
    ids=["nothing", "only its name", "no reset", "flags that say no"],
)
async def test_a_request_that_changes_nothing_is_a_400(
    lists: Lists, db: TestDatabase, fields: dict[str, Any]
) -> None:
    before = read_row(db, "vicidial_lists", list_id=101)

    assert await change(lists, **fields) == NOTHING
    assert read_row(db, "vicidial_lists", list_id=101) == before
    assert admin_log(db) == []


async def test_a_list_that_is_not_there_is_a_404_before_anything_else(lists: Lists) -> None:
    for fields in ({}, {"campaign_id": "NOCAMP"}, {"custom_fields_copy": 555}):
        assert await change(lists, 103, **fields) == refused(404, "List not found")


async def test_an_empty_body_is_a_400(lists: Lists) -> None:
    response = await lists.put("/api/v1/lists/101")

    assert (response.status, await response.json()) == NOTHING
