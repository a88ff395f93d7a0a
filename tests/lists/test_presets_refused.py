"""Presets: what is refused, by the field that is named, and with nothing written."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_campaign
from support.changes import changes
from support.database import TestDatabase
from support.presets import make_preset, presets, stamps

PRESETS = "/api/v1/presets"
SALES = f"{PRESETS}/TESTCAMP:SALES"
NEW = {"campaign_id": "TESTCAMP", "preset_name": "NEW", "preset_number": "1"}
BEFORE = [("TESTCAMP", "SALES", "3125551213", "1234", "N")]


@pytest.fixture(autouse=True)
def preset(db: TestDatabase) -> None:
    """TESTCAMP with the preset SALES."""
    make_campaign(db)
    make_preset(db)


def check_nothing_was_written(db: TestDatabase) -> None:
    assert presets(db) == BEFORE
    assert stamps(db) == {"TESTCAMP": None}
    assert changes(db) == []


BAD_VALUES: list[Any] = [
    pytest.param({"preset_number": ""}, "preset_number", id="number empty"),
    pytest.param({"preset_number": "9" * 51}, "preset_number", id="number too long"),
    pytest.param({"preset_number": "555 1234"}, "preset_number", id="number with a space"),
    pytest.param({"preset_number": "555-1234"}, "preset_number", id="number with a hyphen"),
    pytest.param({"preset_number": "é"}, "preset_number", id="number beyond ASCII"),
    pytest.param({"preset_number": "5\n"}, "preset_number", id="number with a line break"),
    pytest.param({"preset_number": 1.5}, "preset_number", id="number of another type"),
    pytest.param({"preset_dtmf": "1" * 51}, "preset_dtmf", id="DTMF too long"),
    pytest.param({"preset_dtmf": "1.2"}, "preset_dtmf", id="DTMF with a dot"),
    pytest.param({"preset_dtmf": ["1"]}, "preset_dtmf", id="DTMF of another type"),
    pytest.param({"preset_hide_number": "y"}, "preset_hide_number", id="flag"),
    pytest.param({"preset_hide_number": ""}, "preset_hide_number", id="flag empty"),
    pytest.param({"preset_value": "1"}, "preset_value", id="field of the peer"),
    pytest.param({"menu_id": "1"}, "menu_id", id="other field of the peer"),
    pytest.param({"campaign_id": ""}, "campaign_id", id="campaign empty"),
    pytest.param({"campaign_id": "C" * 21}, "campaign_id", id="campaign too long"),
    pytest.param({"campaign_id": ["TESTCAMP"]}, "campaign_id", id="campaign of another type"),
]
BAD_CHANGES: list[Any] = [
    *BAD_VALUES,
    pytest.param({"preset_number": None}, "preset_number", id="number null"),
    pytest.param({"preset_dtmf": None}, "preset_dtmf", id="DTMF null"),
    pytest.param({"preset_name": "OTHER"}, "preset_name", id="another name"),
    pytest.param({"preset_number": "1", "campaign_id": "OTHER"}, "campaign_id",
                 id="another campaign than the path"),
]  # fmt: skip
BAD_ADDITIONS: list[Any] = [
    *BAD_VALUES,
    pytest.param({"campaign_id": None}, "campaign_id", id="no campaign"),
    pytest.param({"campaign_id": "NOCAMP"}, "campaign_id", id="unknown campaign"),
    pytest.param({"preset_number": None}, "preset_number", id="no number"),
    pytest.param({"preset_name": None}, "preset_name", id="no name"),
    pytest.param({"preset_name": ""}, "preset_name", id="name empty"),
    pytest.param({"preset_name": "  "}, "preset_name", id="name of spaces"),
    pytest.param({"preset_name": "N" * 41}, "preset_name", id="name too long"),
    pytest.param({"preset_name": "A:B"}, "preset_name", id="name with a colon"),
    pytest.param({"preset_name": "A/B"}, "preset_name", id="name with a slash"),
    pytest.param({"preset_name": "A'B"}, "preset_name", id="name with a quote"),
    pytest.param({"preset_name": "A.B"}, "preset_name", id="name with a dot"),
    pytest.param({"preset_name": "A\tB"}, "preset_name", id="name with a tab"),
    pytest.param({"preset_name": "Büro"}, "preset_name", id="letter beyond ASCII"),
    pytest.param({"preset_name": "A😀"}, "preset_name", id="emoji"),
]


@pytest.mark.parametrize(("body", "field"), BAD_CHANGES)
async def test_a_bad_change_names_the_field(
    lists: Lists, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    response = await lists.put(SALES, json=body)

    assert (response.status, list((await response.json())["details"])) == (400, [field])
    check_nothing_was_written(db)


@pytest.mark.parametrize(("body", "field"), BAD_ADDITIONS)
async def test_a_bad_addition_names_the_field(
    lists: Lists, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    response = await lists.post(PRESETS, json=NEW | body)

    assert (response.status, list((await response.json())["details"])) == (400, [field])
    check_nothing_was_written(db)


async def test_an_addition_names_all_that_is_missing(lists: Lists) -> None:
    response = await lists.post(PRESETS, json={})

    assert response.status == 400
    assert (await response.json())["details"] == {
        "campaign_id": ["Required"],
        "preset_name": ["Required"],
        "preset_number": ["Required"],
    }


@pytest.mark.parametrize("body", [{}, {"campaign_id": "TESTCAMP"}])
async def test_a_change_of_nothing(lists: Lists, db: TestDatabase, body: dict[str, str]) -> None:
    response = await lists.put(SALES, json=body)

    assert response.status == 400
    assert await response.json() == {"success": False, "error": "No fields to update"}
    check_nothing_was_written(db)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    ("path", "told", "why"),
    [
        ("SALES", None, "Required, unless the path says CAMPAIGN:NAME"),
        ("SALES", "NOCAMP", "Campaign not found"),
        ("TESTCAMP:SALES", "NOCAMP", "Differs from the path"),
        (":SALES", "TESTCAMP", "Differs from the path"),
    ],
)
async def test_which_campaign_is_not_clear(
    lists: Lists, db: TestDatabase, method: str, path: str, told: str | None, why: str
) -> None:
    campaign = {} if told is None else {"campaign_id": told}
    response = await lists.request(
        method,
        f"{PRESETS}/{path}",
        json={"preset_number": "5"} | campaign if method == "PUT" else None,
        params=campaign if method == "DELETE" else None,
    )

    assert (response.status, await response.json()) == (
        400,
        {
            "success": False,
            "error": f"Invalid parameters: campaign_id: {why}",
            "details": {"campaign_id": [why]},
        },
    )
    check_nothing_was_written(db)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    "path",
    ["TESTCAMP:NOPE", "NOCAMP:SALES", ":SALES", "TESTCAMP:", "TESTCAMP:SALES:2", "TESTCAMP:%2F",
     "TESTCAMP:%F0%9F%98%80", "TESTCAMP:%00", "TESTCAMP:%25", "TESTCAMP:' OR 1=1 -- ",
     f"TESTCAMP:{'N' * 300}"],
)  # fmt: skip
async def test_a_preset_that_is_not_there_is_a_404(
    lists: Lists, db: TestDatabase, method: str, path: str
) -> None:
    body = {"preset_number": "5"} if method == "PUT" else None
    response = await lists.request(method, f"{PRESETS}/{path}", json=body)

    assert response.status == 404
    assert await response.json() == {"success": False, "error": "Preset not found"}
    check_nothing_was_written(db)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        pytest.param({}, "Required", id="no campaign"),
        pytest.param({"campaign_id": ""}, "Required", id="empty"),
        pytest.param({"campaign_id": " "}, "May not be empty", id="space"),
        pytest.param({"campaign_id": "NOCAMP"}, "Campaign not found", id="unknown"),
        pytest.param({"campaign_id": "C" * 21}, "Longer than 20 characters", id="too long"),
    ],
)
async def test_presets_are_those_of_a_campaign(
    lists: Lists, query: dict[str, str], why: str
) -> None:
    response = await lists.get(PRESETS, params=query)

    assert (response.status, (await response.json())["details"]) == (400, {"campaign_id": [why]})
