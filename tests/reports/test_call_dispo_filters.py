"""GET /api/v1/call-stats/dispo: calls of some statuses, categories, users and user groups."""

from typing import Any

import pytest
from support.answers import told
from support.apps import Reports
from support.builders import make_campaign, make_in_group, make_status, make_user
from support.call_logs import make_inbound_call, make_outbound_call
from support.call_stats import DAY, DISPO
from support.database import TestDatabase
from support.statements import statements_sent

NOTHING = {"total_calls": 0, "statuses": []}
STATUSES = ["SALE", "NI", "XYZ", "xyz", "LOC", "FAR", None, "", "OLD"]
USERS = ["1001", "1002", "Ann", "ANN", "gone", None, "", "1001", "2001"]


@pytest.fixture(autouse=True)
def calls(db: TestDatabase) -> None:
    """A call of each status with its user for TESTCAMP, and one in SALES; what both are."""
    for campaign_id in ("TESTCAMP", "OTHER"):
        make_campaign(db, campaign_id)
    make_in_group(db)
    db.execute("UPDATE vicidial_statuses SET category = 'Money' WHERE status = 'SALE'")
    make_status(db, "XYZ", "testcamp", category="MONEY")
    make_status(db, "LOC", category="Place")
    make_status(db, "FAR", "OTHER", category="PLACE")
    make_status(db, "LOC", "OTHER", category="Other")
    for member, user_group in (
        ("1001", "North"),
        ("1002", "NORTH"),
        ("ann", "South"),
        ("new", "E"),
    ):
        make_user(db, member, user_group=user_group)
    for number, (status, user) in enumerate(zip(STATUSES, USERS, strict=True), start=1):
        make_outbound_call(db, uniqueid=f"1.{number}", status=status, user=user)
        make_inbound_call(db, closecallid=number, uniqueid=f"1.{number}", status=status, user=user)


async def counted(reports: Reports, **query: str) -> dict[str, int]:
    """How many calls of each status were counted in all; the group's numbers are the same."""
    found = await told(reports, DISPO, **DAY, **query)
    (group,) = found["groups"]
    assert {name: group[name] for name in found["total"]} == found["total"]
    return {one["status"].upper(): one["count"] for one in found["total"]["statuses"]}


BY_STATUS = pytest.mark.parametrize(
    ("query", "statuses"),
    [
        pytest.param({"statuses": "SALE"}, {"SALE": 1}, id="a status"),
        pytest.param({"statuses": "sale,XYZ"}, {"SALE": 1, "XYZ": 2}, id="some statuses"),
        pytest.param({"statuses": "NI-OLD"}, {"NI": 1, "OLD": 1}, id="statuses with dashes"),
        pytest.param({"categories": "money"}, {"SALE": 1, "XYZ": 2}, id="a category"),
        pytest.param(
            {"statuses": "NI", "categories": "MONEY"},
            {"NI": 1, "SALE": 1, "XYZ": 2},
            id="statuses together with those of a category",
        ),
        pytest.param(
            {"statuses": "ALLSTATUSES", "categories": "MONEY"},
            {"SALE": 1, "XYZ": 2},
            id="all statuses, of a category",
        ),
        pytest.param(
            {"statuses": "NI", "categories": "NOBODY"}, {"NI": 1}, id="and an empty category"
        ),
        pytest.param({"statuses": "NI", "categories": "---ALL---"}, {"NI": 1}, id="of any one"),
        pytest.param({"statuses": "NOBODY"}, {}, id="a status that is nowhere"),
        pytest.param({"categories": "NOBODY"}, {}, id="a category that is nowhere"),
        pytest.param({"users": "1001"}, {"SALE": 1, "": 1}, id="a user"),
        pytest.param({"users": "ann,gone"}, {"XYZ": 2, "LOC": 1}, id="some users"),
        pytest.param({"user_groups": "north"}, {"SALE": 1, "NI": 1, "": 1}, id="a user group"),
        pytest.param(
            {"users": "GONE", "user_groups": "SOUTH"},
            {"LOC": 1, "XYZ": 2},
            id="users together with those of a group",
        ),
        pytest.param(
            {"users": "ALLUSERS", "user_groups": "South"}, {"XYZ": 2}, id="all users, of a group"
        ),
        pytest.param({"users": "nobody"}, {}, id="a user who is nowhere"),
        pytest.param({"user_groups": "E"}, {}, id="users without calls"),
        pytest.param({"user_groups": "NOBODY"}, {}, id="a group without users"),
        pytest.param(
            {"users": "1001,1002", "statuses": "NI,XYZ"}, {"NI": 1}, id="of a user and a status"
        ),
        pytest.param({"users": "1002", "statuses": "SALE"}, {}, id="of one, not of the other"),
        pytest.param(
            {"statuses": "---ALL---", "users": "ALLUSERS", "categories": "ALLCATEGORIES",
             "user_groups": "ALLGROUPS"},
            {"SALE": 1, "NI": 1, "XYZ": 2, "LOC": 1, "FAR": 1, "": 2, "OLD": 1},
            id="all of all",
        ),
    ],
)  # fmt: skip


@BY_STATUS
@pytest.mark.parametrize("group", ["campaigns", "ingroups"])
async def test_only_what_was_asked_for_is_counted(
    reports: Reports, query: dict[str, str], statuses: dict[str, int], group: str
) -> None:
    groups = {"campaigns": "TESTCAMP", "ingroups": "SALES"}

    assert await counted(reports, **{group: groups[group]}, **query) == statuses


@pytest.mark.parametrize(
    ("groups", "statuses"),
    [
        pytest.param({"campaigns": "TESTCAMP"}, {"LOC": 1}, id="of the campaign"),
        pytest.param({"campaigns": "TESTCAMP,other"}, {"LOC": 1, "FAR": 1}, id="of campaigns"),
        pytest.param({"campaigns": "---ALL---"}, {"LOC": 1, "FAR": 1}, id="of all campaigns"),
        pytest.param({}, {"LOC": 1, "FAR": 1}, id="of nothing asked for"),
        pytest.param({"ingroups": "SALES"}, {"LOC": 1, "FAR": 1}, id="of any, for in-groups"),
        pytest.param({"campaigns": "OLDCAMP"}, {}, id="of a campaign that is gone"),
    ],
)
async def test_a_category_has_the_statuses_of_the_campaigns_asked_for(
    reports: Reports, groups: dict[str, str], statuses: dict[str, int]
) -> None:
    found = await told(reports, DISPO, **DAY, **groups, categories="place")

    total = found["total"]["statuses"]
    assert {one["status"]: one["count"] for one in total} == statuses


@pytest.mark.parametrize(
    "query", [{"categories": "NOBODY"}, {"user_groups": "NOBODY"}, {"user_groups": "NO-BODY"}]
)
async def test_a_filter_of_nothing_reads_no_log(reports: Reports, query: dict[str, str]) -> None:
    with statements_sent() as statements:
        found = await told(reports, DISPO, **DAY, campaigns="TESTCAMP", ingroups="SALES", **query)

    assert found == {
        "groups": [
            {"group_id": "TESTCAMP", "group_type": "campaign"} | NOTHING,
            {"group_id": "SALES", "group_type": "ingroup"} | NOTHING,
        ],
        "total": NOTHING,
    }
    assert not [one for one in statements if "call_date" in one.sql]


async def test_of_all_groups_only_those_with_such_calls_are_there(
    reports: Reports, db: TestDatabase
) -> None:
    make_outbound_call(db, uniqueid="2.1", campaign_id="OTHER", status="NI")
    query: dict[str, Any] = {"campaigns": "---ALL---", "ingroups": "---ALL---"}

    found = await told(reports, DISPO, **DAY, **query, statuses="OLD")

    assert [group["group_id"] for group in found["groups"]] == ["TESTCAMP", "SALES"]


async def test_the_tag_of_a_request_is_no_filter(reports: Reports) -> None:
    assert (await told(reports, DISPO, **DAY, user="1001"))["total"]["total_calls"] == 9
