"""GET /api/v1/call-stats/status: which groups are there, and which statuses people answered."""

from typing import Any

import pytest
from support.answers import told
from support.apps import Reports
from support.builders import make_campaign, make_in_group, make_status
from support.call_logs import make_inbound_call, make_outbound_call
from support.call_stats import DAY, STATUS
from support.database import TestDatabase
from support.in_groups import remove_stock_in_groups


@pytest.fixture
def calls(db: TestDatabase) -> None:
    """A call each: of two campaigns and a deleted one, of three in-groups and a deleted one."""
    remove_stock_in_groups(db)
    make_campaign(db, "beta", closer_campaigns=" Support DELETED -")
    make_campaign(db, "ALPHA", closer_campaigns=" SALES SUPPORT -")
    make_campaign(db, "QUIET", closer_campaigns=" - ")
    for group_id in ("SUPPORT", "SALES", "OTHER"):
        make_in_group(db, group_id)
    for place, campaign_id in enumerate(["alpha", "BETA", "OLDCAMP"]):
        make_outbound_call(db, uniqueid=f"1.{place}", campaign_id=campaign_id)
    for number, group_id in enumerate(["SALES", "support", "OTHER", "DELETED", "GONE"], start=1):
        make_inbound_call(db, closecallid=number, uniqueid=f"1.{number}", campaign_id=group_id)


async def groups(reports: Reports, **query: str) -> list[tuple[str, str, int]]:
    """Type, id and number of calls of each group of that day."""
    found = await told(reports, STATUS, **DAY, **query)
    return [(one["group_type"], one["group_id"], one["total_calls"]) for one in found]


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"campaigns": "---ALL---"}, id="as VICIdial's pages say it"),
        pytest.param({"campaigns": "ALLCAMPAIGNS"}, id="in a word"),
    ],
)
async def test_all_campaigns_are_those_of_the_log_too(
    reports: Reports, query: dict[str, str]
) -> None:
    assert await groups(reports, **query) == [
        ("campaign", "ALPHA", 1),
        ("campaign", "beta", 1),
        ("campaign", "OLDCAMP", 1),
        ("campaign", "QUIET", 0),
        ("ingroup", "DELETED", 1),
        ("ingroup", "SALES", 1),
        ("ingroup", "SUPPORT", 1),
    ]


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            {"campaign_id": "Beta"},
            [("campaign", "beta", 1), ("ingroup", "DELETED", 1), ("ingroup", "SUPPORT", 1)],
            id="one campaign, and its in-groups",
        ),
        pytest.param(
            {"campaigns": "quiet,oldcamp,nobody"},
            [("campaign", "nobody", 0), ("campaign", "OLDCAMP", 1), ("campaign", "QUIET", 0)],
            id="campaigns without in-groups, without calls, without anything",
        ),
        pytest.param(
            {"campaigns": "ALPHA-BETA", "ingroups": "other"},
            [("campaign", "ALPHA", 1), ("campaign", "beta", 1), ("ingroup", "OTHER", 1)],
            id="in-groups asked for, instead of those of the campaigns",
        ),
        pytest.param(
            {"campaigns": "ALPHA", "ingroups": "gone,Nobody"},
            [("campaign", "ALPHA", 1), ("ingroup", "GONE", 1), ("ingroup", "Nobody", 0)],
            id="in-groups that are gone",
        ),
        pytest.param(
            {"campaigns": "QUIET", "ingroups": "---ALL---", "statuses": "SALE"},
            [
                ("campaign", "QUIET", 0),
                ("ingroup", "DELETED", 1),
                ("ingroup", "GONE", 1),
                ("ingroup", "OTHER", 1),
                ("ingroup", "SALES", 1),
                ("ingroup", "SUPPORT", 1),
            ],
            id="all in-groups, those of the log too",
        ),
    ],
)
async def test_the_groups_asked_for_are_there_with_and_without_calls(
    reports: Reports, query: dict[str, str], expected: list[tuple[str, str, int]]
) -> None:
    assert await groups(reports, **query) == expected


async def test_a_day_without_calls_shows_what_is_defined(
    reports: Reports, db: TestDatabase
) -> None:
    remove_stock_in_groups(db)
    make_campaign(db, closer_campaigns=" SALES -")
    empty = {
        "total_calls": 0, "human_answered_calls": 0, "hours": [0] * 24, "statuses": [],
    }  # fmt: skip

    assert await told(reports, STATUS, **DAY) == [
        {"group_id": "TESTCAMP", "group_type": "campaign"} | empty,
        {"group_id": "SALES", "group_type": "ingroup"} | empty,
    ]


async def test_nothing_is_there_where_nothing_is_defined(
    reports: Reports, db: TestDatabase
) -> None:
    assert await told(reports, STATUS, **DAY) == []


@pytest.mark.parametrize(
    ("text", "in_groups"),
    [
        pytest.param(None, [], id="null"),
        pytest.param("", [], id="empty"),
        pytest.param(" -", [], id="none"),
        pytest.param(" A B -", ["A", "B"], id="two"),
        pytest.param("B A", ["A", "B"], id="without the dash"),
        pytest.param("  A   -  B  -", ["A", "B"], id="with more spaces and dashes"),
        pytest.param(" A-B C_D -", ["A-B", "C_D"], id="names with dashes"),
        pytest.param(" A a A -", ["A"], id="twice"),
    ],
)
async def test_in_groups_stand_between_the_spaces_of_a_text(
    reports: Reports, db: TestDatabase, text: str | None, in_groups: list[str]
) -> None:
    make_campaign(db, closer_campaigns=text)

    found = await groups(reports)

    assert [group_id for kind, group_id, _ in found if kind == "ingroup"] == in_groups


@pytest.fixture
def flags(db: TestDatabase) -> None:
    """MEET is answered in ALPHA, VIP by a status group, OLD in a campaign that is gone."""
    make_campaign(db, "ALPHA", closer_campaigns=" SALES -")
    make_campaign(db, "BETA", closer_campaigns=" SALES -")
    db.insert("vicidial_status_groups", status_group_id="vips")
    for campaign_id, status, flag in (
        ("alpha", "meet", "Y"), ("BETA", "MEET", "N"), ("VIPS", "VIP", "Y"), ("VIPS", "PAST", "N"),
        ("OLDCAMP", "OLD", "Y"), ("BETA", "SALE", "N"), ("ALPHA", "NULL", None),
    ):  # fmt: skip
        make_status(db, status, campaign_id, human_answered=flag)


def make_calls(db: TestDatabase, statuses: list[str | None], campaigns: list[str]) -> None:
    """A call with each status for each campaign, and one that came in."""
    for number, status in enumerate(statuses, start=1):
        make_inbound_call(
            db, closecallid=number, uniqueid=f"1.{number}", campaign_id="SALES", status=status
        )
        for campaign_id in campaigns:
            make_outbound_call(
                db, uniqueid=f"{number}.{campaign_id}", campaign_id=campaign_id, status=status
            )


async def answered(reports: Reports, **query: str) -> dict[str, Any]:
    """How many calls of each group people have answered."""
    found = await told(reports, STATUS, **DAY, **query)
    return {one["group_id"]: one["human_answered_calls"] for one in found}


@pytest.mark.usefixtures("flags")
@pytest.mark.parametrize(
    ("status", "campaigns"),
    [
        pytest.param("SALE", {"ALPHA", "BETA", "OLDCAMP"}, id="of the system"),
        pytest.param("sale", {"ALPHA", "BETA", "OLDCAMP"}, id="in any spelling"),
        pytest.param("NA", set(), id="of the system, not answered"),
        pytest.param("MEET", {"ALPHA"}, id="of one campaign"),
        pytest.param("VIP", {"ALPHA", "BETA", "OLDCAMP"}, id="of a status group"),
        pytest.param("PAST", set(), id="of a status group, not answered"),
        pytest.param("OLD", {"OLDCAMP"}, id="of a deleted campaign"),
        pytest.param("NULL", set(), id="without a flag"),
        pytest.param("NOBODY", set(), id="unknown"),
        pytest.param(None, set(), id="no status"),
    ],
)
async def test_a_campaign_s_own_flags_count_for_its_own_calls(
    reports: Reports, db: TestDatabase, status: str | None, campaigns: set[str]
) -> None:
    make_calls(db, [status], ["ALPHA", "BETA", "OLDCAMP"])

    found = await answered(reports)

    assert found == {
        **{name: int(name in campaigns) for name in ("ALPHA", "BETA", "OLDCAMP")},
        "SALES": int(bool(campaigns)),
    }


@pytest.mark.usefixtures("flags")
async def test_an_in_group_has_the_flags_of_the_campaigns_of_the_answer(
    reports: Reports, db: TestDatabase
) -> None:
    make_calls(db, ["MEET", "VIP", "OLD", "SALE"], ["ALPHA"])

    # OLDCAMP is in no answer but those that ask for it.
    assert await answered(reports) == {"ALPHA": 3, "BETA": 0, "SALES": 3}
    assert await answered(reports, campaigns="BETA") == {"BETA": 0, "SALES": 2}
    assert await answered(reports, campaigns="BETA,OLDCAMP") == {
        "BETA": 0, "OLDCAMP": 0, "SALES": 3,
    }  # fmt: skip
    assert await answered(reports, campaigns="BETA,ALPHA", ingroups="SALES") == {
        "ALPHA": 3, "BETA": 0, "SALES": 3,
    }  # fmt: skip
