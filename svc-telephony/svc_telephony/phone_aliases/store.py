"""SQL of phone aliases.

Writes phones_alias; reads phones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.db_errors import DuplicateKey
from dialkit.sql import assignments


class PhoneAlias(NamedTuple):
    """An alias as the database spells it, and the logins that it stands for."""

    alias_id: str
    logins_list: str | None


async def has_login(db: Queries, login: str) -> bool:
    """Whether a phone has that login."""
    # No index has it; there are thousands of phones at most.
    return bool(await db.fetch_value("SELECT 1 FROM phones WHERE login = %s LIMIT 1", login))


async def find(db: Queries, alias_id: str) -> PhoneAlias | None:
    """The alias of that id."""
    row = await db.fetch_one(
        "SELECT alias_id, logins_list FROM phones_alias WHERE alias_id = %s", alias_id
    )
    return PhoneAlias(*row) if row else None


async def add(db: Queries, columns: Mapping[str, Any]) -> bool:
    """Add an alias; False when there is one of that id."""
    try:
        await db.insert("phones_alias", dict(columns))
    except DuplicateKey:
        return False
    return True


async def change(db: Queries, alias_id: str, columns: Mapping[str, Any]) -> bool:
    """Set columns of an alias; False when there is none."""
    matched = await db.execute(
        f"UPDATE phones_alias SET {assignments(columns)} WHERE alias_id = %s",  # noqa: S608
        *columns.values(),
        alias_id,
    )
    return matched > 0


async def delete(db: Queries, alias_id: str) -> bool:
    """Delete an alias; False when there is none."""
    return await db.execute("DELETE FROM phones_alias WHERE alias_id = %s", alias_id) > 0
