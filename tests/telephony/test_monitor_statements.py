"""POST /api/v1/monitor/blind: how many statements it takes, and what the server reads for them."""

import re
from itertools import pairwise

import pytest
from support.apps import Telephony
from support.database import ENGINES, TestDatabase
from support.monitoring import (
    AGENT_SERVER,
    BODY,
    SESSION,
    WRITES,
    monitored,
    use_confbridge,
)
from support.statements import Statement, explained, statements_sent

OTHERS = 500
_VERB = re.compile(r"(?:SELECT (?=\w+_LOCK))?(\w+)")
BY_SESSION = {"session_id": SESSION, "server_ip": AGENT_SERVER, "phone_login": "8002"}


@pytest.fixture(autouse=True)
def much(db: TestDatabase) -> None:
    """Many agents and phones, and a long log."""
    for statement in (
        "vicidial_live_agents (user, server_ip, conf_exten, status, lead_id, campaign_id)"
        f" SELECT CONCAT('a', seq), '{AGENT_SERVER}', 8601000 + seq, 'READY', 0, 'TESTCAMP'",
        f"vicidial_conferences (conf_exten, server_ip) SELECT 8601000 + seq, '{AGENT_SERVER}'",
        f"vicidial_confbridges (conf_exten, server_ip) SELECT 8601000 + seq, '{AGENT_SERVER}'",
        "phones (extension, server_ip, login, template_id)"
        f" SELECT CONCAT('p', seq), '{AGENT_SERVER}', CONCAT('p', seq), ''",
        "vicidial_rt_monitor_log (manager_user, manager_server_ip, manager_phone, caller_code,"
        " monitor_start_time) SELECT '6666', '', 'p1', seq, '2025-01-08 15:00:00' - INTERVAL seq"
        " MINUTE",
    ):
        db.execute(f"INSERT INTO {statement} FROM seq_1_to_{OTHERS}")


async def sent(monitor_telephony: Telephony, body: dict[str, str]) -> list[Statement]:
    with statements_sent() as statements:
        await monitored(monitor_telephony, body)
    return statements


def tables(statements: list[Statement]) -> list[str]:
    """The table of each statement that has one."""
    words = [statement.sql.replace("`", "").split() for statement in statements]
    found = [
        [after for word, after in pairwise(line) if word in {"INTO", "FROM"}] for line in words
    ]
    return [tables[0] for tables in found if tables]


def verbs(statements: list[Statement]) -> list[str]:
    """What each statement does; of a named lock, what is done with that."""
    return [_VERB.findall(statement.sql)[0] for statement in statements]


@pytest.mark.parametrize(
    ("body", "lookups"),
    [
        pytest.param(
            BODY,
            ["vicidial_live_agents", "servers", "vicidial_conferences", "phones"],
            id="agent",
        ),
        pytest.param(
            BY_SESSION,
            [
                "servers",
                "servers",
                "vicidial_conferences",
                "vicidial_live_agents",
                "phones",
            ],
            id="session",
        ),
    ],
)
async def test_each_thing_is_looked_up_and_each_row_written_with_one_statement(
    monitor_telephony: Telephony, body: dict[str, str], lookups: list[str]
) -> None:
    assert tables(await sent(monitor_telephony, body)) == [*lookups, *WRITES]


@ENGINES
async def test_the_steps_that_place_the_call_are_one_transaction(
    monitor_telephony: Telephony, engine: str
) -> None:
    await sent(monitor_telephony, BODY)  # the engines are known now

    statements = await sent(monitor_telephony, BODY | {"stage": "BARGE"})

    placing = ["INSERT"] * 5
    if engine == "InnoDB":
        placing = ["START", *placing, "COMMIT"]
    assert verbs(statements) == [
        *["SELECT"] * 4, "GET_LOCK", *placing, "RELEASE_LOCK", "INSERT"
    ]  # fmt: skip


@ENGINES
@pytest.mark.parametrize("confbridge", [False, True])
async def test_agent_conference_and_log_are_found_by_an_index(
    monitor_telephony: Telephony, db: TestDatabase, confbridge: bool
) -> None:
    if confbridge:
        use_confbridge(db)
    conference = "vicidial_confbridges" if confbridge else "vicidial_conferences"

    statements = [one for one in await sent(monitor_telephony, BODY) if "SELECT " in one.sql]

    plans = {
        plan["table"]: plan["key"]
        for statement in statements
        for plan in explained(db, statement, "svc-telephony")
    }
    assert plans["vicidial_live_agents"] == "vlaus"
    assert plans[conference] in {"vextenserver", "conf_exten", "serverconf"}
    assert plans["vicidial_rt_monitor_log"] == "monitor_start_time"
