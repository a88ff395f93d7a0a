"""GET /api/v1/ingroups: inbound groups."""

import pytest
from support.apps import Telephony
from support.builders import make_in_group
from support.database import ENGINES, TestDatabase
from support.in_groups import remove_stock_in_groups
from support.live_answers import bad_fields, shown
from support.statements import statements_sent

IN_GROUPS = "/api/v1/ingroups"


@pytest.fixture(autouse=True)
def no_stock_groups(db: TestDatabase) -> None:
    """Without those that a fresh installation has."""
    remove_stock_in_groups(db)


async def test_columns_without_a_value_are_null(telephony: Telephony, db: TestDatabase) -> None:
    columns = ("group_name", "group_color", "active", "call_time_id", "queue_priority",
               "group_handling", "user_group")  # fmt: skip
    make_in_group(db, "ODD", web_form_address=None, **dict.fromkeys(columns))

    assert await shown(telephony, IN_GROUPS, active="ALL") == [
        {"group_id": "ODD", "web_form": None} | dict.fromkeys(columns)
    ]


async def test_a_web_form_is_shown_as_it_is(telephony: Telephony, db: TestDatabase) -> None:
    address = 'https://crm.example.com/?a=1&b="\\\n\té日' + "x" * 20_000
    make_in_group(db, web_form_address=address, queue_priority=-99)

    (group,) = await shown(telephony, IN_GROUPS)

    assert (group["web_form"], group["queue_priority"]) == (address, -99)


@ENGINES
@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["B", "c", "D9"], id="active if nothing else is said"),
        pytest.param({"active": ""}, ["B", "c", "D9"], id="empty"),
        pytest.param({"active": "Y"}, ["B", "c", "D9"], id="active"),
        pytest.param({"active": "N"}, ["A"], id="inactive"),
        pytest.param({"active": "ALL"}, ["A", "B", "c", "D10", "D9"], id="all"),
        pytest.param({"group_id": "A"}, ["B", "c", "D9"], id="unknown parameter"),
    ],
)
async def test_one_statement_reads_in_groups_by_id(
    telephony: Telephony, db: TestDatabase, engine: str, query: dict[str, str], found: list[str]
) -> None:
    for group_id, active in (("D9", "Y"), ("D10", None), ("c", "Y"), ("B", "Y"), ("A", "N")):
        make_in_group(db, group_id, group_name=f"{10 - len(group_id)}", active=active)

    with statements_sent() as statements:
        groups = await shown(telephony, IN_GROUPS, **query)

    assert [group["group_id"] for group in groups] == found
    assert len(statements) == 1


async def test_without_in_groups_the_list_is_empty(telephony: Telephony) -> None:
    assert await shown(telephony, IN_GROUPS) == []


@pytest.mark.parametrize("active", ["y", "1", "all", "BOTH"])
async def test_a_query_that_is_refused(telephony: Telephony, active: str) -> None:
    assert await bad_fields(telephony, f"{IN_GROUPS}?active={active}") == ["active"]
