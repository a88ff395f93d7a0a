"""POST /api/v1/users: each field at its limits, and what is beyond them, by the field's name."""

from typing import Any

import pytest
from support.apps import Users
from support.builders import make_campaign
from support.database import TestDatabase
from support.users import (
    NEW,
    add,
    campaign_ranks,
    in_group_ranks,
    make_in_group,
    make_user_group,
    written,
)

CUSTOM = ("custom_one", "custom_two", "custom_three", "custom_four", "custom_five")
BITS = ("agent_choose_ingroups", "agent_choose_blended", "closer_default_blended", "hotkeys_active")
FLAGS = ("active", "force_change_password")
RANKS = ("campaign_rank", "ingroup_rank")
GRADES = ("campaign_grade", "ingroup_grade")
PLAIN = "名字 é !#$%&()*+,-./:;=?@[]^_`{|}~"
# 64 characters, `@`, and 35 more.
LONGEST_EMAIL = f"{'a' * 64}@{'b' * 31}.com"


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What can be referred to, also by the longest names that there are."""
    for user_group in ("AGENTS", "G" * 20):
        make_user_group(db, user_group)
    for campaign_id in ("TESTCAMP", "12345678"):
        make_campaign(db, campaign_id)
    for group_id in ("SALES", "I" * 20):
        make_in_group(db, group_id)


AT_LIMITS: list[Any] = [
    pytest.param("user", "A-", "A-", id="shortest login"),
    pytest.param("user", "-_09azAZ" + "x" * 12, "-_09azAZ" + "x" * 12, id="longest login"),
    pytest.param("user", 6666, "6666", id="login as a number"),
    pytest.param("pass", "a1", "a1", id="shortest password"),
    pytest.param("pass", "-_09azAZ" + "x" * 64, "-_09azAZ" + "x" * 64, id="longest password"),
    pytest.param("full_name", "F", "F", id="shortest name"),
    pytest.param("full_name", "é" * 50, "é" * 50, id="longest name"),
    pytest.param("full_name", PLAIN, PLAIN, id="name of all that is allowed"),
    pytest.param("user_level", 1, 1, id="lowest level"),
    pytest.param("user_level", "9", 9, id="highest level, as digits"),
    pytest.param("user_group", "g" * 20, "G" * 20, id="longest user group"),
    pytest.param("phone_login", "", "", id="no phone"),
    pytest.param("phone_login", "-_09azAZ" + "x" * 12, "-_09azAZ" + "x" * 12, id="longest phone"),
    pytest.param("phone_pass", "", "", id="no phone password"),
    pytest.param("phone_pass", "-_09azAZ" + "x" * 92, "-_09azAZ" + "x" * 92,
                 id="longest phone password"),
    pytest.param("phone_pass", "a", "a", id="shortest phone password"),
    pytest.param("phone_pass", "a--b", "a--b", id="phone password with two hyphens"),
    pytest.param("email", "", "", id="no email"),
    pytest.param("email", LONGEST_EMAIL, LONGEST_EMAIL, id="longest email"),
    pytest.param("email", "a.b+c@mail.example.com", "a.b+c@mail.example.com", id="email"),
    pytest.param("voicemail_id", "", "", id="no voicemail"),
    pytest.param("voicemail_id", "09azAZ8500", "09azAZ8500", id="longest voicemail"),
    pytest.param("wrapup_seconds_override", -1, -1, id="the campaign's wrap-up"),
    pytest.param("wrapup_seconds_override", "-1", -1, id="the campaign's wrap-up, as digits"),
    pytest.param("wrapup_seconds_override", 0, 0, id="no wrap-up"),
    pytest.param("wrapup_seconds_override", "9999", 9999, id="longest wrap-up, as digits"),
    *(pytest.param(name, "", "", id=f"{name} empty") for name in CUSTOM),
    *(pytest.param(name, "é" * 100, "é" * 100, id=f"{name} longest") for name in CUSTOM),
    *(pytest.param(name, flag, flag, id=f"{name} {flag}") for name in FLAGS for flag in "YN"),
    *(pytest.param(name, bit, str(bit), id=f"{name} {bit!r}") for name in BITS
      for bit in ("0", "1", 0, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("field", "sent", "stored"), AT_LIMITS)
async def test_values_at_their_limits_are_stored(
    users: Users, db: TestDatabase, field: str, sent: object, stored: object
) -> None:
    status, envelope = await add(users, **{field: sent})

    assert status == 200, envelope
    assert db.value(f"SELECT `{field}` FROM vicidial_users") == stored


@pytest.mark.parametrize(
    ("body", "campaigns"),
    [
        ({"campaign_rank": -9, "campaign_grade": 1}, ("TESTCAMP", -9, -9, 1)),
        ({"campaign_rank": "9", "campaign_grade": "10"}, ("TESTCAMP", 9, 9, 10)),
        ({"campaign_rank": 0, "campaign_id": "12345678"}, ("12345678", 0, 0, 1)),
    ],
    ids=["lowest", "highest, as digits", "longest campaign"],
)
async def test_ranks_of_campaigns_at_their_limits_are_stored(
    users: Users, db: TestDatabase, body: dict[str, Any], campaigns: tuple[Any, ...]
) -> None:
    status, envelope = await add(users, NEW | body)

    assert status == 200, envelope
    assert campaigns in campaign_ranks(db)


@pytest.mark.parametrize(
    ("body", "in_groups"),
    [
        ({"ingroup_rank": -9, "ingroup_grade": 1}, ("SALES", -9, -9, 1)),
        ({"ingroup_rank": "9", "ingroup_grade": "10"}, ("SALES", 9, 9, 10)),
        ({"ingroup_rank": 0, "group_id": "I" * 20}, ("I" * 20, 0, 0, 1)),
    ],
    ids=["lowest", "highest, as digits", "longest in-group"],
)
async def test_ranks_of_in_groups_at_their_limits_are_stored(
    users: Users, db: TestDatabase, body: dict[str, Any], in_groups: tuple[Any, ...]
) -> None:
    status, envelope = await add(users, NEW | body)

    assert status == 200, envelope
    assert in_groups in in_group_ranks(db)


NOT_PLAIN = ["O'Brien", 'a"b', "a\\b", "a<b", "a>b", "a\tb", "a\x00b", "a\x7fb", "a\x85b", "a😀"]
NOT_INTEGERS = ["", "x", "1.0", 1.5, True, [1], {}, "٣"]
NOT_BITS = ["", "2", "Y", "00", 2, -1, True, False, ["1"]]
REFUSED: dict[str, list[Any]] = {
    "user": ["", "a", " a ", "a" * 21, "agent 1", "agent.1", "agent@1", "agént1", "a\nb",
             "agent1\n", "a'b", "agent😀", 1, 1.5, True, ["agent1"], {}],
    "pass": ["", "a", "a" * 73, "pass word", "pass.word", "pässword", "pass'word", "pass--word",
             "--", "password\n", "pass😀", 1.5, True, ["password"], {}],
    "phone_pass": ["a" * 101, "pass word", "pass.word", "päss", "p'ss", "pass\n", 1.5, True, []],
    "full_name": ["", "  ", "a" * 51, *NOT_PLAIN, 1.5, True, [], {}],
    "user_level": [0, 10, -1, 256, 2**64, *NOT_INTEGERS],
    "user_group": ["", "  ", "a" * 21, 1.5, True, ["AGENTS"]],
    "phone_login": ["a" * 21, "a b", "a.b", "é", "101\n", 1.5, True, []],
    "email": ["a", "a@", "@example.com", "a@b@example.com", "a b@example.com", "o'b@example.com",
              "<a@example.com>", "a@example.com\n", "a😀@example.com", f"a{LONGEST_EMAIL}"[::-1],
              f"{'a' * 64}@{'b' * 32}.com", 1.5, True, []],
    "voicemail_id": ["1" * 11, "1-2", "1_2", "1 2", "é", "1\n", 1.5, True, []],
    "wrapup_seconds_override": [-2, 10000, *NOT_INTEGERS],
    "in_groups": [1.5, True, {}, {"SALES": 1}, ["I" * 21], "I" * 21, [["SALES"]], [1.5], [None],
                  [""]],
    **{name: ["a" * 101, *NOT_PLAIN, 1.5, True, []] for name in CUSTOM},
    **{name: ["", "y", "YES", "1", 1, True, ["Y"]] for name in FLAGS},
    **dict.fromkeys(BITS, NOT_BITS),
    **{name: [-10, 10, *NOT_INTEGERS] for name in RANKS},
    **{name: [0, 11, -1, *NOT_INTEGERS] for name in GRADES},
    "campaign_id": ["", "1" * 9, 1.5, True, ["TESTCAMP"]],
    "group_id": ["", "I" * 21, 1.5, True, ["SALES"]],
    "camp_rg_only": NOT_BITS,
    "ingrp_rg_only": NOT_BITS,
}  # fmt: skip
# Without ranks, what limits them would be refused whatever it says.
RANKED = NEW | {"campaign_rank": 1, "ingroup_rank": 1}
BAD_VALUES = [(field, value) for field, values in REFUSED.items() for value in values]


@pytest.mark.parametrize(("field", "value"), BAD_VALUES)
async def test_a_bad_value_names_the_field_and_writes_nothing(
    users: Users, db: TestDatabase, field: str, value: object
) -> None:
    before = written(db)

    status, envelope = await add(users, RANKED | {field: value})

    assert (status, list(envelope["details"])) == (400, [field])
    assert envelope["error"].startswith(f"Invalid parameters: {field}: ")
    assert written(db) == before


@pytest.mark.parametrize(
    ("field", "limit"),
    [("full_name", 50), ("user_group", 20), ("email", 100), *((name, 100) for name in CUSTOM)],
)
async def test_a_text_that_is_too_long_is_told_the_limit(
    users: Users, field: str, limit: int
) -> None:
    _, envelope = await add(users, **{field: "a" * (limit + 1)})

    why = f"Longer than {limit} characters"
    assert envelope == {
        "success": False,
        "error": f"Invalid parameters: {field}: {why}",
        "details": {field: [why]},
    }


async def test_all_that_is_wrong_is_named(users: Users) -> None:
    status, envelope = await add(users, user_level=0, active="x", email="x")

    assert (status, sorted(envelope["details"])) == (400, ["active", "email", "user_level"])
    assert envelope["error"].endswith(" (and 2 more)")
