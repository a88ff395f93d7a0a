"""POST /api/v1/users: what a password must be, how it is stored, and that nobody reads it."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.testing import LogCapture
from support.apps import Users
from support.builders import make_campaign, make_user_group
from support.changes import admin_log
from support.database import TestDatabase
from support.passwords import (
    BOTH_HASHES,
    OWN,
    UNUSABLE,
    VECTORS,
    Vector,
    hash_passwords,
    set_system,
)
from support.user_rows import everything
from support.users import GENERATED, NEW, NOT_CONFIGURED, PASSWORD, add

PHONE_PASSWORD = "Phone-Pass_1"


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """The user group AGENTS, the campaign TESTCAMP."""
    make_user_group(db)
    make_campaign(db)


@pytest.fixture
def service_log() -> Iterator[LogCapture]:
    """What the service logs, tracebacks as they are written."""
    captured = LogCapture()
    structlog.configure(processors=[structlog.processors.format_exc_info, captured])
    yield captured
    structlog.reset_defaults()


def stored(db: TestDatabase, user: str = "agent1") -> tuple[str, str]:
    """What a user has in `pass` and `pass_hash`."""
    password, hashed = db.row("SELECT pass, pass_hash FROM vicidial_users WHERE user = %s", user)
    return password, hashed


async def test_without_hashing_a_password_is_stored_plain(users: Users, db: TestDatabase) -> None:
    set_system(db, pass_hash_enabled="0", pass_key="abcdefgh12345678", pass_cost=99)

    status, _ = await add(users)

    assert (status, stored(db)) == (200, (PASSWORD, ""))


@BOTH_HASHES
async def test_with_hashing_only_vicidials_hash_is_stored(
    users: Users, db: TestDatabase, vector: Vector
) -> None:
    hash_passwords(db, vector.pass_key, vector.cost)

    status, _ = await add(users, **{"pass": vector.password})

    assert (status, stored(db)) == (200, ("", vector.hashed))


async def test_the_settings_are_read_at_every_password(users: Users, db: TestDatabase) -> None:
    for number, (password, pass_key, cost, hashed) in enumerate(VECTORS[:5]):
        hash_passwords(db, pass_key, cost)
        await add(users, **{"user": f"agent{number}", "pass": password})
        assert stored(db, f"agent{number}") == ("", hashed)
    set_system(db, pass_hash_enabled="0", require_password_length=20)
    refusal, _ = await add(users, user="short")
    set_system(db, require_password_length=0)
    await add(users, user="plain")

    assert refusal == 400
    assert stored(db, "plain") == (PASSWORD, "")


async def test_the_phones_password_is_always_stored_plain(users: Users, db: TestDatabase) -> None:
    hash_passwords(db)

    await add(users, phone_pass=PHONE_PASSWORD)

    assert db.value("SELECT phone_pass FROM vicidial_users") == PHONE_PASSWORD


@pytest.mark.parametrize("body", [NEW, GENERATED], ids=["login", "generated login"])
@pytest.mark.parametrize(("pass_key", "cost"), UNUSABLE)
async def test_without_a_usable_key_and_cost_nothing_is_written(
    users: Users, db: TestDatabase, pass_key: str, cost: int, body: dict[str, Any]
) -> None:
    hash_passwords(db, pass_key, cost)
    before = everything(db)

    answer = await add(users, body, campaign_rank=1)

    assert answer == NOT_CONFIGURED
    assert everything(db) == before


@pytest.mark.parametrize(
    ("required", "length", "status"),
    [(0, 2, 200), (1, 2, 200), (8, 7, 400), (8, 8, 200), (72, 71, 400), (72, 72, 200)],
)
async def test_a_password_is_as_long_as_the_system_requires(
    users: Users, db: TestDatabase, required: int, length: int, status: int
) -> None:
    set_system(db, require_password_length=required)

    answer, envelope = await add(users, **{"pass": "a" * length})

    assert answer == status
    assert status == 200 or list(envelope["details"]) == ["pass"]
    assert db.count("vicidial_users") == (status == 200)


async def test_the_required_length_is_not_the_phones(users: Users, db: TestDatabase) -> None:
    set_system(db, require_password_length=10)

    status, _ = await add(users, phone_pass="1")

    assert status == 200


@pytest.mark.parametrize("password", [" password", "password ", "pass word"])
async def test_nothing_is_cut_off_a_password(users: Users, db: TestDatabase, password: str) -> None:
    ours, _ = await add(users, **{"pass": password})
    phones, _ = await add(users, phone_pass=password)

    assert (ours, phones) == (400, 400)
    assert db.count("vicidial_users") == 0


@pytest.mark.parametrize("hashing", [False, True], ids=["plain", "hashed"])
async def test_a_user_is_added_without_showing_what_is_secret(
    users: Users, db: TestDatabase, hashing: bool
) -> None:
    if hashing:
        hash_passwords(db, OWN.pass_key, OWN.cost)
    secrets = (OWN.password, OWN.hashed, PHONE_PASSWORD)

    body = {"pass": OWN.password, "phone_pass": PHONE_PASSWORD}
    status, answer = await add(users, NEW | body)
    await users.close()

    shown = f"{answer} {admin_log(db)} {db.rows('SELECT * FROM vicidial_api_log')}"
    assert status == 200
    assert [secret for secret in secrets if secret in shown] == []
    ((*_, statements, _, _),) = admin_log(db)
    assert statements.count("'***'") >= 2


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"pass": "Not.Allowed"}, id="bad password"),
        pytest.param({"pass": "Not--Allowed"}, id="password with two hyphens"),
        pytest.param({"pass": "Long" * 19}, id="password too long"),
        pytest.param({"pass": ["NotText"]}, id="password of another type"),
        pytest.param({"phone_pass": "Not.Allowed"}, id="bad password of the phone"),
        pytest.param({"pass": "Short-1"}, id="password too short for the system"),
        pytest.param({"user_level": 0}, id="other field"),
        pytest.param({"user_group": "NOGROUP"}, id="unknown user group"),
        pytest.param({"user": "AUTOGENERATED", "user_level": 0}, id="generated login"),
    ],
)
async def test_errors_never_repeat_what_is_secret(
    users: Users, db: TestDatabase, body: dict[str, Any]
) -> None:
    set_system(db, require_password_length=10)
    sent = NEW | {"phone_pass": PHONE_PASSWORD} | body

    status, answer = await add(users, sent)
    await users.close()

    shown = f"{answer} {db.rows('SELECT * FROM vicidial_api_log')}"
    secrets = [str(value).strip("[]'") for value in (sent["pass"], sent["phone_pass"])]
    assert status == 400
    assert [secret for secret in secrets if secret in shown] == []


async def test_a_failure_of_ours_never_shows_what_is_secret(
    users: Users, db: TestDatabase, service_log: LogCapture
) -> None:
    db.fail_writes("vicidial_users")

    status, answer = await add(users, phone_pass=PHONE_PASSWORD)
    await users.close()

    (entry,) = service_log.entries
    shown = f"{entry} {answer} {db.rows('SELECT * FROM vicidial_api_log')}"
    assert status == 500
    assert "made to fail by the test" in entry["exception"]
    assert [secret for secret in (PASSWORD, PHONE_PASSWORD) if secret in shown] == []
