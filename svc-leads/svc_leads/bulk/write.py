"""Writing a chunk (contract: steps 3 to 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Connection, Database, Queries
from dialkit.sql import chunks

from svc_leads.bulk.custom import write_values
from svc_leads.bulk.duplicates import Checks, Repeated
from svc_leads.bulk.known import Known
from svc_leads.bulk.prepare import good
from svc_leads.bulk.rows import Row, invalid
from svc_leads.duplicates.check import duplicate_lock
from svc_leads.hopper import store as hopper
from svc_leads.hopper.admission import Admission, admit
from svc_leads.leads import alt_phones, store
from svc_leads.leads.columns import LEAD_COLUMNS

_COLUMNS = [column for column in LEAD_COLUMNS if column not in {"lead_id", "modify_date"}]
_values = itemgetter(*_COLUMNS)
_ALT_PHONES_A_STATEMENT = 2500


class ChunkWriter:
    """Adds the rows that nothing speaks against; what is written for a row comes hopper last."""

    def __init__(self, db: Database, options: Mapping[str, Any], known: Known, now: Moment) -> None:
        self._db = db
        self._known = known
        self._now = now
        self._dry = options["dry_run"] == "Y"
        self._duplicates = Checks(options["duplicate_check"], known.lists, now)
        self._locks = bool(options["duplicate_check"]) and not self._dry
        hopper_asked = options["add_to_hopper"] == "Y"
        self._admission = Admission.from_fields(options) if hopper_asked else None

    async def write(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """The rows' results, in order."""
        new = good(rows)
        outcomes = {row.number: row.refusal for row in rows if row.refusal}
        if new:
            outcomes |= await self._add_apart(new)
        return [{"row": row.number} | outcomes[row.number] for row in rows]

    async def _add_apart(self, rows: Sequence[Row]) -> dict[int, dict[str, Any]]:
        """Outcomes by row number, in a transaction; where duplicates are looked for, locked."""

        async def work(connection: Connection) -> dict[int, dict[str, Any]]:
            return await self._add_new(connection, rows)

        if self._locks:
            async with duplicate_lock(self._db) as connection:
                return await connection.in_transaction(work)
        return await self._db.in_transaction(work)

    async def _add_new(self, db: Queries, rows: Sequence[Row]) -> dict[int, dict[str, Any]]:
        repeated = await self._duplicates.find(db, rows)
        new = [row for row in rows if row.number not in repeated]
        outcomes = await self._add(db, new) if new else {}
        ids = {number: outcome.get("lead_id") for number, outcome in outcomes.items()}
        refused = {number for number, outcome in outcomes.items() if outcome["result"] == "invalid"}
        again = [
            row for row in rows if row.number in repeated and repeated[row.number].row_of in refused
        ]
        outcomes |= {number: _shown(hit, ids) for number, hit in repeated.items()}
        return outcomes | (await self._add_new(db, again) if again else {})

    async def _add(self, db: Queries, rows: Sequence[Row]) -> dict[int, dict[str, Any]]:
        if self._dry:
            return {row.number: {"result": "added"} for row in rows}
        first = await db.insert_many(store.LEADS, _COLUMNS, [_values(row.columns) for row in rows])
        leads = {first + place * self._known.id_step: row for place, row in enumerate(rows)}
        values = {lead_id: row.custom for lead_id, row in leads.items() if row.custom}
        refused = await write_values(db, values, self._known.definitions)
        if refused:
            await store.delete_leads(db, list(refused))
            await hopper.delete_leads(db, list(refused))
        added = {lead_id: row for lead_id, row in leads.items() if lead_id not in refused}
        await _add_alt_phones(db, added)
        outcomes = {
            row.number: {"result": "added", "lead_id": lead_id} for lead_id, row in added.items()
        }
        if self._admission and added:
            outcome = await admit(db, list(added), self._admission, self._now)
            for lead_id, row in added.items():
                outcomes[row.number]["hopper"] = outcome.reasons.get(lead_id, "added")
        return outcomes | {leads[id_].number: invalid(errors) for id_, errors in refused.items()}


async def _add_alt_phones(db: Queries, leads: Mapping[int, Row]) -> None:
    rows = [
        entry
        for lead_id, row in leads.items()
        for entry in alt_phones.rows_of(lead_id, row.alt_phones)
    ]
    for some in chunks(rows, _ALT_PHONES_A_STATEMENT):
        await alt_phones.add(db, some)


def _shown(hit: Repeated, ids: Mapping[int, int | None]) -> dict[str, Any]:
    """The result of a row that repeats another; in a dry run earlier rows have no lead_id."""
    result: dict[str, Any] = {"result": "duplicate", "check": hit.check}
    if hit.row_of is None:
        return result | {"lead_id": hit.lead_id, "list_id": hit.list_id}
    result["row_of"] = hit.row_of
    if ids.get(hit.row_of):
        result["lead_id"] = ids[hit.row_of]
    return result | {"list_id": hit.list_id}
