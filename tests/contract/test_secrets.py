"""Passwords and their hashes are in their own columns, and nowhere else that anybody can look."""

from pathlib import Path

import pytest
from support.builders import make_user
from support.database import TestDatabase
from support.passwords import set_system
from support.secrets_of_users import QUERY, TARGETS, refused_passwords, stray, without_hashing
from support.secrets_run import run_of_programs
from support.secrets_sent import SALT, accepted, failing

STORED = "SELECT COUNT(*) FROM vicidial_users WHERE pass LIKE 'S3cretMark%' OR pass_hash <> ''"
MASKED = "SELECT COUNT(*) FROM vicidial_admin_log WHERE event_sql LIKE '%***%'"
IN_QUERIES = "SELECT COUNT(*) FROM vicidial_api_log WHERE data LIKE '%pass=***%'"
# Where secrets are, whether passwords are hashed or not.
ALWAYS_KEPT = {"vicidial_users.phone_pass", "system_settings.pass_key"}


def kept(hashed: str) -> set[str]:
    """The columns that hold secrets; a search that does not find them there is blind."""
    return ALWAYS_KEPT | {"vicidial_users.pass_hash" if hashed == "1" else "vicidial_users.pass"}


@pytest.fixture
def settings(db: TestDatabase, hashed: str, cost: int) -> None:
    """How VICIdial's administrator wants passwords, and a user to change."""
    set_system(
        db, pass_hash_enabled=hashed, pass_cost=cost, pass_key=SALT, require_password_length=12
    )
    make_user(db, "agent1", user_level=1)


@pytest.mark.parametrize(
    ("hashed", "cost"),
    [
        pytest.param("0", 2, id="plain"),
        pytest.param("1", 2, id="own hash"),
        pytest.param("1", 4, id="bcrypt"),
    ],
)
@pytest.mark.usefixtures("settings")
async def test_no_secret_shows_in_an_answer_a_log_or_a_table(
    db: TestDatabase, tmp_path: Path, hashed: str
) -> None:
    async with run_of_programs(db, tmp_path) as run:
        await run.send(accepted(TARGETS, QUERY))
        await run.send(refused_passwords())
        await run.send(stray())
        await run.stop()

    assert run.leaks() == {}
    assert set(run.leaks(own_columns=True)) == kept(hashed)
    assert "answers" in run.places_of("agent1")
    assert db.value(STORED) > 10
    assert db.value(MASKED) > 10
    assert db.value(IN_QUERIES) > 10


@pytest.mark.parametrize(
    ("hashed", "cost", "log_format"), [("0", 2, "text"), ("1", 4, "text"), ("1", 4, "json")]
)
@pytest.mark.usefixtures("settings")
async def test_no_secret_shows_where_the_database_fails(
    db: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hashed: str, log_format: str
) -> None:
    monkeypatch.setenv("LOG_FORMAT", log_format)
    async with run_of_programs(db, tmp_path) as run:
        db.fail_writes("vicidial_admin_log")
        await run.send(failing(TARGETS, 500))
        db.fail_writes("vicidial_users", "INSERT")
        db.fail_writes("vicidial_users", "UPDATE")
        await run.send(failing(TARGETS, 500))
        await run.stop_service()
        await run.send(failing(TARGETS, 503))
        await run.stop()

    assert run.leaks() == {}
    assert set(run.leaks(own_columns=True)) == kept(hashed)
    assert {"log of gateway", "log of svc-users"} <= run.places_of("agent1")
    assert run.log_of("svc-users").count("unforeseen error") == 10
    assert run.log_of("gateway").count("request failed") == 15


@pytest.mark.parametrize(("hashed", "cost"), [("1", 32)])
@pytest.mark.usefixtures("settings")
async def test_no_secret_shows_where_hashing_is_not_configured(
    db: TestDatabase, tmp_path: Path
) -> None:
    async with run_of_programs(db, tmp_path) as run:
        await run.send(without_hashing())
        await run.stop()

    assert run.leaks() == {}
    assert set(run.leaks(own_columns=True)) == ALWAYS_KEPT
