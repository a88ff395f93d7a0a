"""An import from its first row to its last, or to what stops it (contract: POST /leads/bulk)."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Collection, Mapping, Sequence
from contextlib import aclosing
from typing import Any

import structlog
from dialkit.audit import Change, write_admin_log
from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import ApiError, Conflict, TooSlow, Unavailable
from dialkit.tokens import Caller

from svc_leads.bulk.ahead import one_ahead
from svc_leads.bulk.formats import Format
from svc_leads.bulk.prepare import Known, Preparer
from svc_leads.bulk.reading import RawRow, in_chunks
from svc_leads.bulk.remembered import Remembered
from svc_leads.bulk.results import Results
from svc_leads.bulk.rows import Row
from svc_leads.bulk.write import ChunkWriter
from svc_leads.custom_values import values as custom_values
from svc_leads.custom_values.definitions import Definition
from svc_leads.custom_values.store import are_enabled
from svc_leads.leads import place, store
from svc_leads.lists import find_lists
from svc_leads.phone.checks import need_nanpa_data
from svc_leads.timezone.table import load_zone_table

log = structlog.get_logger("bulk")

_COUNTED = {
    "added": "added",
    "duplicate": "duplicates",
    "dnc": "dnc",
    "invalid": "invalid",
}


class Import:
    """Rows are checked while those before them are written, chunk by chunk."""

    def __init__(
        self, db: Database, options: Mapping[str, Any], known: Known, caller: Caller, now: Moment
    ) -> None:
        self._db = db
        self._options = options
        self._caller = caller
        self._now = now
        self._custom_enabled = known.custom_enabled
        self._preparer = Preparer(options, known, tag=caller.tag, now=now)
        self._writer = ChunkWriter(db, options, known, now)
        self._of_list: dict[int, Counter[str]] = {}
        self.counts = dict.fromkeys(("rows", *_COUNTED.values(), "in_hopper"), 0)

    async def run(
        self, rows: AsyncIterator[RawRow], form: Format, results: Results
    ) -> ApiError | None:
        """Import the rows; what has stopped that, if anything has."""
        stopped = await self._attempt(self._import(rows, form, results))
        unlogged = await self._attempt(self._write_logs())
        return stopped or unlogged

    async def _attempt(self, work: Awaitable[None]) -> ApiError | None:
        text = "Import stopped after row {}"
        try:
            await work
        except (Unavailable, TooSlow) as error:
            return type(error)(...)
        except ApiError as error:
            return error
        except Exception:
            log.exception("unforeseen error")
