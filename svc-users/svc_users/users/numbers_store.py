"""SQL of generated logins.

Writes system_settings; reads vicidial_users.
"""

from __future__ import annotations

from dialkit.db import Queries

_STOCK_VALUE = 101


async def read_last_used(db: Queries) -> int:
    """The number that was generated last."""
    value = await db.fetch_value("SELECT auto_user_add_value FROM system_settings")
    return _STOCK_VALUE if value is None else int(value)


async def taken(db: Queries, logins: list[str]) -> set[str]:
    """Which of these logins users have."""
    sql = "SELECT user FROM vicidial_users WHERE user IN %s"
    return {str(login) for (login,) in await db.fetch_all(sql, logins)}


async def write_last_used(db: Queries, number: int) -> None:
    """Note the number that is being used."""
    await db.execute("UPDATE system_settings SET auto_user_add_value = %s", number)
