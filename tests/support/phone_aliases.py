"""Phone aliases, made, changed and read back."""

from typing import Any

from support.answers import Answer, done, sent
from support.apps import Telephony
from support.database import TestDatabase
from support.telephony import make_phone

PHONE_ALIASES = "/api/v1/phone-aliases"
NEW = {"alias_id": "xyz100", "phone_logins": "100a,100b", "alias_name": "XYZ testing"}
NEW_ROW = ("xyz100", "XYZ testing", "100a,100b", "---ALL---")
OLD_ROW = ("old1", "Old alias", "100a,100b", "---ALL---")
OTHER_ROW = ("other", "Another", "100c", "AGENTS")


def make_phones(db: TestDatabase, *logins: str) -> None:
    """Phones that have those logins, and other extensions."""
    for login in logins:
        make_phone(db, f"sip-{login}", login=login, voicemail_id="")


def make_phone_alias(db: TestDatabase, row: tuple[str | None, ...] = OLD_ROW) -> None:
    """An alias: its id, name, logins and user group."""
    columns = ("alias_id", "alias_name", "logins_list", "user_group")
    db.insert("phones_alias", **dict(zip(columns, row, strict=True)))


def phone_aliases(db: TestDatabase) -> list[tuple[Any, ...]]:
    """All aliases, by id: id, name, logins, user group."""
    return db.rows(
        "SELECT alias_id, alias_name, logins_list, user_group FROM phones_alias ORDER BY alias_id"
    )


async def add(telephony: Telephony, /, **fields: Any) -> Answer:
    """The answer to POST of the documented alias, with other fields."""
    return await sent(telephony, "POST", PHONE_ALIASES, NEW | fields)


async def change(telephony: Telephony, alias_id: str = "old1", /, **fields: Any) -> Answer:
    """The answer to PUT of changes of an alias."""
    return await sent(telephony, "PUT", f"{PHONE_ALIASES}/{alias_id}", fields)


def added(**fields: Any) -> Answer:
    """The answer to the documented addition, with other fields."""
    return done("Phone alias added successfully", NEW | fields)


def updated(alias_id: str = "old1") -> Answer:
    """The answer to a change."""
    return done("Phone alias updated successfully", {"alias_id": alias_id})


def deleted(alias_id: str = "old1") -> Answer:
    """The answer to a deletion."""
    return done("Phone alias deleted successfully", {"alias_id": alias_id})
