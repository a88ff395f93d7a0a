"""PUT /api/v1/campaigns/{campaign_id}: what is refused, and changes nothing."""

from typing import Any

import pytest
from support.apps import Lists
from support.builders import make_campaign
from support.campaigns import change
from support.changes import admin_log
from support.database import TestDatabase


@pytest.fixture(autouse=True)
def campaign(db: TestDatabase) -> None:
    """TESTCAMP, with one lead in its hopper; a filter."""
    make_campaign(db)
    db.insert("vicidial_lead_filters", lead_filter_id="MYFILTER", lead_filter_name="Mine")
    db.insert("vicidial_hopper", lead_id=1, campaign_id="TESTCAMP", list_id=101, status="READY")


def everything(db: TestDatabase) -> list[tuple[Any, ...]]:
    """All that a change could touch."""
    return [
        *db.rows("SELECT * FROM vicidial_campaigns"),
        *db.rows("SELECT * FROM vicidial_hopper"),
        *admin_log(db),
    ]


def case(field: str, value: Any, note: str) -> Any:
    return pytest.param({field: value}, field, id=f"{field}: {note}")


STRINGS_THAT_MAY_NOT_BE_EMPTY = (
    "campaign_name", "active", "dial_method", "auto_dial_level", "adaptive_maximum_level",
    "hopper_level", "dial_timeout", "campaign_vdad_exten", "outbound_cid", "list_order",
    "list_order_randomize", "list_order_secondary", "dial_status_add", "dial_status_remove",
    "dial_statuses", "local_call_time", "reset_hopper",
)  # fmt: skip
OTHERS = (
    "lead_filter_id", "xferconf_one", "xferconf_two", "xferconf_three", "xferconf_four",
    "xferconf_five", "webform_one", "webform_two", "webform_three", "dispo_call_url",
    "start_call_url", "na_call_url", "dial_prefix",
)  # fmt: skip
URLS = ("webform_one", "webform_two", "webform_three", "dispo_call_url", "start_call_url",
        "na_call_url")  # fmt: skip

BAD = [
    *[case(field, "", "empty") for field in STRINGS_THAT_MAY_NOT_BE_EMPTY],
    *[case(field, None, "null") for field in (*STRINGS_THAT_MAY_NOT_BE_EMPTY, *OTHERS)],
    *[case(field, {}, "object") for field in (*STRINGS_THAT_MAY_NOT_BE_EMPTY, *OTHERS)],
    *[case(field, True, "boolean") for field in (*STRINGS_THAT_MAY_NOT_BE_EMPTY, *OTHERS)],
    case("campaign_name", "Sales", "too short"),
    case("campaign_name", "n" * 41, "too long"),
    *[
        case("campaign_name", f"Spring{character}Sale", f"with {character!r}")
        for character in "'\"\\;<>\n\t\x7f\u2028😀"
    ],
    case("active", "y", "lower case"),
    case("dial_method", "SHARED_RATIO", "one of VICIdial's shared methods"),
    case("dial_method", "ratio", "lower case"),
    case("auto_dial_level", "4.01", "above the system's limit"),
    case("auto_dial_level", -1, "negative"),
    case("auto_dial_level", "1.234", "three decimals"),
    case("auto_dial_level", "x", "no number"),
    case("adaptive_maximum_level", 5, "above the system's limit"),
    case("adaptive_maximum_level", "001.00", "six characters"),
    case("hopper_level", 0, "zero"),
    case("hopper_level", 5001, "too high"),
    case("hopper_level", 1.5, "a fraction"),
    case("dial_timeout", 0, "zero"),
    case("dial_timeout", 121, "too high"),
    case("campaign_vdad_exten", "83", "too short"),
    case("campaign_vdad_exten", "8" * 21, "too long"),
    case("campaign_vdad_exten", "83-68", "no digits"),
    case("outbound_cid", "12345", "too short"),
    case("outbound_cid", "1" * 21, "too long"),
    case("outbound_cid", "555123456x", "no digits"),
    case("lead_filter_id", "NOFILTER", "unknown"),
    case("lead_filter_id", "f" * 21, "too long"),
    case("list_order", "down", "lower case"),
    case("list_order", "DOWN 7th NEW", "unknown"),
    case("list_order_randomize", "1", "no flag"),
    case("list_order_secondary", "RANK_ASCEND", "unknown"),
    case("dial_status_add", "TOOLONG", "too long"),
    case("dial_status_add", "A B", "a space"),
    case("dial_status_remove", "TOOLONG", "too long"),
    case("dial_status_remove", "SALE", "not there"),
    case("dial_statuses", ["NEW", "TOOLONG"], "too long"),
    case("dial_statuses", "NEW;A", "semicolon"),
    case("dial_statuses", [f"S{number:05}" for number in range(37)], "too many"),
    case("xferconf_one", "x" * 51, "too long"),
    case("xferconf_five", "8300 ,1", "other characters"),
    *[case(field, "ht", "too short") for field in URLS],
    *[case(field, "h" * 65_001, "too long") for field in URLS],
    *[case(field, "https://a.example.com/?a='", "quote") for field in URLS],
    case("local_call_time", "NOTIME", "unknown"),
    case("local_call_time", "NONE", "none"),
    case("local_call_time", "t" * 11, "too long"),
    case("dial_prefix", "9" * 21, "too long"),
    case("dial_prefix", "9#", "other characters"),
    case("reset_hopper", "yes", "no flag"),
    case("dial_status", "NEW", "the peer's name"),
    case("campaign_id", "NEWCAMP", "not to be changed"),
    case("no_such_field", "x", "unknown"),
    pytest.param({"campaign_cid": "123"}, "outbound_cid", id="by its second name"),
    pytest.param({"outbound_cid": "5551234567", "campaign_cid": "5557654321"}, "campaign_cid",
                 id="two names that differ"),
    pytest.param({"dial_statuses": ["NEW"], "dial_status_add": "A"}, "dial_statuses",
                 id="replace and add"),
    pytest.param({"dial_statuses": ["NEW"], "dial_status_remove": "NEW"}, "dial_statuses",
                 id="replace and remove"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field"), BAD)
async def test_bad_input_names_the_field_and_writes_nothing(
    lists: Lists, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    good = {"hopper_level": 99} if "hopper_level" not in body else {"active": "N"}
    before = everything(db)

    status, answer = await change(lists, **{"reset_hopper": "Y"} | good | body)

    assert (status, list(answer["details"])) == (400, [field])
    assert everything(db) == before


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("lead_filter_id", "NOFILTER", "Lead filter not found"),
        ("local_call_time", "NOTIME", "Call time not found"),
        ("auto_dial_level", "4.5", "Must be 0 to 4"),
        ("dial_status_remove", "SALE", "Not a dial status of the campaign"),
        ("campaign_name", "n" * 41, "Longer than 40 characters"),
    ],
)
async def test_the_reason_is_said(lists: Lists, field: str, value: str, why: str) -> None:
    answer = await change(lists, **{field: value})

    assert answer == (
        400,
        {
            "success": False,
            "error": f"Invalid parameters: {field}: {why}",
            "details": {field: [why]},
        },
    )


async def test_all_that_refers_to_nothing_is_named(lists: Lists) -> None:
    status, answer = await change(lists, lead_filter_id="NOFILTER", local_call_time="NOTIME")

    assert status == 400
    assert answer["details"] == {
        "lead_filter_id": ["Lead filter not found"],
        "local_call_time": ["Call time not found"],
    }


@pytest.mark.parametrize("body", [{}, {"reset_hopper": "N"}, {"user": "7777"}], ids=str)
async def test_a_change_of_nothing_is_a_400(
    lists: Lists, db: TestDatabase, body: dict[str, str]
) -> None:
    before = everything(db)

    answer = await change(lists, **body)

    assert answer == (400, {"success": False, "error": "No fields to update"})
    assert everything(db) == before


@pytest.mark.parametrize(
    "campaign_id", ["NOCAMP", "TEST", "TESTCAMP2", "%F0%9F%98%80", "TESTCAMP'--", "%25", "x" * 300]
)
async def test_an_unknown_campaign_is_a_404(
    lists: Lists, db: TestDatabase, campaign_id: str
) -> None:
    before = everything(db)

    answer = await change(lists, campaign_id, active="N", reset_hopper="Y")

    assert answer == (404, {"success": False, "error": "Campaign not found"})
    assert everything(db) == before
