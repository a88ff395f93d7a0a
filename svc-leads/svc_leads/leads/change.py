"""Changing or moving one lead (contract: PUT /leads/{lead_id})."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.clock import Clock, Moment
from dialkit.db import Database, Queries
from dialkit.errors import NotFound, NothingToUpdate

from svc_leads.callbacks import plan as callbacks
from svc_leads.callbacks import store as callback_store
from svc_leads.callbacks.store import OpenCallback
from svc_leads.custom_values import values as custom_values
from svc_leads.custom_values.values import Checked
from svc_leads.hopper import store as hopper
from svc_leads.hopper.admission import Admission
from svc_leads.leads import place, store
from svc_leads.leads.add import into_hopper
from svc_leads.leads.columns import request_columns
from svc_leads.lists import ListRow, find_lists

_ZONE_FIELDS = {
    "phone_number",
    "phone_code",
    "list_id",
    "state",
    "postal_code",
    "owner",
}


class PreparedChange(NamedTuple):
    """A change that may be made."""

    columns: dict[str, Any]
    moved: bool
    stays: tuple[str, int] | None
    list_id: int
    custom: Checked | None
    delete_custom_of: int | None
    callback: dict[str, Any] | None
    open_callback: OpenCallback | None
    fields: Mapping[str, Any]


async def prepare(
    db: Queries, lead_id: int, fields: dict[str, Any], clock: Clock, now: Moment
) -> PreparedChange:
    """Check all that a request asks of a lead. Raises: NotFound, InvalidInput, Conflict."""
    lead = await store.find_place(db, lead_id)
    if lead is None:
        raise NotFound("Lead not found")
    list_row = await place.check_lists(db, fields)
    code = place.changed_dial_code(fields)
    place.settle_numbers(fields, code or lead["phone_code"] or "")
    custom = await _check_custom_values(db, lead, fields)
    callback, found = await _plan_callback(db, lead, fields, clock, now, list_row)
    columns = request_columns(fields)
    if code:
        columns["phone_code"] = code
    columns |= _implied_columns(fields, custom, callback)
    if not columns and not _acts(fields):
        raise NothingToUpdate
    if _changes_zone(fields, code):
        columns["gmt_offset_now"] = await _offset(db, lead | columns, fields, list_row, now)
    return PreparedChange(
        columns=columns,
        moved="list_id" in fields and fields["list_id"] != lead["list_id"],
        stays=_hopper_place(list_row),
        list_id=columns.get("list_id", lead["list_id"]),
        custom=custom,
        delete_custom_of=_old_table(lead) if fields["delete_cf_data"] == "Y" else None,
        callback=callback,
        open_callback=found,
        fields=fields,
    )


async def change(
    db: Database, lead_id: int, prepared: PreparedChange, now: Moment
) -> dict[str, Any]:
    """Make a prepared change; what the answer says only when asked for. Raises: NotFound."""

    async def work(connection: Queries) -> dict[str, Any]:
        return await _write(connection, lead_id, prepared, now)

    alone = not (_acts(prepared.fields) or prepared.custom or "list_id" in prepared.fields)
    return await (work(db) if alone else db.in_transaction(work))


async def _write(
    db: Queries, lead_id: int, prepared: PreparedChange, now: Moment
) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if prepared.custom:
        await custom_values.write(db, lead_id, prepared.custom)
        extras["custom_fields"] = await custom_values.read(db, prepared.custom.list_id, lead_id)
    if prepared.delete_custom_of:
        await custom_values.delete(db, prepared.delete_custom_of, lead_id)
    if prepared.columns and not await store.change_leads(db, [lead_id], prepared.columns):
        raise NotFound("Lead not found")
    removed = 0
    if prepared.moved or prepared.stays:
        # After a crash a repeat finds the lead moved: only what is its new list's own row stays.
        removed = await hopper.remove_leads(db, [lead_id], stays=prepared.stays)
    extras |= await _write_callback(db, lead_id, prepared)
    return extras | await _write_hopper(db, lead_id, prepared.fields, now, removed=removed)


async def _write_callback(db: Queries, lead_id: int, prepared: PreparedChange) -> dict[str, Any]:
    if prepared.callback:
        callback_id = await callbacks.write(
            db, lead_id, prepared.list_id, prepared.callback, prepared.open_callback
        )
        return {"callback_id": callback_id}
    if prepared.fields["callback"] == "REMOVE":
        return {"callbacks_removed": await callback_store.archive_all(db, lead_id)}
    return {}


async def _write_hopper(
    db: Queries, lead_id: int, fields: Mapping[str, Any], now: Moment, *, removed: int
) -> dict[str, Any]:
    """`removed`: rows that a move to another list has taken out already."""
    if fields["remove_from_hopper"] == "Y":
        removed += await hopper.remove_leads(db, [lead_id])
        return {"hopper": {"removed": removed > 0}}
    if fields["add_to_hopper"] == "Y":
        admission = Admission.from_fields(fields)
        return {"hopper": await into_hopper(db, lead_id, admission, now)}
    return {}


def _acts(fields: Mapping[str, Any]) -> bool:
    """Whether the request does something beside setting columns."""
    flags = ("delete_cf_data", "add_to_hopper", "remove_from_hopper")
    return fields["callback"] != "N" or any(fields[name] == "Y" for name in flags)


def _implied_columns(
    fields: Mapping[str, Any], custom: Checked | None, callback: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Columns that follow from what else is asked."""
    columns: dict[str, Any] = {}
    if fields["reset_lead"] == "Y":
        columns["called_since_last_reset"] = "N"
    if custom:
        columns["entry_list_id"] = custom.list_id
    if fields["delete_cf_data"] == "Y":
        columns["entry_list_id"] = 0
    if callback and "status" not in fields:
        columns["status"] = callbacks.HELD
    return columns


def _changes_zone(fields: Mapping[str, Any], code: str | None) -> bool:
    if "gmt_offset_now" in fields:
        return False
    return code is not None or "tz_method" in fields or not _ZONE_FIELDS.isdisjoint(fields)


async def _offset(
    db: Queries,
    lead: Mapping[str, Any],
    fields: Mapping[str, Any],
    list_row: ListRow | None,
    now: Moment,
) -> float:
    tz_method = fields.get("tz_method")
    if tz_method is None and "list_id" not in fields:
        list_row = (await find_lists(db, [lead["list_id"]])).get(lead["list_id"])
    return await place.offset_of(db, lead, place.Zoned(tz_method, list_row), now)


def _hopper_place(list_row: ListRow | None) -> tuple[str, int] | None:
    """Campaign and list of the hopper rows that a move to that list leaves."""
    if list_row is None or list_row.campaign_id is None:
        return None
    return list_row.campaign_id, list_row.list_id


def _old_table(lead: Mapping[str, Any]) -> int:
    return custom_values.table_list(None, lead["entry_list_id"], lead["list_id"])


async def _check_custom_values(
    db: Queries, lead: Mapping[str, Any], fields: Mapping[str, Any]
) -> Checked | None:
    if "custom_fields" not in fields:
        return None
    list_id = custom_values.table_list(
        fields.get("entry_list_id"), lead["entry_list_id"], fields.get("list_id", lead["list_id"])
    )
    return await custom_values.check(
        db, list_id, fields["custom_fields"], clean=fields["clean_text"] == "Y"
    )


async def _plan_callback(
    db: Queries,
    lead: Mapping[str, Any],
    fields: Mapping[str, Any],
    clock: Clock,
    now: Moment,
    list_row: ListRow | None,
) -> tuple[dict[str, Any] | None, OpenCallback | None]:
    campaign = await place.check_campaign(db, fields)
    if fields["callback"] != "Y":
        return None, None
    found = await callback_store.find_open(db, lead["lead_id"])
    if found:
        changed = await callbacks.changed_callback(
            db, fields, clock, now, found=found, campaign=campaign
        )
        return changed, found
    if "list_id" not in fields:
        list_row = (await find_lists(db, [lead["list_id"]])).get(lead["list_id"])
    new = await callbacks.new_callback(db, fields, clock, now, list_row=list_row, campaign=campaign)
    return new, None
