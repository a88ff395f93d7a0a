"""The list that a path names.

Reads vicidial_lists.
"""

from __future__ import annotations

from aiohttp import web
from dialkit import fields
from dialkit.db import Queries
from dialkit.errors import NotFound
from dialkit.http import path_number

MISSING = "List not found"


def path_list_id(request: web.Request) -> int:
    """The id in the path, known or not. Raises: NotFound for what can be none."""
    return path_number(request, "list_id", most=fields.MAX_LIST_ID, missing=MISSING)


async def has_list(db: Queries, list_id: int) -> bool:
    """Whether the list exists."""
    found = await db.fetch_value("SELECT 1 FROM vicidial_lists WHERE list_id = %s", list_id)
    return found is not None


async def check_list(db: Queries, list_id: int) -> None:
    """Find the list. Raises: NotFound."""
    if not await has_list(db, list_id):
        raise NotFound(MISSING)
