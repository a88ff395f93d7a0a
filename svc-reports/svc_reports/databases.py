"""The two databases of reports (contract: reports.md, C1): the dialer's, and its replica."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import web
from dialkit.db import ClockMismatch, Database, Result
from dialkit.db_errors import RightMissing
from dialkit.errors import Unavailable


class DialerDatabase(Database):
    """Where single calls are looked up and changed, and live channels read (texts: C8)."""

    busy = "Database not available"


class ReportDatabase(Database):
    """Where reports are read; read-only. It is never replaced by the other one."""

    async def run(
        self, sql: str, params: Sequence[Any], *, read: bool, limit_s: float | None = None
    ) -> Result:
        """Run one statement. Raises: Unavailable that says which database is away."""
        try:
            return await super().run(sql, params, read=read, limit_s=limit_s)
        except (ClockMismatch, RightMissing):
            raise
        except Unavailable as error:
            raise Unavailable("Report database not available") from error


REPORT_DATABASE = web.AppKey("REPORT_DATABASE", ReportDatabase)
