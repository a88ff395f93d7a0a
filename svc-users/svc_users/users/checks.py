"""Checks of a request that need the database, made together: an error names all that is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from dialkit.errors import InvalidInput


async def all_checked(*checks: Awaitable[Any]) -> list[Any]:
    """What the checks return. Raises: InvalidInput with what any of them says."""
    results = await asyncio.gather(*checks, return_exceptions=True)
    wrong = dict[str, Any]()
    for result in results:
        if isinstance(result, InvalidInput):
            wrong |= result.details or {}
        elif isinstance(result, BaseException):
            raise result
    if wrong:
        raise InvalidInput(wrong)
    return results
