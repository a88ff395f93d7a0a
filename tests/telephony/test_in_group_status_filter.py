"""GET /api/v1/ingroups/status: which in-groups."""

import pytest
from support.apps import Telephony
from support.builders import make_in_group, make_in_groups
from support.database import TestDatabase
from support.in_groups import STATUS, remove_stock_in_groups, status_shown


@pytest.fixture(autouse=True)
def four_in_groups(db: TestDatabase) -> None:
    """A and C-1 are active, b and D_2 are not."""
    remove_stock_in_groups(db)
    for group_id, active in (("D_2", None), ("C-1", "Y"), ("b", "N"), ("A", "Y")):
        make_in_group(db, group_id, active=active)


@pytest.mark.parametrize(
    ("in_groups", "found"),
    [
        pytest.param("", ["A", "C-1"], id="empty"),
        pytest.param("|", ["A", "C-1"], id="no name"),
        pytest.param("C-1", ["C-1"], id="one"),
        pytest.param("c-1", ["C-1"], id="any case"),
        pytest.param("C-1|A", ["A", "C-1"], id="several"),
        pytest.param("C-1,A", ["A", "C-1"], id="with commas"),
        pytest.param(" C-1 , A | b ", ["A", "b", "C-1"], id="with spaces"),
        pytest.param("A|a|A", ["A"], id="repeated"),
        pytest.param("b", ["b"], id="an inactive one that is named"),
        pytest.param("D_2|B|A", ["A", "b", "D_2"], id="of all kinds"),
    ],
)
async def test_the_in_groups_that_are_named_come_by_id(
    telephony: Telephony, in_groups: str, found: list[str]
) -> None:
    assert list(await status_shown(telephony, in_groups=in_groups)) == found


async def test_all_active_ones_come_if_none_is_named(telephony: Telephony) -> None:
    assert list(await status_shown(telephony)) == ["A", "C-1"]


async def test_without_active_ones_the_list_is_empty(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute("UPDATE vicidial_inbound_groups SET active = 'N'")

    assert await status_shown(telephony) == {}


@pytest.mark.parametrize(
    ("in_groups", "whys"),
    [
        pytest.param("NOPE", ["In-group not found: NOPE"], id="one"),
        pytest.param(
            "A|Nope|b,GONE",
            ["In-group not found: GONE", "In-group not found: Nope"],
            id="all that are unknown",
        ),
        pytest.param("C-10", ["In-group not found: C-10"], id="a longer id"),
        pytest.param("D-2", ["In-group not found: D-2"], id="no pattern"),
        pytest.param(
            "A|" + "x" * 21, ["Must be 1 to 20 characters of 0-9 A-Z a-z - _"], id="too long"
        ),
        pytest.param("A b", ["Must be 1 to 20 characters of 0-9 A-Z a-z - _"], id="space"),
        pytest.param("A;b", ["Must be 1 to 20 characters of 0-9 A-Z a-z - _"], id="other sign"),
        pytest.param("%", ["Must be 1 to 20 characters of 0-9 A-Z a-z - _"], id="percent"),
        pytest.param("é", ["Must be 1 to 20 characters of 0-9 A-Z a-z - _"], id="accent"),
        pytest.param("|".join(["A"] * 1001), ["More than 1000 names"], id="too many"),
        pytest.param("A|" * 10_501, ["Longer than 21000 characters"], id="too long in all"),
    ],
)
async def test_names_that_are_refused(
    telephony: Telephony, in_groups: str, whys: list[str]
) -> None:
    response = await telephony.get(STATUS, params={"in_groups": in_groups})

    assert response.status == 400
    assert (await response.json())["details"] == {"in_groups": whys}


async def test_a_thousand_ids_of_twenty_characters_are_not_too_many(
    telephony: Telephony, db: TestDatabase
) -> None:
    db.execute(
        "INSERT INTO vicidial_inbound_groups (group_id, active)"
        " SELECT LPAD(seq, 20, 'G'), 'N' FROM seq_1_to_1000"
    )
    names = [name for (name,) in db.rows(
        "SELECT group_id FROM vicidial_inbound_groups WHERE group_id LIKE 'GGG%%'"
    )]  # fmt: skip

    found = await status_shown(telephony, in_groups="|".join(names))

    assert sorted(found) == sorted(names)


async def test_more_than_a_thousand_active_ones_are_all_shown(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_in_groups(db, 1001)

    assert len(await status_shown(telephony)) == 1003
