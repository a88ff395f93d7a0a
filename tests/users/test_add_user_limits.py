"""POST /api/v1/users: each field at its limits, and what is beyond them, by the field's name."""

from typing import Any

import pytest
from support.apps import Users
from support.builders import make_campaign, make_in_group
from support.database import TestDatabase
from support.ranks import campaign_ranks, in_group_ranks
from support.user_fields import BAD_VALUES, CUSTOM, FITTING, RANKS, UNKNOWN_FIELDS, bad, fits
from support.user_rows import everything, make_things, user_row
from support.users import NEW, add


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What can be referred to, also by the longest names that there are."""
    make_things(db)
    make_campaign(db, "12345678")
    make_in_group(db, "I" * 20)


LOGINS = [
    fits("user", "A-"),
    fits("user", "-_09azAZ" + "x" * 12),
    fits("user", 6666, "6666"),
]


@pytest.mark.parametrize(("field", "sent", "columns"), [*LOGINS, *FITTING])
async def test_values_at_their_limits_are_stored(
    users: Users, db: TestDatabase, field: str, sent: object, columns: dict[str, Any]
) -> None:
    status, envelope = await add(users, **{field: sent})

    assert status == 200, envelope
    row = user_row(db, envelope["data"]["user"])
    assert {name: row[name] for name in columns} == columns


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


NO_LOGINS = ["", "a", " a ", "a" * 21, "agent 1", "agent.1", "agent@1", "agent'1", "agént1",
             "agent😀", "a\nb", "agent1\n", 1, 1.5, True, ["agent1"], {}]  # fmt: skip
# What only POST refuses: PUT takes no login, and may empty the name.
BAD_IN_NEW = [
    *(bad("user", value) for value in NO_LOGINS),
    *(bad("full_name", value) for value in ("", "  ")),
]


@pytest.mark.parametrize(("field", "value"), [*BAD_IN_NEW, *BAD_VALUES])
async def test_a_bad_value_names_the_field_and_writes_nothing(
    users: Users, db: TestDatabase, field: str, value: object
) -> None:
    before = everything(db)

    status, envelope = await add(users, NEW | RANKS | {field: value})

    assert (status, list(envelope["details"])) == (400, [field])
    assert envelope["error"].startswith(f"Invalid parameters: {field}: ")
    assert everything(db) == before


@pytest.mark.parametrize("field", [*UNKNOWN_FIELDS, "delete_user"])
async def test_an_unknown_field_is_named(users: Users, db: TestDatabase, field: str) -> None:
    before = everything(db)

    status, envelope = await add(users, **{field: "1"})

    assert (status, envelope["details"]) == (400, {field: ["Unknown field"]})
    assert everything(db) == before


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
