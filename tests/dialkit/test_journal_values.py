"""How values stand in the log of changes."""

import pytest
from dialkit.db import Database
from dialkit.journal import Journal, journaled
from dialkit.secret import Secret
from support.apps import CALLER, clock_at
from support.builders import make_user
from support.changes import admin_log
from support.database import TestDatabase

NOW = clock_at("2025-07-08T15:30:00").now()
# What the server may have to be told with care.
PASSWORD = "it's\\50%s"
pytestmark = pytest.mark.parametrize("service", ["svc-users"])


def logged(db: TestDatabase) -> list[str]:
    """The statements of each log row."""
    return [row[6] for row in admin_log(db)]


async def test_values_stand_on_one_line_and_without_semicolons(
    database: Database, db: TestDatabase
) -> None:
    make_user(db, "agent1")
    name = "it's\n100%s; \\"

    async def work(journal: Journal) -> None:
        await journal.execute(
            """
            UPDATE vicidial_users
            SET full_name = %s
            WHERE user IN %s
            """,
            name,
            ["agent1", "agent2"],
        )
        await journal.log("USERS", "MODIFY", "agent1", "code")

    await journaled(database, CALLER, NOW, work)

    assert db.value("SELECT full_name FROM vicidial_users WHERE user = 'agent1'") == name
    assert logged(db) == [
        r"UPDATE vicidial_users SET full_name = 'it\'s\n100%s \\'"
        " WHERE user IN ('agent1', 'agent2')"
    ]


@pytest.mark.parametrize("engine", ["MyISAM", "InnoDB"])
async def test_a_secret_is_stored_as_it_is_and_masked_in_the_log(
    database: Database, db: TestDatabase
) -> None:
    columns = {"user": "agent1", "pass": Secret(PASSWORD), "pass_hash": Secret("a-hash")}

    async def work(journal: Journal) -> None:
        await journal.insert("vicidial_users", columns)
        await journal.execute(
            "UPDATE vicidial_users SET phone_pass = %s WHERE user = %s AND pass IN %s",
            Secret("test"),
            "agent1",
            ["other", Secret(PASSWORD)],
        )
        await journal.log("USERS", "ADD", "agent1", "user")

    await journaled(database, CALLER, NOW, work)

    stored = db.row("SELECT pass, pass_hash, phone_pass FROM vicidial_users WHERE user = 'agent1'")
    assert stored == (PASSWORD, "a-hash", "test")
    assert logged(db) == [
        "INSERT INTO `vicidial_users` (`user`, `pass`, `pass_hash`)"
        " VALUES ('agent1', '***', '***')\nUPDATE vicidial_users SET phone_pass = '***'"
        " WHERE user = 'agent1' AND pass IN ('other', '***')"
    ]
