"""SQL of group aliases.

Writes groups_alias.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries
from dialkit.db_errors import DuplicateKey


async def add(db: Queries, columns: Mapping[str, Any]) -> bool:
    """Add a group alias; False when there is one of that id."""
    try:
        await db.insert("groups_alias", dict(columns))
    except DuplicateKey:
        return False
    return True
