"""Phone aliases, made, changed and read back."""

from typing import Any

from support.apps import Telephony
from support.database import TestDatabase
from support.telephony import make_phone

PHONE_ALIASES = "/api/v1/phone-aliases"
NEW = {"alias_id": "xyz100", "phone_logins": "100a,100b", "alias_name": "XYZ testing"}
NEW_ROW = ("xyz100", "XYZ testing", "100a,100b", "---ALL---")
OLD_ROW = ("old1", "Old alias", "100a,100b", "---ALL---")
OTHER_ROW = ("other", "Another", "100c", "AGENTS")

Answer = tuple[int, Any]


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
    """POST the documented alias, with other fields: the status, and the envelope."""
    response = await telephony.post(PHONE_ALIASES, json=NEW | fields)
    return response.status, await response.json()


async def change(telephony: Telephony, alias_id: str = "old1", /, **fields: Any) -> Answer:
    """PUT changes of an alias: the status, and the envelope."""
    response = await telephony.put(f"{PHONE_ALIASES}/{alias_id}", json=fields)
    return response.status, await response.json()


def added(**fields: Any) -> Answer:
    """The answer to the documented addition, with other fields."""
    message = "Phone alias added successfully"
    return 200, {"success": True, "message": message, "data": NEW | fields}


def updated(alias_id: str = "old1") -> Answer:
    """The answer to a change."""
    message = "Phone alias updated successfully"
    return 200, {"success": True, "message": message, "data": {"alias_id": alias_id}}


def deleted(alias_id: str = "old1") -> Answer:
    """The answer to a deletion."""
    message = "Phone alias deleted successfully"
    return 200, {"success": True, "message": message, "data": {"alias_id": alias_id}}


def refused(status: int, error: str) -> Answer:
    """An answer that says no more than why."""
    return status, {"success": False, "error": error}
