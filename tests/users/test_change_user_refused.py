"""PUT /api/v1/users/{user_id}: what is refused, and changes nothing."""

from typing import Any

import pytest
from support.apps import Users
from support.changed_users import (
    change,
    everything,
    make_agent,
    make_campaign_rank,
    make_in_group_rank,
    make_session,
    make_session_in_group,
    make_things,
    refused,
    says_no,
)
from support.database import TestDatabase


@pytest.fixture(autouse=True)
def agent(db: TestDatabase) -> None:
    """agent1, with ranks and a session."""
    make_things(db)
    make_agent(db)
    make_campaign_rank(db)
    make_in_group_rank(db)
    make_session(db)
    make_session_in_group(db)


def case(field: str, value: Any, note: str) -> Any:
    return pytest.param({field: value}, field, id=f"{field}: {note}")


TEXTS = ("full_name", "email", "custom_one", "custom_two", "custom_three", "custom_four",
         "custom_five")  # fmt: skip
FLAGS = ("active", "force_change_password", "delete_user")
BITS = ("agent_choose_ingroups", "agent_choose_blended", "closer_default_blended",
        "hotkeys_active", "camp_rg_only", "ingrp_rg_only")  # fmt: skip
NUMBERS = {
    "user_level": (1, 9),
    "wrapup_seconds_override": (-1, 9999),
    "campaign_rank": (-9, 9),
    "campaign_grade": (1, 10),
    "ingroup_rank": (-9, 9),
    "ingroup_grade": (1, 10),
}
NAMES = ("user_group", "campaign_id", "group_id")
SECRETS = ("pass", "phone_pass")
ALL = (*TEXTS, *FLAGS, *BITS, *NUMBERS, *NAMES, *SECRETS, "phone_login", "voicemail_id",
       "in_groups")  # fmt: skip
# Fields that say nothing by themselves come beside a rank.
BESIDE_A_RANK = {"campaign_id": "campaign_rank", "camp_rg_only": "campaign_rank",
                 "group_id": "ingroup_rank", "ingrp_rg_only": "ingroup_rank"}  # fmt: skip

BAD = [
    *[case(field, None, "null") for field in ALL],
    *[case(field, {}, "object") for field in ALL],
    *[case(field, True, "boolean") for field in ALL],
    *[case(field, 1.5, "a fraction") for field in ALL],
    *[case(field, ["SALES"], "an array") for field in ALL if field != "in_groups"],
    *[
        case(field, f"a{character}b", f"with {character!r}")
        for field in TEXTS
        for character in "'\"\\<>\n\t\x00\x7f\u2028😀"
    ],
    case("full_name", "n" * 51, "too long"),
    *[case(field, "c" * 101, "too long") for field in TEXTS if field != "full_name"],
    case("email", "john", "no address"),
    case("email", "john@", "no address either"),
    case("email", f"{'a' * 60}@{'b' * 36}.com", "an address too long"),
    *[case(field, value, f"{value!r}") for field in FLAGS for value in ("", "y", "X", "1")],
    *[case(field, value, f"{value!r}") for field in BITS for value in ("", "Y", "2", 2, -1)],
    *[case(field, value, f"{value!r}") for field in NUMBERS for value in ("", "x", "1.0")],
    *[case(field, least - 1, "too low") for field, (least, _) in NUMBERS.items()],
    *[case(field, most + 1, "too high") for field, (_, most) in NUMBERS.items()],
    *[case(field, "", "empty") for field in NAMES],
    *[case(field, "NONE", "unknown") for field in NAMES],
    *[case(field, "x'y😀", "odd characters") for field in NAMES],
    case("user_group", "g" * 21, "too long"),
    case("campaign_id", "c" * 9, "too long"),
    case("group_id", "g" * 21, "too long"),
    case("phone_login", "nophone", "unknown"),
    case("phone_login", "101", "the phone's extension"),
    case("phone_login", "desk102", "in the list of an alias only"),
    case("phone_login", "a" * 21, "too long"),
    case("phone_login", "desk 101", "a space"),
    case("phone_login", "desk101\n", "a newline"),
    case("voicemail_id", "1" * 11, "too long"),
    case("voicemail_id", "10-1", "other characters"),
    case("in_groups", ["SALES", "NONE"], "one is unknown"),
    case("in_groups", "SALES|NONE", "one of the string is unknown"),
    case("in_groups", [""], "an empty name"),
    case("in_groups", [None], "a null among them"),
    case("in_groups", [["SALES"]], "nested"),
    case("in_groups", "SALES SUPPORT", "with a space between"),
    case("in_groups", 5, "a number"),
    case("pass", "", "empty"),
    case("pass", "a", "too short"),
    case("pass", "a" * 73, "too long"),
    *[case("pass", f"pass{sign}word", f"with {sign!r}") for sign in " '+.@&ä\n"],
    case("pass", "pass--word", "two dashes"),
    *[case(field, " password1", "a leading space") for field in SECRETS],
    *[case(field, "password1 ", "a trailing space") for field in SECRETS],
    case("phone_pass", "a" * 101, "too long"),
    *[case("phone_pass", f"pass{sign}word", f"with {sign!r}") for sign in " '+.@&ä\n"],
    case("reset_password", "16", "not offered"),
    case("new_pass", "new-pass1", "of the copy"),
    case("user_id", 7, "not to be changed"),
    case("new_user", "agent2", "not to be changed"),
    case("pass_hash", "x" * 31, "a column"),
    case("failed_login_count", 0, "a column"),
    case("closer_campaigns", ["SALES"], "a column"),
    case("agent_full_name", "John", "the original's name"),
    case("no_such_field", "x", "unknown"),
]


@pytest.mark.parametrize(("body", "field"), BAD)
async def test_bad_input_names_the_field_and_writes_nothing(
    users: Users, db: TestDatabase, body: dict[str, Any], field: str
) -> None:
    good = {"wrapup_seconds_override": 99} if field != "wrapup_seconds_override" else {}
    rank = {BESIDE_A_RANK[field]: 1} if field in BESIDE_A_RANK else {}
    before = everything(db)

    status, answer = await change(users, **good | rank | body)

    assert (status, list(answer["details"])) == (400, [field])
    assert everything(db) == before


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("user_group", "NONE", "User group not found"),
        ("full_name", "n" * 51, "Longer than 50 characters"),
        ("user_level", 10, "Must be 1 to 9"),
        ("reset_password", "16", "Unknown field"),
        ("active", None, "May not be null"),
    ],
)
async def test_the_reason_is_said(users: Users, field: str, value: Any, why: str) -> None:
    status, answer = await change(users, **{field: value})

    assert status == 400
    assert answer == {
        "success": False,
        "error": f"Invalid parameters: {field}: {why}",
        "details": {field: [why]},
    }


async def test_all_that_does_not_exist_is_named(users: Users, db: TestDatabase) -> None:
    before = everything(db)

    status, answer = await change(
        users, user_group="NOGROUP", in_groups=["SALES", "NOLINE", "NODESK"], campaign_id="NOCAMP",
        campaign_rank=1, group_id="NOLINE", ingroup_grade=1,
    )  # fmt: skip

    assert status == 400
    assert set(answer["details"]) == {"user_group", "in_groups", "campaign_id", "group_id"}
    assert "NOLINE" in str(answer["details"]["in_groups"])
    assert "NODESK" in str(answer["details"]["in_groups"])
    assert everything(db) == before


@pytest.mark.parametrize("field", SECRETS)
@pytest.mark.parametrize("secret", ["My$ecret", "My--ecret$", f"Secret{'x' * 100}"])
async def test_no_answer_repeats_a_secret(users: Users, field: str, secret: str) -> None:
    status, answer = await change(users, **{field: secret})

    assert (status, list(answer["details"])) == (400, [field])
    assert says_no(secret, answer)
    assert "$" not in str(answer)


@pytest.mark.parametrize(
    "body",
    [{}, {"delete_user": "N"}, {"user": "7777"}, {"camp_rg_only": "0", "ingrp_rg_only": 0}],
    ids=str,
)
async def test_a_change_of_nothing_is_a_400(
    users: Users, db: TestDatabase, body: dict[str, str]
) -> None:
    before = everything(db)

    answer = await change(users, **body)

    assert answer == refused(400, "No updates defined")
    assert everything(db) == before


@pytest.mark.parametrize(
    "login",
    ["nobody", "agent", "agent11", "a" * 20, "a" * 21, "x" * 300, "agent1%00", "agent1'--", "%25",
     "agent%25", "agent_", "%F0%9F%98%80", "agent1%0A", "-", "agent1%20OR%201=1", "1"],
)  # fmt: skip
async def test_an_unknown_user_is_a_404(users: Users, db: TestDatabase, login: str) -> None:
    before = everything(db)

    answer = await change(users, login, active="N", campaign_rank=1)

    assert answer == refused(404, "User not found")
    assert everything(db) == before
