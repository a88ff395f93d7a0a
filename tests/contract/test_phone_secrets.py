"""Passwords of phones are in their own two columns, and nowhere else that anybody can look."""

from pathlib import Path

import pytest
from support.database import TestDatabase
from support.passwords import set_system
from support.secrets_of_phones import QUERY, TARGETS, generating, refused_passwords, stray
from support.secrets_run import Run, run_of_programs
from support.secrets_sent import accepted, failing
from support.telephony import make_phone, make_server

SERVICE = "svc-telephony"
KEPT = {"phones.pass", "phones.conf_secret"}
PASSWORDS = "SELECT pass FROM phones UNION ALL SELECT conf_secret FROM phones"
MASKED = (
    "SELECT COUNT(*) FROM vicidial_admin_log"
    " WHERE event_section = 'PHONES' AND event_sql LIKE '%***%'"
)
IN_QUERIES = "SELECT COUNT(*) FROM vicidial_api_log WHERE data LIKE '%pass=***%'"


@pytest.fixture
def _phones(db: TestDatabase) -> None:
    """Two phones, and what new ones may not have the name of."""
    set_system(db, require_password_length=12)
    make_server(db)
    make_phone(db, "8001")
    make_phone(db, "8002")
    db.insert("phones_alias", alias_id="frontdesk", alias_name="Desk", logins_list="8001,8002")
    db.insert("vicidial_voicemail", voicemail_id="8100", fullname="Sales box", **{"pass": "1"})


@pytest.mark.usefixtures("_phones")
async def test_no_password_of_a_phone_shows_in_an_answer_a_log_or_a_table(
    db: TestDatabase, tmp_path: Path
) -> None:
    async with run_of_programs(db, tmp_path, SERVICE) as run:
        await run.send(accepted(TARGETS, QUERY))
        await run.send(refused_passwords())
        await run.send(stray())
        await run.stop()

    assert run.leaks() == {}
    assert set(run.leaks(own_columns=True)) == KEPT
    assert "answers" in run.places_of("8001")
    assert db.value(MASKED) > 20
    assert db.value(IN_QUERIES) > 10
    # A new phone has one password that was sent, and one that the answer has shown.
    assert len(run.generated) == 16
    assert not was_lost(run, db)


@pytest.mark.usefixtures("_phones")
async def test_a_generated_password_shows_in_the_answer_that_makes_it_and_nowhere_else(
    db: TestDatabase, tmp_path: Path
) -> None:
    async with run_of_programs(db, tmp_path, SERVICE) as run:
        await run.send(generating())
        await run.send(stray())
        await run.stop()

    assert run.leaks() == {}
    assert set(run.leaks(own_columns=True)) == KEPT
    assert len(set(run.generated)) == 6
    assert not was_lost(run, db)


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.usefixtures("_phones")
async def test_no_password_of_a_phone_shows_where_the_database_fails(
    db: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_format: str
) -> None:
    monkeypatch.setenv("LOG_FORMAT", log_format)
    async with run_of_programs(db, tmp_path, SERVICE) as run:
        db.fail_writes("vicidial_admin_log")
        await run.send(failing(TARGETS, 500))
        db.fail_writes("phones", "INSERT")
        db.fail_writes("phones", "UPDATE")
        await run.send(failing(TARGETS, 500))
        await run.stop_service()
        await run.send(failing(TARGETS, 503))
        await run.stop()

    assert run.leaks() == {}
    assert set(run.leaks(own_columns=True)) == KEPT
    assert {"log of gateway", f"log of {SERVICE}"} <= run.places_of("8001")
    assert run.log_of(SERVICE).count("unforeseen error") == 2 * len(TARGETS)
    assert run.log_of("gateway").count("request failed") == 3 * len(TARGETS)


def was_lost(run: Run, db: TestDatabase) -> set[str]:
    """Generated passwords that were shown and not stored."""
    return set(run.generated) - {password for (password,) in db.rows(PASSWORDS)}
