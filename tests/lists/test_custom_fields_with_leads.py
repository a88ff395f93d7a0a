"""Custom fields made by svc-lists hold the values that svc-leads writes."""

from datetime import date, timedelta
from typing import Any

import pytest
from support.apps import Leads, Lists
from support.builders import read_row
from support.custom_fields import change, columns, make_field, make_lists, remove
from support.database import TestDatabase

SOURCE = "source=>state\nvalue=>FL\noption=>mia|Miami\nvalue=>NY\noption=>nyc|New York"


@pytest.fixture(autouse=True)
def custom_lists(db: TestDatabase) -> None:
    make_lists(db)


async def post_lead(leads: Leads, **values: object) -> tuple[int, Any]:
    lead = {"list_id": 101, "phone_number": "5551234567", "custom_fields": values}
    response = await leads.post("/api/v1/leads", json=lead)
    return response.status, await response.json()


TAKEN: list[Any] = [
    pytest.param({"field_max": 5}, "Jöé's", "Jöé's", "Jöé's", id="TEXT"),
    pytest.param({"field_type": "HIDDEN", "field_max": 999}, "x" * 999, "x" * 999, "x" * 999,
                 id="HIDDEN"),
    pytest.param({"field_type": "READONLY", "field_max": 1}, 7, "7", "7", id="READONLY"),
    pytest.param({"field_type": "AREA", "field_max": 3}, "x" * 65_535, "x" * 65_535, "x" * 65_535,
                 id="AREA"),
    pytest.param({"field_type": "HIDEBLOB"}, "a\nb", b"a!Nb", "a\nb", id="HIDEBLOB"),
    pytest.param({"field_type": "SELECT", "field_options": "red,light blue"}, "light blue",
                 "light blue", "light blue", id="SELECT"),
    pytest.param({"field_type": "RADIO", "field_options": "s,Small\nm,Medium"}, "m", "m", "m",
                 id="RADIO"),
    pytest.param({"field_type": "RADIO", "field_options": "s"}, "s", "s", "s", id="RADIO of one"),
    pytest.param({"field_type": "SOURCESELECT", "field_options": SOURCE}, "nyc", "nyc", "nyc",
                 id="SOURCESELECT"),
    pytest.param({"field_type": "MULTI", "field_options": "en,de,fr"}, ["fr", "de", "en"],
                 "fr,de,en", "fr,de,en", id="all of MULTI"),
    pytest.param({"field_type": "CHECKBOX", "field_options": "en,English\n"}, ["en"], "en", "en",
                 id="CHECKBOX of one"),
    pytest.param({"field_type": "DATE", "field_default": 5}, "2024-02-29", date(2024, 2, 29),
                 "2024-02-29", id="DATE"),
    pytest.param({"field_type": "TIME"}, "23:59", timedelta(hours=23, minutes=59), "23:59:00",
                 id="TIME"),
    pytest.param({"field_show_hide": "LAST_2"}, "12345", "12345", "XXX45", id="masked"),
]  # fmt: skip


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
@pytest.mark.parametrize(("fields", "value", "stored", "shown"), TAKEN)
async def test_a_new_field_takes_values(
    lists: Lists, leads: Leads, db: TestDatabase, fields: dict[str, Any], value: object,
    stored: object, shown: str,
) -> None:  # fmt: skip
    await make_field(lists, **fields)

    status, answer = await post_lead(leads, COLOR=value)

    lead_id = answer["data"]["lead_id"]
    assert (status, answer["data"]["custom_fields"]) == (200, {"color": shown})
    assert read_row(db, "custom_101", lead_id=lead_id)["color"] == stored


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        pytest.param({"field_max": 5}, "x" * 6, id="TEXT"),
        pytest.param({"field_type": "AREA"}, "x" * 65_536, id="AREA"),
        pytest.param({"field_type": "SELECT", "field_options": "red,Red\nblue,Blue"}, "Red",
                     id="label"),
        pytest.param({"field_type": "SOURCESELECT", "field_options": SOURCE}, "FL", id="source"),
        pytest.param({"field_type": "MULTI", "field_options": "en,de"}, ["en", "fr"], id="MULTI"),
        pytest.param({"field_type": "DATE"}, "2025-02-29", id="DATE"),
        pytest.param({"field_type": "TIME"}, "24:00", id="TIME"),
        pytest.param({"field_type": "DISPLAY"}, "x", id="display-only"),
        pytest.param({"field_type": "SCRIPT"}, "x", id="script"),
    ],
)  # fmt: skip
async def test_a_new_field_refuses_what_does_not_fit(
    lists: Lists, leads: Leads, db: TestDatabase, fields: dict[str, Any], value: object
) -> None:
    await make_field(lists, field_name="size")
    await make_field(lists, **fields)

    status, answer = await post_lead(leads, color=value)

    assert (status, list(answer["details"])) == (400, ["custom_fields.color"])
    assert db.count("vicidial_list") == 0


async def test_a_standard_name_is_no_custom_value(lists: Lists, leads: Leads) -> None:
    await make_field(lists, field_name="size")
    await make_field(lists, field_name="city")

    status, answer = await post_lead(leads, city="Boston")

    assert (status, list(answer["details"])) == (400, ["custom_fields.city"])


async def test_a_lead_without_a_value_gets_the_default(lists: Lists, leads: Leads) -> None:
    await make_field(lists, field_name="a", field_default="50% %s")
    await make_field(lists, field_name="b", field_type="SELECT", field_options="x,y",
                     field_default="y")  # fmt: skip
    await make_field(lists, field_name="c", field_type="MULTI", field_options="x,y",
                     field_default="y")  # fmt: skip
    await make_field(lists, field_name="d", field_type="DATE", field_default="1")
    await make_field(lists, field_name="e")

    _, answer = await post_lead(leads, e="x")

    assert answer["data"]["custom_fields"] == {
        "a": "50% %s", "b": "y", "c": "y", "d": None, "e": "x"
    }  # fmt: skip


async def test_new_options_are_taken_and_old_ones_refused(lists: Lists, leads: Leads) -> None:
    await make_field(lists, field_type="SELECT", field_options="red,blue")
    first, _ = await post_lead(leads, color="red")

    changed, _ = await change(lists, field_options="red,green")

    taken, answer = await post_lead(leads, color="green")
    refused, _ = await post_lead(leads, color="blue")
    assert (first, changed, taken, refused) == (200, 200, 200, 400)
    assert answer["data"]["custom_fields"] == {"color": "green"}


async def test_an_option_that_a_lead_has_cannot_go(
    lists: Lists, leads: Leads, db: TestDatabase
) -> None:
    await make_field(lists, field_type="SELECT", field_options="red,blue")
    await post_lead(leads, color="blue")

    refused, _ = await change(lists, field_options="red,green")

    assert (refused, db.value("SELECT color FROM custom_101")) == (409, "blue")


async def test_a_longer_field_takes_longer_values(lists: Lists, leads: Leads) -> None:
    await make_field(lists, field_max=3)
    before, _ = await post_lead(leads, color="blue")

    await change(lists, field_max=4)

    after, _ = await post_lead(leads, color="blue")
    assert (before, after) == (400, 200)


async def test_an_emptied_choice_stands_in_no_changes_way(lists: Lists, leads: Leads) -> None:
    await make_field(lists)
    await post_lead(leads, color="")

    as_enum, _ = await change(lists, field_type="RADIO", field_options="a,b")
    as_date, _ = await change(lists, field_type="DATE")

    assert (as_enum, as_date) == (200, 200)
    taken, _ = await post_lead(leads, color="2025-01-08")
    assert taken == 200


async def test_a_deleted_field_takes_no_values(lists: Lists, leads: Leads) -> None:
    await make_field(lists, field_name="size")
    field_id = await make_field(lists)
    await post_lead(leads, color="red", size="M")

    await remove(lists, field_id)

    refused, answer = await post_lead(leads, color="red")
    taken, others = await post_lead(leads, size="L")
    assert (refused, answer["details"]) == (
        400, {"custom_fields.color": ["Not a field of list 101"]}
    )  # fmt: skip
    assert (taken, others["data"]["custom_fields"]) == (200, {"size": "L"})


async def test_a_list_whose_last_field_went_has_none(
    lists: Lists, leads: Leads, db: TestDatabase
) -> None:
    await remove(lists, await make_field(lists))

    status, answer = await post_lead(leads, color="red")

    assert (status, answer["details"]) == (400, {"custom_fields": ["List has no custom fields"]})
    assert columns(db) == {}
