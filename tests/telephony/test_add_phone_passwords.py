"""POST /api/v1/phones: passwords that are sent, and those that are generated."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.testing import LogCapture
from support.apps import Telephony
from support.changes import admin_log
from support.database import TestDatabase
from support.passwords import set_system
from support.phones import NEW, PASSWORDS, add, added, make_things
from support.telephony import make_phone

# The fields, and their columns.
FIELDS = {"phone_pass": "pass", "registration_password": "conf_secret"}


@pytest.fixture(autouse=True)
def things(db: TestDatabase) -> None:
    """What phones refer to."""
    make_things(db)


@pytest.fixture
def service_log() -> Iterator[LogCapture]:
    """What the service logs, tracebacks as they are written."""
    captured = LogCapture()
    structlog.configure(processors=[structlog.processors.format_exc_info, captured])
    yield captured
    structlog.reset_defaults()


def stored(db: TestDatabase, extension: str = "8001") -> dict[str, str]:
    """The passwords of a phone, by field."""
    row = db.row("SELECT pass, conf_secret FROM phones WHERE extension = %s", extension)
    return dict(zip(FIELDS, row, strict=True))


def logs(db: TestDatabase) -> str:
    """All that is written of changes and calls."""
    return f"{admin_log(db)} {db.rows('SELECT * FROM vicidial_api_log')}"


async def test_passwords_are_generated_and_shown_once(
    telephony: Telephony, db: TestDatabase
) -> None:
    status, answer = await add(telephony)
    again, refusal = await add(telephony)
    await telephony.close()

    passwords = stored(db)
    assert (status, answer["data"]) == (200, added()[1]["data"] | passwords)
    assert passwords["phone_pass"] != passwords["registration_password"]
    for password in passwords.values():
        assert (len(password), password.isascii(), password.isalnum()) == (20, True, True)
        assert password not in logs(db) + str(refusal)
    assert again == 409
    ((*_, statement, _, _),) = admin_log(db)
    assert statement.count("'***'") == 2


@pytest.mark.parametrize("sent", FIELDS)
async def test_only_the_password_that_is_left_out_is_generated(
    telephony: Telephony, db: TestDatabase, sent: str
) -> None:
    (other,) = FIELDS.keys() - {sent}

    status, answer = await add(telephony, **{sent: PASSWORDS[sent], other: None})
    await telephony.close()

    passwords = stored(db)
    assert status == 200
    assert answer == added(**{other: passwords[other]})[1]
    assert (passwords[sent], len(passwords[other])) == (PASSWORDS[sent], 20)
    assert PASSWORDS[sent] not in f"{answer} {logs(db)}"


async def test_every_phone_gets_passwords_of_its_own(
    telephony: Telephony, db: TestDatabase
) -> None:
    for number in range(5):
        await add(telephony, extension=f"800{number}")

    found = [
        password for row in db.rows("SELECT pass, conf_secret FROM phones") for password in row
    ]
    assert len(set(found)) == 10


@pytest.mark.parametrize(
    ("required", "length"), [(0, 20), (19, 20), (20, 20), (21, 21), (100, 100), (255, 100)]
)
async def test_what_is_generated_is_as_long_as_the_site_requires(
    telephony: Telephony, db: TestDatabase, required: int, length: int
) -> None:
    set_system(db, require_password_length=required)

    status, _ = await add(telephony)

    assert status == 200
    assert [len(password) for password in stored(db).values()] == [length, length]


@pytest.mark.parametrize(
    ("required", "length", "status"),
    [(0, 2, 200), (1, 2, 200), (8, 7, 400), (8, 8, 200), (100, 99, 400), (100, 100, 200)],
)
async def test_a_registration_password_is_as_long_as_the_site_requires(
    telephony: Telephony, db: TestDatabase, required: int, length: int, status: int
) -> None:
    set_system(db, require_password_length=required)

    answer, envelope = await add(telephony, registration_password="a" * length)

    assert answer == status
    assert status == 200 or envelope["details"] == {
        "registration_password": [f"Shorter than {required} characters"]
    }
    assert db.count("phones") == (status == 200)


async def test_the_required_length_is_not_that_of_logins(
    telephony: Telephony, db: TestDatabase
) -> None:
    set_system(db, require_password_length=10)

    status, _ = await add(telephony, phone_pass="a1")

    assert (status, stored(db)["phone_pass"]) == (200, "a1")


async def test_passwords_that_are_sent_are_nowhere_to_be_read(
    telephony: Telephony, db: TestDatabase
) -> None:
    answer = await add(telephony, **PASSWORDS)
    await telephony.close()

    assert answer == added()
    assert stored(db) == PASSWORDS
    assert [secret for secret in PASSWORDS.values() if secret in logs(db)] == []
    ((*_, statement, _, _),) = admin_log(db)
    assert statement.count("'***'") == 2


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"phone_pass": "Not.Allowed"}, id="bad phone password"),
        pytest.param({"registration_password": "Not.Allowed"}, id="bad registration password"),
        pytest.param({"registration_password": "Short-1"}, id="too short for the site"),
        pytest.param({"registration_password": ["Not-A-Text"]}, id="another type"),
        pytest.param({"pass": "Other-Pass_3"}, id="two values of the phone's"),
        pytest.param({"conf_secret": "Other-Pass_3"}, id="two values of the registration's"),
        pytest.param({"status": "GONE"}, id="another field"),
        pytest.param({"template_id": "NONE"}, id="unknown template"),
        pytest.param({"extension": "8500"}, id="phone that is there"),
        pytest.param({"phone_login": "8500"}, id="login that is taken"),
    ],
)
async def test_errors_never_repeat_a_password(
    telephony: Telephony, db: TestDatabase, body: dict[str, Any]
) -> None:
    set_system(db, require_password_length=10)
    make_phone(db, "8500")
    sent = NEW | PASSWORDS | body
    names = ("phone_pass", "registration_password", "pass", "conf_secret")

    status, answer = await add(telephony, sent)
    await telephony.close()

    secrets = [str(sent[name]).strip("[]'") for name in names if name in sent]
    assert status in {400, 409}
    assert [secret for secret in secrets if secret in f"{answer} {logs(db)}"] == []


async def test_a_failure_of_ours_never_shows_a_password(
    telephony: Telephony, db: TestDatabase, service_log: LogCapture
) -> None:
    db.fail_writes("phones")

    status, answer = await add(telephony, **PASSWORDS)
    await telephony.close()

    (entry,) = service_log.entries
    assert status == 500
    assert "made to fail by the test" in entry["exception"]
    shown = f"{entry} {answer} {logs(db)}"
    assert [secret for secret in PASSWORDS.values() if secret in shown] == []
