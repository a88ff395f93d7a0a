"""SQL of searches; every statement ends at SEARCH_SECONDS.

Reads vicidial_list, vicidial_list_archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries, Row
from dialkit.db_errors import UnknownName
from dialkit.sql import limited

from svc_leads.limits import SEARCH_SECONDS
from svc_leads.search import plan
from svc_leads.search.plan import Filter

COLUMNS = "lead_id, list_id, phone_number, first_name, last_name, email, status, entry_date"
FEW = 10_000


class Search:
    """One search in one table."""

    def __init__(self, db: Queries, query: Mapping[str, Any], *, archived: bool) -> None:
        self._db = db
        self._query = query
        self._archived = archived
        self._table = "vicidial_list_archive" if archived else "vicidial_list"
        self._filter = plan.filter_of(query)
        self._rest = plan.beyond(self._filter, plan.keyset_of(query))

    async def page(self) -> list[Row]:
        """Rows of COLUMNS: one more than the limit, where there are more.

        Raises: StatementTooSlow.
        """
        try:
            if plan.by_phone(self._query):
                return await self._page_by_phone()
            return await self._rows(await self._newest_hint(), "lead_id DESC", self._rest)
        except UnknownName:
            if self._archived:  # an installation may have no archive
                return []
            raise

    async def _page_by_phone(self) -> list[Row]:
        query = self._query
        order = "phone_number, lead_id DESC"
        if (
            "phone_number" not in query
            and "status" in query
            and await self._are_few("list_status", ("list_id", "status"))
        ):
            return await self._rows(self._hint("FORCE INDEX (list_status)"), order, self._rest)
        index = "list_phone" if "list_id" in query else "phone_number"
        hint = self._hint(f"FORCE INDEX ({index})")
        # The numbers of the page first, in the order of the index: no prefix is sorted whole.
        numbers = await self._fetch(
            f"SELECT phone_number FROM {self._table} {hint} {self._rest.where}"  # noqa: S608
            " ORDER BY phone_number LIMIT %s",
            *self._rest.params,
            query["limit"] + 1,
        )
        if not numbers:
            return []
        last = numbers[-1][0]
        return await self._rows(hint, order, self._rest.also("phone_number <= %s", last))

    async def _newest_hint(self) -> str:
        """How the newest leads are read best: backwards by id, or by scan and sort."""
        query = self._query
        if "status" in query and await self._are_few("status", ("status",)):
            return self._hint("FORCE INDEX (status)")
        if plan.has_text(query):
            return self._hint(plan.SCAN)
        return self._hint("FORCE INDEX (PRIMARY)")

    async def _are_few(self, index: str, columns: tuple[str, ...]) -> bool:
        """Whether the index finds at most FEW rows, counted on the index alone."""
        same = " AND ".join(f"{column} = %s" for column in columns)
        hint = self._hint(f"FORCE INDEX ({index})")
        ((count,),) = await self._fetch(
            f"SELECT COUNT(*) FROM (SELECT 1 FROM {self._table} {hint} WHERE {same}"  # noqa: S608
            f" LIMIT {FEW + 1}) AS few",
            *[self._query[column] for column in columns],
        )
        return bool(count <= FEW)

    async def _rows(self, hint: str, order: str, found: Filter) -> list[Row]:
        return await self._db.fetch_wide(
            COLUMNS,
            f"FROM {self._table} {hint} {found.where} ORDER BY {order} LIMIT %s",
            *found.params,
            self._query["limit"] + 1,
            limit_s=SEARCH_SECONDS,
        )

    async def _fetch(self, sql: str, *params: Any) -> list[Row]:
        return await self._db.fetch_all(limited(sql, SEARCH_SECONDS), *params)

    def _hint(self, hint: str) -> str:
        """The hint, but for an archive: who made it by hand may have left out indexes."""
        return "" if self._archived else hint
