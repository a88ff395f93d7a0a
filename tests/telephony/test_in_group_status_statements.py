"""GET /api/v1/ingroups/status: how many statements, what they read, and who shares them."""

import asyncio
from typing import Any

import pytest
from support.apps import Telephony
from support.builders import make_in_group, make_in_groups
from support.database import ENGINES, TestDatabase
from support.in_groups import NOBODY, STATUS, remove_stock_in_groups, status_shown
from support.live_agents import make_session, make_session_in_group
from support.polling import arrivals
from support.statements import explained, rows_read, statements_sent

POLLERS = 20


@pytest.fixture(autouse=True)
def no_stock_groups(db: TestDatabase) -> None:
    """Without those that a fresh installation has."""
    remove_stock_in_groups(db)


def fill(db: TestDatabase, in_groups: int, agents: int) -> None:
    """Agents who take calls of all in-groups, each in a manual call; one call for each in-group."""
    make_in_groups(db, in_groups)
    agent, call = "CONCAT('agent', seq)", "CONCAT('M', LPAD(seq, 19, '0'))"
    for statement in (
        "vicidial_live_agents (user, server_ip, status, lead_id, callerid, comments)"
        f" SELECT {agent}, '10.0.0.5', 'INCALL', seq, {call}, 'MANUAL' FROM seq_1_to_{agents}",
        "vicidial_live_inbound_agents (user, group_id)"
        f" SELECT {agent}, group_id FROM seq_1_to_{agents}, vicidial_inbound_groups",
        "vicidial_auto_calls (server_ip, lead_id, callerid, uniqueid, channel, status, campaign_id)"
        f" SELECT '', seq, {call}, IF(seq % 2, '', '1736350090.1'), '', 'LIVE',"
        f" CONCAT('G', LPAD(seq, 4, '0')) FROM seq_1_to_{in_groups}",
    ):
        db.execute(f"INSERT INTO {statement}")


@pytest.mark.parametrize(("in_groups", "agents"), [(1, 2), (300, 500)])
@pytest.mark.parametrize("named", [False, True])
async def test_three_statements_for_any_number_of_in_groups(
    telephony: Telephony, db: TestDatabase, in_groups: int, agents: int, named: bool
) -> None:
    fill(db, in_groups, agents)
    names = [f"G{number:04}" for number in range(1, in_groups + 1)]

    with statements_sent() as statements:
        found = await status_shown(telephony, in_groups="|".join(names) if named else "")

    assert len(statements) == 3
    # Half of the first calls, one an in-group, have no id yet.
    expected = NOBODY | {
        "agents_logged_in": agents,
        "agents_in_calls": agents,
        "agents_in_dial": (min(in_groups, agents) + 1) // 2,
    }
    assert found == {
        name: {
            "group_id": name, "group_name": "Group", "total_calls": 1, "calls_waiting": 1,
        } | expected
        for name in names
    }  # fmt: skip


async def test_an_unknown_name_costs_one_statement(telephony: Telephony) -> None:
    with statements_sent() as statements:
        response = await telephony.get(STATUS, params={"in_groups": "NOPE"})

    assert (response.status, len(statements)) == (400, 1)


@ENGINES
async def test_one_in_group_of_many_is_found_by_indexes(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    fill(db, 20, 3)
    for statement in (
        "vicidial_live_agents (user, server_ip, status, lead_id)"
        " SELECT CONCAT('x', seq), '10.0.0.5', 'READY', 0 FROM seq_1_to_3000",
        "vicidial_live_inbound_agents (user, group_id)"
        " SELECT CONCAT('x', seq), 'OTHER' FROM seq_1_to_3000",
    ):
        db.execute(f"INSERT INTO {statement}")

    with statements_sent() as statements:
        await status_shown(telephony, in_groups="G0007")

    plans = [explained(db, statement, "svc-telephony") for statement in statements]
    assert [[(table["table"], table["key"]) for table in plan] for plan in plans] == [
        [("vicidial_inbound_groups", "PRIMARY")],
        [("vicidial_auto_calls", None)],
        [("i", "group_id"), ("l", "vlaus"), ("n", "vlaus"), ("c", "callerid")],
    ]
    assert rows_read(db, statements[2], "svc-telephony") <= 100


@ENGINES
async def test_the_server_adds_up_what_many_agents_in_many_in_groups_do(
    telephony: Telephony, db: TestDatabase, engine: str
) -> None:
    fill(db, 30, 200)

    with statements_sent() as statements:
        await status_shown(telephony)

    sql, params = statements[2]
    assert len(db.rows(sql, *params)) <= 30 * 3


async def test_pollers_share_the_statements(telephony: Telephony, db: TestDatabase) -> None:
    make_in_group(db, "SALES")
    make_in_group(db, "SUPPORT")
    make_session(db)
    make_session_in_group(db)
    spellings = ("SALES|SUPPORT", "SUPPORT,SALES", "SALES|SALES|SUPPORT") * POLLERS

    def poll(in_groups: str) -> asyncio.Task[dict[str, Any]]:
        return asyncio.create_task(status_shown(telephony, in_groups=in_groups))

    expected = await poll(spellings[0])
    with statements_sent() as statements, arrivals() as arrived:
        with db.hold("vicidial_inbound_groups"):
            polls = [poll(spellings[0])]
            await db.until_waiting(1)
            polls += [poll(in_groups) for in_groups in spellings]
            await arrived(len(polls))
        answers = await asyncio.gather(*polls)

    assert answers == [expected] * len(polls)
    # One run for the first, and one for all who came after it had begun.
    assert len(statements) == 6


async def test_a_poller_sees_what_has_changed_before_it(
    telephony: Telephony, db: TestDatabase
) -> None:
    make_in_group(db, "SALES")

    before = await status_shown(telephony)
    make_session(db)
    make_session_in_group(db)
    after = await status_shown(telephony)

    assert [one["SALES"]["agents_logged_in"] for one in (before, after)] == [0, 1]
