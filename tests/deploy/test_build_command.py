"""`python -m deploy.db` builds a database that the contract's examples work on, once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from support.database import TestDatabase

from deploy.db.demo import CALLER_CODE

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def name(db: TestDatabase) -> Iterator[str]:
    """The name of a database that does not exist yet."""
    name = f"{db.name}_built"
    yield name
    db.execute(f"DROP DATABASE IF EXISTS {name}")


@pytest.mark.parametrize("options", [[], ["--engine", "InnoDB"]], ids=["MyISAM", "InnoDB"])
def test_demo_rows_are_those_of_the_examples(
    db: TestDatabase, name: str, options: list[str]
) -> None:
    entered, comments = "2025-01-08 10:30:00", "Customer requested 3pm callback"

    built = _build(db, name, "--demo", *options)

    assert built.stdout.splitlines() == [
        "Tables ...",
        "Stock rows ...",
        "Demo rows ...",
        f"Database {name} is ready",
    ]
    assert built.stderr == ""
    assert _rows(
        db,
        name,
        """
        SELECT lead_id, list_id, phone_number, first_name, last_name, status, owner, state,
               CAST(entry_date AS CHAR), CAST(modify_date AS CHAR), entry_list_id
        FROM vicidial_list WHERE lead_id = 12345
        """,
    ) == [(12345, 101, "5551234567", "John", "Doe", "NEW", "agent1", "NY", entered, entered, 0)]
    assert _rows(
        db,
        name,
        "SELECT status, user, recipient, comments, campaign_id, CAST(callback_time AS CHAR)"
        " FROM vicidial_callbacks WHERE lead_id = 12345",
    ) == [("ACTIVE", "agent1", "ANYONE", comments, "TESTCAMP", "2025-01-08 15:00:00")]
    assert _rows(
        db,
        name,
        "SELECT hopper_id, lead_id, campaign_id, status FROM vicidial_hopper"
        " ORDER BY priority DESC, hopper_id LIMIT 1",
    ) == [(1677922, 12345, "TESTCAMP", "READY")]
    assert _rows(db, name, "SELECT favorite_color FROM custom_101 WHERE lead_id = 12345") == [
        ("blue",)
    ]
    assert _rows(db, name, "SELECT lead_id, phone_number FROM vicidial_list_archive") == [
        (12300, "5551230000")
    ]
    assert _rows(
        db, name, "SELECT lead_id FROM vicidial_log_extended WHERE caller_code = %s", CALLER_CODE
    ) == [(12345,)]


def test_demo_leads_live_where_their_area_code_is(db: TestDatabase, name: str) -> None:
    _build(db, name, "--demo")

    # 555 and 999 are no area codes: those leads are the contract's.
    elsewhere = _rows(
        db,
        name,
        """
        SELECT lead_id, phone_number, lead.state, gmt_offset_now
        FROM vicidial_list AS lead
        WHERE LEFT(phone_number, 3) NOT IN ('555', '999') AND NOT EXISTS (
            SELECT 1 FROM vicidial_phone_codes AS code
            WHERE code.country_code = 1 AND areacode = LEFT(phone_number, 3)
              AND code.state = lead.state
              AND gmt_offset_now - CAST(code.GMT_offset AS DECIMAL(4,2)) IN (0, DST = 'Y'))
        """,
    )

    assert elsewhere == []
    assert _rows(db, name, "SELECT COUNT(*) FROM vicidial_list") == [(305,)]


def test_a_database_with_tables_is_left_alone(db: TestDatabase, name: str) -> None:
    db.execute(f"CREATE DATABASE {name}")
    db.execute(f"CREATE TABLE {name}.somebodys (id INT)")

    refused = _build(db, name, "--demo")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"deploy.db: Database {name} has tables already: nothing was done\n"
    assert _rows(db, name, "SHOW TABLES") == [("somebodys",)]


def test_a_wrong_password_is_one_line(db: TestDatabase, name: str) -> None:
    refused = _build(db, name, password="wrong")

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"deploy.db: Access denied for user '{db.server.user}'@")
    assert len(refused.stderr.splitlines()) == 1


def _build(
    db: TestDatabase, name: str, *options: str, password: str | None = None
) -> subprocess.CompletedProcess[str]:
    access = db.server
    return subprocess.run(
        [
            *(sys.executable, "-m", "deploy.db", f"--host={access.host}", f"--port={access.port}"),
            *(f"--user={access.user}", "--password-env=SECRET", f"--database={name}", *options),
        ],
        env=os.environ | {"SECRET": password or access.password},
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def _rows(db: TestDatabase, name: str, sql: str, *params: object) -> list[tuple[Any, ...]]:
    with closing(db.server.connect(database=name)) as connection, connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
