"""Changing many leads alike (contract: PUT /leads/batch)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import InvalidInput, NothingToUpdate
from dialkit.sql import chunks

from svc_leads.hopper import store as hopper
from svc_leads.leads import place, store
from svc_leads.leads.columns import request_columns
from svc_leads.limits import CHUNK
from svc_leads.lists import find_lists
from svc_leads.timezone.methods import method_of_list
from svc_leads.timezone.offset import ZoneKey
from svc_leads.timezone.table import ZoneTable, load_chunk_zones, load_zone_table


class BatchChange(NamedTuple):
    """What to set in all the leads, and whether they leave the hopper."""

    columns: dict[str, Any]
    dial_code: str | None
    leaves_hopper: bool
    stays: tuple[str, int] | None


async def prepare(db: Database, fields: dict[str, Any]) -> BatchChange:
    """Check what a request asks of the leads. Raises: InvalidInput, BadRequest."""
    list_row = await place.check_lists(db, fields)
    code = place.changed_dial_code(fields)
    _settle_alt_phone(fields, code)
    columns = request_columns(fields)
    if code:
        columns["phone_code"] = code
    if fields["reset_lead"] == "Y":
        columns["called_since_last_reset"] = "N"
    leaves = fields["remove_from_hopper"] == "Y"
    if not columns and not leaves:
        raise NothingToUpdate
    stays = None
    if not leaves and list_row and list_row.campaign_id:
        stays = (list_row.campaign_id, list_row.list_id)
    return BatchChange(columns, code, leaves or "list_id" in fields, stays)


def _settle_alt_phone(fields: dict[str, Any], code: str | None) -> None:
    if fields.get("alt_phone", "").startswith("+") and code is None:
        raise InvalidInput({"alt_phone": ["Begins with +: give phone_code"]})
    place.settle_numbers(fields, code or "")


async def change_all(
    db: Database, lead_ids: list[int], batch: BatchChange, now: Moment
) -> tuple[int, list[int]]:
    """How many of the leads were found, and those that were not."""
    zones = await load_zone_table(db, now.utc) if _needs_offsets(batch) else None
    updated = 0
    for chunk in chunks(sorted(lead_ids), CHUNK):
        updated += await _change_chunk(db, chunk, batch, zones)
    missing = await _list_missing(db, lead_ids) if updated < len(lead_ids) else []
    return updated, missing


def _needs_offsets(batch: BatchChange) -> bool:
    return batch.dial_code is not None and "gmt_offset_now" not in batch.columns


async def _change_chunk(
    db: Database, chunk: list[int], batch: BatchChange, zones: ZoneTable | None
) -> int:
    async def work(connection: Queries) -> int:
        updated = 0
        if zones:
            groups = await _offsets(connection, chunk, batch, zones)
            for offset, lead_ids in groups.items():
                columns = batch.columns | {"gmt_offset_now": offset}
                updated += await store.change_leads(connection, lead_ids, columns)
        elif batch.columns:
            updated = await store.change_leads(connection, chunk, batch.columns)
        else:
            updated = len(await store.list_existing(connection, chunk))
        if batch.leaves_hopper:
            await hopper.remove_leads(connection, chunk, stays=batch.stays)
        return updated

    alone = zones is None and not batch.leaves_hopper
    return await (work(db) if alone else db.in_transaction(work))


async def _offsets(
    db: Queries, chunk: list[int], batch: BatchChange, zones: ZoneTable
) -> Mapping[float, list[int]]:
    """The leads of the chunk by the offset that the new phone code gives them."""
    new = batch.columns
    moved_to: int | None = new.get("list_id")
    leads = {}
    rows = await store.list_zone_columns(db, chunk)
    lists = await find_lists(db, {moved_to or row[1] for row in rows}) if rows else {}
    for lead_id, old_list_id, number, *old in rows:
        where = (new.get(name, value) or "" for name, value in zip(_PLACE, old, strict=True))
        row = lists.get(moved_to or old_list_id)
        key = ZoneKey(batch.dial_code or "", number, *where)
        leads[lead_id] = (key, method_of_list(row.tz_method if row else None))
    around = await load_chunk_zones(db, leads.values())
    groups: defaultdict[float, list[int]] = defaultdict(list)
    for lead_id, (key, method) in leads.items():
        groups[zones.gmt_offset(key, method, around)].append(lead_id)
    return groups


_PLACE = ("country_code", "state", "postal_code", "owner")


async def _list_missing(db: Database, lead_ids: list[int]) -> list[int]:
    found: set[int] = set()
    for chunk in chunks(lead_ids, CHUNK):
        found |= await store.list_existing(db, chunk)
    return [lead_id for lead_id in lead_ids if lead_id not in found]
