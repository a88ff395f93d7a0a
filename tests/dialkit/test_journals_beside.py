"""Journals side by side in one transaction: each has its own log rows."""

import pytest
from dialkit.db import Database
from dialkit.errors import Conflict
from dialkit.journal import Journal, journaled
from support.apps import CALLER, clock_at
from support.changes import admin_log, changes
from support.database import TestDatabase

NOW = clock_at("2025-07-08T15:30:00").now()
ENGINES = pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
USER = {"user": "agent1", "pass": ""}
RANK = {"user": "agent1", "campaign_id": "TESTCAMP"}
pytestmark = pytest.mark.parametrize("service", ["svc-users"])


def logged(db: TestDatabase) -> list[tuple[str, str]]:
    """Code and statements of each log row."""
    return [(row[5], row[6]) for row in admin_log(db)]


@ENGINES
async def test_changes_that_are_mixed_have_each_their_own_log_row(
    database: Database, db: TestDatabase
) -> None:
    async def work(journal: Journal) -> None:
        ranks = journal.beside()
        await ranks.insert("vicidial_campaign_agents", RANK)
        await journal.insert("vicidial_users", USER)
        await ranks.execute("UPDATE vicidial_campaign_agents SET campaign_rank = %s", 5)
        await journal.log("USERS", "ADD", "agent1", "user")
        await ranks.log("USERS", "MODIFY", "agent1", "ranks")

    await journaled(database, CALLER, NOW, work)

    assert logged(db) == [
        ("user", "INSERT INTO `vicidial_users` (`user`, `pass`) VALUES ('agent1', '')"),
        ("ranks", "INSERT INTO `vicidial_campaign_agents` (`user`, `campaign_id`)"
         " VALUES ('agent1', 'TESTCAMP')\nUPDATE vicidial_campaign_agents SET campaign_rank = 5"),
    ]  # fmt: skip
    assert [row[:2] for row in admin_log(db)] == [("6666", "192.0.2.7")] * 2


async def test_a_journal_beside_another_begins_without_the_others_changes(
    database: Database, db: TestDatabase
) -> None:
    async def work(journal: Journal) -> None:
        await journal.insert("vicidial_users", USER)
        await journal.beside().log("USERS", "MODIFY", "agent1", "nothing")
        await journal.log("USERS", "ADD", "agent1", "user")

    await journaled(database, CALLER, NOW, work, begun=Journal(database, CALLER, NOW))

    assert logged(db) == [
        ("nothing", ""),
        ("user", "INSERT INTO `vicidial_users` (`user`, `pass`) VALUES ('agent1', '')"),
    ]


@pytest.mark.parametrize("engine", ["InnoDB"])
async def test_work_that_fails_takes_the_changes_of_both_journals_back(
    database: Database, db: TestDatabase
) -> None:
    users = db.count("vicidial_users")

    async def work(journal: Journal) -> None:
        beside = journal.beside()
        await journal.insert("vicidial_users", USER)
        await beside.insert("vicidial_campaign_agents", RANK)
        await beside.log("USERS", "MODIFY", "agent1", "ranks")
        raise Conflict("User already exists")

    with pytest.raises(Conflict):
        await journaled(database, CALLER, NOW, work)

    assert (db.count("vicidial_users"), db.count("vicidial_campaign_agents")) == (users, 0)
    assert changes(db) == []
