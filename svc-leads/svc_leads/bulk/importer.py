"""An import from its first row to its last, or to what stops it (contract: POST /leads/bulk)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

import structlog
from dialkit.audit import Change, write_admin_log
from dialkit.clock import Moment
from dialkit.db import Database
from dialkit.errors import ApiError, Conflict, TooSlow, Unavailable
from dialkit.tokens import Caller

from svc_leads.bulk.ahead import one_ahead
from svc_leads.bulk.formats import Format
from svc_leads.bulk.known import Known
from svc_leads.bulk.prepare import Preparer
from svc_leads.bulk.reading import RawRow, in_chunks
from svc_leads.bulk.results import Results
from svc_leads.bulk.rows import Row
from svc_leads.bulk.write import ChunkWriter
from svc_leads.custom_values.values import NOT_ENABLED

log = structlog.get_logger("bulk")

_COUNTED = {"added": "added", "duplicate": "duplicates", "dnc": "dnc", "invalid": "invalid"}


class Import:
    """Rows of one request; they are checked while those before them are written."""

    def __init__(
        self, db: Database, options: Mapping[str, Any], known: Known, caller: Caller, now: Moment
    ) -> None:
        self._db = db
        self._options = options
        self._known = known
        self._caller = caller
        self._now = now
        self._preparer = Preparer(options, known, tag=caller.tag, now=now)
        self._writer = ChunkWriter(db, options, known, now)
        self._of_list: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.counts = dict.fromkeys(("rows", *_COUNTED.values(), "in_hopper"), 0)
        self.results = Results()

    async def run(self, rows: AsyncIterator[RawRow], form: Format) -> ApiError | None:
        """Import the rows; what has stopped that, if anything has."""
        stopped = await self._attempt(self._import(rows, form))
        unlogged = await self._attempt(self._write_logs())
        return stopped or unlogged

    async def _attempt(self, work: Awaitable[None]) -> ApiError | None:
        try:
            await work
        except (Unavailable, TooSlow) as error:
            error.message = self._stopped
            return error
        except ApiError as error:
            return error
        except Exception:
            log.exception("unforeseen error in an import", row=self.counts["rows"])
            return ApiError(self._stopped)
        return None

    @property
    def _stopped(self) -> str:
        return f"Import stopped after row {self.counts['rows']}"

    async def _import(self, rows: AsyncIterator[RawRow], form: Format) -> None:
        async with aclosing(one_ahead(self._prepared(rows, form))) as chunks:
            async for chunk in chunks:
                await self._note(chunk, await self._writer.write(chunk))

    async def _prepared(
        self, rows: AsyncIterator[RawRow], form: Format
    ) -> AsyncIterator[list[Row]]:
        async for chunk in in_chunks(rows):
            if form.names_custom_fields and not self._known.custom_enabled:
                raise Conflict(NOT_ENABLED)
            yield await self._preparer.prepare(self._db, chunk)

    async def _note(self, rows: Sequence[Row], results: Sequence[Mapping[str, Any]]) -> None:
        for row, result in zip(rows, results, strict=True):
            self.counts["rows"] += 1
            self.counts[_COUNTED[result["result"]]] += 1
            self.counts["in_hopper"] += result.get("hopper") == "added"
            if row.list_row:
                self._of_list[row.list_row.list_id][result["result"]] += 1
        await self.results.add([result for result in results if self._is_listed(result)])

    def _is_listed(self, result: Mapping[str, Any]) -> bool:
        added = result["result"] == "added"
        return self._options["results"] in (("all",) if added else ("all", "errors"))

    async def _write_logs(self) -> None:
        if self._options["dry_run"] == "Y":
            return
        for list_id, results in sorted(self._of_list.items()):
            added, total = results["added"], results.total()
            notes = f"GOOD: {added}, BAD: {total - added}, TOTAL: {total}"
            change = Change("LISTS", "LOAD", list_id, "ADMIN API LOAD LIST", notes)
            await write_admin_log(self._db, self._caller, self._now, change)
