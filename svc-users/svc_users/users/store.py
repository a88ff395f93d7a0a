"""SQL of users.

Writes vicidial_users, vicidial_remote_agents, system_settings; reads vicidial_live_agents, phones,
phones_alias.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.copying import copy_row, list_columns
from dialkit.db import Queries, Row
from dialkit.sql import assignments

from svc_users.users.columns import NOT_COPIED_COLUMNS, SHOWN_COLUMNS

_STOCK_NUMBER = 101


async def find_user(db: Queries, login: str) -> Row | None:
    """The user's `SHOWN_COLUMNS`, or None."""
    rows = await db.fetch_wide(
        ", ".join(SHOWN_COLUMNS), "FROM vicidial_users WHERE user = %s", login
    )
    return rows[0] if rows else None


async def is_user(db: Queries, login: str) -> bool:
    """Whether there is that user, who then stays until the end of the transaction."""
    sql = "SELECT 1 FROM vicidial_users WHERE user = %s FOR UPDATE"
    return bool(await db.fetch_value(sql, login))


async def list_taken(db: Queries, logins: list[str]) -> set[str]:
    """Which of these logins users have."""
    sql = "SELECT user FROM vicidial_users WHERE user IN %s"
    return {str(login) for (login,) in await db.fetch_all(sql, logins)}


async def find_last_number(db: Queries) -> int:
    """The number that was generated last as a login."""
    value = await db.fetch_value("SELECT auto_user_add_value FROM system_settings")
    return _STOCK_NUMBER if value is None else int(value)


async def note_number(db: Queries, number: int) -> None:
    """Note the number that is being generated."""
    await db.execute("UPDATE system_settings SET auto_user_add_value = %s", number)


async def is_phone_login(db: Queries, phone_login: str) -> bool:
    """Whether a phone or an alias of phones has that login."""
    # Phones have no index on their login: a few thousand rows.
    sql = """
        SELECT 1 FROM phones WHERE login = %s
        UNION ALL SELECT 1 FROM phones_alias WHERE alias_id = %s
        LIMIT 1
    """
    return bool(await db.fetch_value(sql, phone_login, phone_login))


async def is_logged_in(db: Queries, login: str) -> bool:
    """Whether the user has a session."""
    sql = "SELECT 1 FROM vicidial_live_agents WHERE user = %s LIMIT 1"
    return bool(await db.fetch_value(sql, login))


async def add_user(db: Queries, columns: dict[str, Any]) -> int:
    """Insert a user; its `user_id`. Raises: DuplicateKey."""
    return await db.insert("vicidial_users", columns)


async def copy_user(db: Queries, source: str, columns: Mapping[str, Any]) -> int | None:
    """Copy a user's row, but with these columns; the new `user_id`, None if there is no source.

    Raises: DuplicateKey.
    """
    copied = await list_columns(db, "vicidial_users", but=NOT_COPIED_COLUMNS)
    return await copy_row(db, "vicidial_users", ("user", source), columns, copied)


async def change_user(db: Queries, login: str, columns: Mapping[str, Any]) -> bool:
    """Set the columns, and unlock the login; whether there is such a user."""
    sql = f"""
        UPDATE vicidial_users SET {assignments(columns)}, failed_login_count = 0
        WHERE user = %s
    """  # noqa: S608
    return bool(await db.execute(sql, *columns.values(), login))


async def delete_user(db: Queries, login: str) -> bool:
    """Delete the row of a user who is not logged in; whether there was one."""
    sql = """
        DELETE FROM vicidial_users
        WHERE user = %s AND NOT EXISTS (SELECT 1 FROM vicidial_live_agents WHERE user = %s)
    """
    return bool(await db.execute(sql, login, login))


async def stop_remote_agent(db: Queries, login: str) -> None:
    """Let the dialer end the lines that work as this user."""
    sql = "UPDATE vicidial_remote_agents SET status = 'INACTIVE' WHERE user_start = %s"
    await db.execute(sql, login)
