"""PUT /api/v1/users/{user_id}: what is refused, and changes nothing."""

from typing import Any

import pytest
from support.apps import Users
from support.database import TestDatabase
from support.live_agents import make_session, make_session_in_group
from support.ranks import make_campaign_rank, make_in_group_rank
from support.user_fields import BAD_VALUES, FIELDS, RANKS, UNKNOWN_FIELDS, bad
from support.user_rows import everything, make_agent, make_things
from support.users import NOT_FOUND, change, hides, refused


@pytest.fixture(autouse=True)
def agent(db: TestDatabase) -> None:
    """agent1, with ranks and a session."""
    make_things(db)
    make_agent(db)
    make_campaign_rank(db)
    make_in_group_rank(db)
    make_session(db)
    make_session_in_group(db)


NO_FLAGS: list[Any] = ["", "y", "X", "1", 1.5, True, ["Y"], {}]
# What only PUT refuses: nulls, logins that no phone has, and what is no flag of its own.
BAD_IN_CHANGES = [
    *(bad(field, None) for field in (*FIELDS, "delete_user")),
    *(bad("phone_login", value) for value in ("nophone", "101", "desk102")),
    *(bad("delete_user", value) for value in NO_FLAGS),
]


@pytest.mark.parametrize(("field", "value"), [*BAD_IN_CHANGES, *BAD_VALUES])
async def test_a_bad_value_names_the_field_and_writes_nothing(
    users: Users, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    good = {"wrapup_seconds_override": 99} | RANKS
    status, answer = await change(users, **good | {field: value})

    assert (status, list(answer["details"])) == (400, [field])
    assert everything(db) == before


@pytest.mark.parametrize("field", UNKNOWN_FIELDS)
async def test_an_unknown_field_is_named(users: Users, db: TestDatabase, field: str) -> None:
    before = everything(db)

    status, answer = await change(users, active="N", **{field: "1"})

    assert (status, answer["details"]) == (400, {field: ["Unknown field"]})
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


@pytest.mark.parametrize("field", ["pass", "phone_pass"])
@pytest.mark.parametrize("secret", ["My$ecret", "My--ecret$", f"Secret{'x' * 100}"])
async def test_no_answer_repeats_a_secret(users: Users, field: str, secret: str) -> None:
    status, answer = await change(users, **{field: secret})

    assert (status, list(answer["details"])) == (400, [field])
    assert hides(secret, answer)
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

    assert answer == NOT_FOUND
    assert everything(db) == before
