"""Reports read whole on the report database: in their place, in their time (contract: C3, C8)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiohttp import web
from dialkit.db import Queries

from svc_reports.archives import conflict_if_missing
from svc_reports.databases import REPORT_DATABASE
from svc_reports.slots import SLOTS

T = TypeVar("T")


async def read_report(
    request: web.Request, archived: bool, read: Callable[[Queries], Awaitable[T]]
) -> T:
    """What `read` finds there; `archived` tells which logs it reads.

    Raises: what reading raises, Conflict for a missing archive, TooManyRequests, TooSlow.
    """
    async with request.app[SLOTS].report():
        with conflict_if_missing(archived):
            return await read(request.app[REPORT_DATABASE])
