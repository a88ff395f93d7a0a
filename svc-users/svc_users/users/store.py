"""SQL of users.

Writes vicidial_users; reads phones, phones_alias.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries, Row
from dialkit.sql import assignments

from svc_users.users.columns import SHOWN_COLUMNS


async def find_login(db: Queries, login: str) -> str | None:
    """The login as the database spells it, or None."""
    found = await db.fetch_value("SELECT user FROM vicidial_users WHERE user = %s", login)
    return None if found is None else str(found)


async def find_user(db: Queries, login: str) -> Row | None:
    """The user's `SHOWN_COLUMNS`, or None."""
    rows = await db.fetch_wide(
        ", ".join(SHOWN_COLUMNS), "FROM vicidial_users WHERE user = %s", login
    )
    return rows[0] if rows else None


async def is_phone_login(db: Queries, phone_login: str) -> bool:
    """Whether a phone or an alias of phones has that login."""
    sql = """
        SELECT 1 FROM phones WHERE login = %s
        UNION ALL SELECT 1 FROM phones_alias WHERE alias_id = %s
        LIMIT 1
    """
    return bool(await db.fetch_value(sql, phone_login, phone_login))


async def add_user(db: Queries, columns: dict[str, Any]) -> int:
    """Insert a user; its `user_id`. Raises: DuplicateKey."""
    return await db.insert("vicidial_users", columns)


async def change_user(db: Queries, login: str, columns: Mapping[str, Any]) -> bool:
    """Set the columns, and unlock the login; whether there is such a user."""
    sql = f"""
        UPDATE vicidial_users SET {assignments(columns)}, failed_login_count = 0
        WHERE user = %s
    """  # noqa: S608
    return bool(await db.execute(sql, *columns.values(), login))
