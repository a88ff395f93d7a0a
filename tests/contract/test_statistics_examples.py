"""The examples of figures about calls and agents, through the gateway, on the demo database."""

from typing import Any

import pytest
from support import documented_reports as documented
from support.database import TestDatabase
from support.suite import Ask, as_sent, success

# The days of most of the demo shifts.
SHIFTS = "call_date >= CURDATE() - INTERVAL 2 DAY"
TODAY = "call_date >= CURDATE()"
COUNTS = "SELECT campaign_id, status, COUNT(*) FROM {} WHERE {} GROUP BY 1, 2"
NOBODY = {"total_calls": 0, "human_answered_calls": 0, "hours": [0] * 24, "statuses": []}


@pytest.fixture
def since(db: TestDatabase) -> str:
    """A query of the days of the shifts."""
    return f"start_date={db.value('SELECT CURDATE() - INTERVAL 2 DAY')}"


async def test_agents_since_the_day_before_yesterday(
    ask: Ask, db: TestDatabase, since: str
) -> None:
    answer = await ask("GET", f"/agent-stats/export?{since}")

    agents = answer["data"]
    assert answer["message"] == "Agent statistics exported"
    assert {tuple(agent) for agent in agents} == {tuple(documented.AGENT_KEYS)}
    counts = (
        "SELECT user, CAST(SUM(lead_id > 0) AS INT), CAST(SUM(talk_sec) AS INT)"
        " FROM vicidial_agent_log WHERE event_time >= CURDATE() - INTERVAL 2 DAY"
        " GROUP BY 1 ORDER BY 1"
    )
    shown = [(agent["user"], agent["calls"] or None, agent["talk_time"]) for agent in agents]
    assert shown == db.rows(counts)
    maria = next(agent for agent in agents if agent["user"] == "1001")
    assert (maria["full_name"], maria["user_group"], maria["calls"]) == (
        *("Maria Alvarez", "AGENTS"),
        31,
    )


async def test_agents_by_campaign(ask: Ask, since: str) -> None:
    answer = await ask("GET", f"/agent-stats/export?{since}&group_by_campaign=Y&time_format=H")

    agents = answer["data"]
    keys = ("campaign_id", *documented.AGENT_KEYS)
    assert [tuple(agent) for agent in agents] == [keys] * len(agents)
    assert agents[0]["campaign_id"] == "NEWCAMP"
    assert agents[0]["user"] == "1013"
    assert {agent["wait_time"].count(":") for agent in agents} == {2}


async def test_what_an_agent_did_in_january(ask: Ask) -> None:
    query = "detail=event&datetime_start=2025-01-08+12:00:00&datetime_end=2025-01-08+12:30:00"

    answer = await ask("GET", f"/agent-stats/export?{query}")

    expected = success("Agent statistics exported", [documented.AGENT_EVENT])
    assert as_sent(answer) == as_sent(expected)


async def test_calls_by_status(ask: Ask, db: TestDatabase, since: str) -> None:
    answer = await ask("GET", f"/call-stats/status?{since}")

    groups = answer["data"]
    assert answer["message"] == "Status statistics retrieved"
    assert [(group["group_id"], group["group_type"]) for group in groups] == [
        ("NEWCAMP", "campaign"), ("TESTCAMP", "campaign"),
        ("AGENTDIRECT", "ingroup"), ("SALES", "ingroup"), ("SUPPORT", "ingroup"),
    ]  # fmt: skip
    assert {tuple(group) for group in groups} == {("group_id", "group_type", *NOBODY)}
    assert groups[2] == {"group_id": "AGENTDIRECT", "group_type": "ingroup"} | NOBODY
    keys = {tuple(status) for group in groups for status in group["statuses"]}
    assert keys == {("status", "count", "avg_length")}
    assert all(sum(group["hours"]) == group["total_calls"] for group in groups)
    in_log = [COUNTS.format(log, SHIFTS) for log in ("vicidial_log", "vicidial_closer_log")]
    assert counted(groups) == {row for sql in in_log for row in db.rows(sql)}


async def test_calls_by_status_of_today(ask: Ask, db: TestDatabase) -> None:
    answer = await ask("GET", "/call-stats/status?campaign_id=TESTCAMP&ingroups=AGENTDIRECT")

    campaign, in_group = answer["data"]
    rows = db.rows(COUNTS.format("vicidial_log", f"{TODAY} AND campaign_id = 'TESTCAMP'"))
    assert counted([campaign]) == set(rows)
    assert in_group == {"group_id": "AGENTDIRECT", "group_type": "ingroup"} | NOBODY


@pytest.mark.parametrize(
    ("query", "log"),
    [("campaigns=---ALL---", "vicidial_log"), ("ingroups=SALES,SUPPORT", "vicidial_closer_log")],
)
async def test_dispositions(ask: Ask, db: TestDatabase, since: str, query: str, log: str) -> None:
    answer = await ask("GET", f"/call-stats/dispo?{query}&{since}")

    report = answer["data"]
    groups, total = report["groups"], report["total"]
    assert answer["message"] == "Disposition report retrieved"
    assert list(report) == ["groups", "total"]
    assert {tuple(group) for group in groups} == {
        ("group_id", "group_type", "total_calls", "statuses")
    }
    assert {tuple(status) for group in groups for status in group["statuses"]} == {
        ("status", "count", "percentage")
    }
    assert counted(groups) == set(db.rows(COUNTS.format(log, SHIFTS)))
    assert total["total_calls"] == sum(group["total_calls"] for group in groups)


async def test_dispositions_of_dids(ask: Ask, db: TestDatabase, since: str) -> None:
    query = "dids=18005550141,18005550142&user_breakdown=1"

    answer = await ask("GET", f"/call-stats/dispo?{query}&{since}")

    sales, support = answer["data"]["groups"]
    names = ("group_id", "group_type", "did_id", "total_calls")
    in_group = f"SELECT COUNT(*) FROM vicidial_closer_log WHERE {SHIFTS} AND campaign_id = %s"
    calls = [db.value(in_group, group_id) for group_id in ("SALES", "SUPPORT")]
    assert [tuple(group[name] for name in names) for group in (sales, support)] == [
        ("18005550141", "did", "5", calls[0]),
        ("18005550142", "did", "6", calls[1]),
    ]
    assert list(sales["users"][0]) == ["user", "status", "count"]


@pytest.mark.parametrize(
    ("group_by", "key", "message", "ids"),
    [
        ("campaign", "campaigns", "by campaign", {"campaign_id": "campaign_name"}),
        ("list", "lists", "by list", {"list_id": "list_name"}),
        (
            "both", "results", "by campaign and list",
            {"campaign_id": "campaign_name", "list_id": "list_name"},
        ),
    ],
)  # fmt: skip
async def test_kpi_dispositions(
    ask: Ask, db: TestDatabase, group_by: str, key: str, message: str, ids: dict[str, str]
) -> None:
    answer = await ask("GET", f"/kpi/dispositions?group_by={group_by}")

    groups = answer["data"][key]
    assert answer["message"] == f"KPI dispositions {message} retrieved successfully"
    assert list(answer["data"]) == ["count", key]
    assert answer["data"]["count"] == len(groups) == 2
    names = [name for pair in ids.items() for name in pair]
    assert {tuple(group) for group in groups} == {(*names, "total_calls", "dispositions")}
    assert {tuple(one) for group in groups for one in group["dispositions"]} == {
        ("status", "count", "percentage", "avg_talk_time", "total_talk_time")
    }
    by_campaign = {"NEWCAMP": ("New Campaign", 201, "New Leads"),
                   "TESTCAMP": ("Test Campaign", 101, "January Leads")}  # fmt: skip
    places = {
        "campaign": {(name, of[0]) for name, of in by_campaign.items()},
        "list": {of[1:] for of in by_campaign.values()},
        "both": {(name, *of) for name, of in by_campaign.items()},
    }
    assert {tuple(group[name] for name in names) for group in groups} == places[group_by]
    calls = db.value("SELECT COUNT(*) FROM vicidial_log WHERE call_date > NOW() - INTERVAL 30 DAY")
    assert sum(group["total_calls"] for group in groups) == calls


def counted(groups: list[dict[str, Any]]) -> set[tuple[str, str, int]]:
    """Group, status and number of calls."""
    return {
        (group["group_id"], status["status"], status["count"])
        for group in groups
        for status in group["statuses"]
    }
