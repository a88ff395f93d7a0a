"""How many statements tell what agents do, and what the server reads for them."""

import pytest
from support.apps import Users
from support.database import ENGINES, TestDatabase
from support.live_agents import fill
from support.live_answers import GROUPS, LOGGED_IN, STATUS
from support.statements import Statement, explained, rows_read, statements_sent

WITH_SUB_STATUS = f"{LOGGED_IN}?show_sub_status=Y"
WITH_IP = f"{STATUS}?include_ip=Y"


async def sent(users: Users, url: str) -> list[Statement]:
    with statements_sent() as statements:
        response = await users.get(url)
    assert response.status == 200
    return statements


@pytest.mark.parametrize("agents", [5, 500])
@pytest.mark.parametrize(
    ("url", "number"),
    [(LOGGED_IN, 1), (WITH_SUB_STATUS, 7), (STATUS, 8), (WITH_IP, 9), (GROUPS, 9)],
)
async def test_any_number_of_agents_takes_the_same_number_of_statements(
    users: Users, db: TestDatabase, agents: int, url: str, number: int
) -> None:
    fill(db, agents)

    assert len(await sent(users, url)) == number


@pytest.mark.parametrize(
    ("url", "number"),
    [(LOGGED_IN, 1), (WITH_SUB_STATUS, 5), (STATUS, 6), (WITH_IP, 7), (GROUPS, 7)],
)
async def test_chats_are_read_only_where_somebody_chats(
    users: Users, db: TestDatabase, url: str, number: int
) -> None:
    fill(db, 5, comments="AUTO")

    assert len(await sent(users, url)) == number


@pytest.mark.parametrize(
    ("url", "number"),
    [(LOGGED_IN, 1), (WITH_SUB_STATUS, 2), (STATUS, 2), (WITH_IP, 2), (GROUPS, 6)],
)
async def test_where_nobody_is_logged_in_little_is_read(
    users: Users, db: TestDatabase, url: str, number: int
) -> None:
    assert len(await sent(users, url)) == number


async def test_more_groups_need_no_more_statements(users: Users, db: TestDatabase) -> None:
    db.execute(
        "INSERT INTO vicidial_user_groups (user_group, group_name, allowed_campaigns)"
        " SELECT CONCAT('GROUP', seq), 'Group', ' TESTCAMP -' FROM seq_1_to_100"
    )
    fill(db, 5)

    assert len(await sent(users, GROUPS)) == 9


async def test_an_agent_needs_one_statement_more_only_where_it_is_not_there(
    users: Users, db: TestDatabase
) -> None:
    fill(db, 5)

    assert len(await sent(users, f"{STATUS}?agent_user=agent1")) == 8
    with statements_sent() as statements:
        await users.get(STATUS, params={"agent_user": "nobody"})
    assert len(statements) == 2


@pytest.mark.parametrize("agents", [1000, 1001])
async def test_more_than_a_thousand_agents_are_read_in_parts(
    users: Users, db: TestDatabase, agents: int
) -> None:
    fill(db, agents)

    with statements_sent() as statements:
        response = await users.get(WITH_IP)

    assert max(len(one.params or ()) for one in statements) <= 1001  # one more for a LIKE or a date
    found = {
        int(one["user"].removeprefix("agent")): (
            one["real_time_sub_status"], one["pause_code"], one["phone_number"],
            one["vendor_lead_code"],
        )
        for one in (await response.json())["data"]
    }  # fmt: skip
    assert found == {
        number: (
            "PARK" if number % 2 == 0 else "DEAD" if number % 3 == 0 else "",
            "LOGIN", "3125551212", str(number),
        )
        for number in range(1, agents + 1)
    }  # fmt: skip


@pytest.fixture
def busy(db: TestDatabase) -> None:
    """Forty agents at work, beside logs and leads of thousands of others."""
    fill(db, 40)
    many = "FROM seq_1001_to_7000"
    for statement in (
        f"vicidial_users (user, pass, user_group) SELECT CONCAT('x', seq), '', 'X' {many}",
        f"vicidial_agent_log (agent_log_id, user, server_ip) SELECT seq, 'x', '' {many}",
        "vicidial_auto_calls (server_ip, lead_id, callerid)"  # in memory, which is soon full
        " SELECT '', 0, CONCAT('X', seq) FROM seq_1001_to_4000",
        f"vicidial_live_chats (chat_id, lead_id, chat_creator) SELECT seq, seq, 'x' {many}",
        f"vicidial_chat_log (chat_id, message) SELECT seq, 'x has left chat' {many}",
        f"vicidial_list (lead_id, phone_number) SELECT seq, seq {many}",
        "vicidial_user_log (user, event, event_date, computer_ip)"
        " SELECT CONCAT('agent', seq % 100), 'LOGIN', NOW() - INTERVAL seq - 1001 HOUR, '10.0.0.1'"
        f" {many}",
    ):
        db.execute(f"INSERT INTO {statement}")


@pytest.mark.usefixtures("busy")
@ENGINES
async def test_every_statement_finds_its_rows_by_an_index(
    users: Users, db: TestDatabase, engine: str
) -> None:
    statements = await sent(users, f"{WITH_IP}&agent_user=AGENT7&campaigns=TESTCAMP")

    plans = [explained(db, statement, "svc-users") for statement in statements]
    assert [[(table["table"], table["key"]) for table in plan] for plan in plans] == [
        [("u", "user"), ("l", "vlaus")],
        [("vicidial_agent_log", "PRIMARY")],
        [("parked_channels", None)],
        [("vicidial_auto_calls", "callerid")],
        [("vicidial_live_agents", "vlali")],
        [("vicidial_live_chats", "vicidial_live_chats_lead_id_key")],
        [("vicidial_chat_log", "vicidial_chat_log_chat_id")],
        [("vicidial_list", "PRIMARY")],
        [("vicidial_user_log", "event_date")],
    ]


@pytest.mark.usefixtures("busy")
@ENGINES
async def test_the_server_reads_little_beside_what_is_shown(
    users: Users, db: TestDatabase, engine: str
) -> None:
    read = [rows_read(db, statement, "svc-users") for statement in await sent(users, WITH_IP)]

    assert max(read) <= 4 * 40, read


@pytest.mark.usefixtures("busy")
@ENGINES
@pytest.mark.parametrize("query", ["user_groups=AGENTS", "campaigns=TESTCAMP|OTHER"])
async def test_filters_look_at_no_more_than_the_agents_at_work(
    users: Users, db: TestDatabase, engine: str, query: str
) -> None:
    (statement,) = await sent(users, f"{LOGGED_IN}?{query}")

    assert rows_read(db, statement, "svc-users") <= 4 * 40
