"""Adding one lead: all that can be refused is checked before the first write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.clock import Clock, Moment
from dialkit.db import Connection, Database, Queries
from dialkit.errors import Conflict, InvalidInput
from marshmallow import ValidationError

from svc_leads.callbacks import plan as callbacks
from svc_leads.custom_values import values as custom_values
from svc_leads.custom_values.values import Checked
from svc_leads.dnc.checks import INTERNAL, DncRules, find_listed
from svc_leads.duplicates.check import DuplicateRules, duplicate_lock, scope_of
from svc_leads.hopper.admission import Admission, admit
from svc_leads.leads import alt_phones, place, store
from svc_leads.leads.columns import new_lead_columns
from svc_leads.lists import Campaign, ListRow
from svc_leads.phone.checks import find_fault
from svc_leads.timezone import store as zones


class PreparedLead(NamedTuple):
    """A lead that may be added, and what comes with it."""

    columns: dict[str, Any]
    duplicates: DuplicateRules
    custom: Checked | None
    alt_phones: list[tuple[str, str, str]]
    callback: dict[str, Any] | None
    admission: Admission | None
    now: Moment

    @property
    def writes(self) -> int:
        """How many tables it goes into."""
        return 1 + sum(map(bool, (self.custom, self.alt_phones, self.callback, self.admission)))


class Added(NamedTuple):
    """The new lead's id, and what the answer says only when asked for."""

    lead_id: int
    extras: dict[str, Any]


async def prepare(
    db: Queries, fields: dict[str, Any], clock: Clock, now: Moment, tag: str
) -> PreparedLead:
    """Check all that a request for a new lead asks. Raises: InvalidInput, Conflict."""
    list_row = await place.check_lists(db, fields)
    campaign = await place.check_campaign(db, fields)
    do_not_call = dnc_rules(fields, list_row, campaign)
    code = await place.new_dial_code(db, fields)
    place.settle_dialing(fields, code)
    more_numbers = settled_alt_phones(fields, code)
    callback = await _plan_callback(db, fields, clock, now, list_row, campaign)
    await _check_number(db, fields)
    custom = await _check_custom_values(db, fields)
    await _refuse_listed(db, fields["phone_number"], do_not_call)
    columns = await _columns(db, fields, list_row, now, tag)
    scope = await scope_of(db, fields["duplicate_check"], fields["list_id"], list_row)
    duplicates = DuplicateRules(fields["duplicate_check"], columns, scope, now)
    await duplicates.refuse_slow(db)
    admission = Admission.from_fields(fields) if fields["add_to_hopper"] == "Y" else None
    return PreparedLead(columns, duplicates, custom, more_numbers, callback, admission, now)


async def add(db: Database, lead: PreparedLead) -> Added:
    """Write a prepared lead, and what comes with it; the hopper last.

    Raises: Conflict, Unavailable; InvalidInput where the custom table has changed meanwhile, whose
    `data` then names the lead that was added without its values.
    """
    try:
        return await _add(db, lead)
    except (InvalidInput, Conflict) as error:
        if error.data and not await store.has_lead(db, error.data["lead_id"]):
            error.data = None  # the transaction took it back
        raise


async def _add(db: Database, lead: PreparedLead) -> Added:
    async def work(connection: Connection) -> Added:
        await lead.duplicates.refuse_indexed(connection)
        return await _write(connection, lead)

    if lead.duplicates.modes:
        async with duplicate_lock(db) as connection:
            return await connection.in_transaction(work)
    if lead.writes > 1:
        return await db.in_transaction(work)
    return await _write(db, lead)


async def _write(db: Queries, lead: PreparedLead) -> Added:
    lead_id = await store.add_lead(db, lead.columns)
    extras: dict[str, Any] = {}
    if lead.custom:
        try:
            await custom_values.write(db, lead_id, lead.custom)
        except (InvalidInput, Conflict) as error:
            error.data = {"lead_id": lead_id}
            raise
        extras["custom_fields"] = await custom_values.read(db, lead.custom.list_id, lead_id)
    if lead.alt_phones:
        await alt_phones.add(db, alt_phones.rows_of(lead_id, lead.alt_phones))
        extras["alt_phones"] = len(lead.alt_phones)
    if lead.callback:
        extras["callback_id"] = await callbacks.write(
            db, lead_id, lead.columns["list_id"], lead.callback, None
        )
    if lead.admission:
        extras["hopper"] = await into_hopper(db, lead_id, lead.admission, lead.now)
    return Added(lead_id, extras)


async def into_hopper(
    db: Queries, lead_id: int, admission: Admission, now: Moment
) -> dict[str, Any]:
    """Put one lead into the hopper; what the answer says of it."""
    outcome = await admit(db, [lead_id], admission, now)
    if lead_id in outcome.hopper_ids:
        return {"added": True, "hopper_id": outcome.hopper_ids[lead_id]}
    return {"added": False, "reason": outcome.reasons[lead_id]}


async def _check_number(db: Queries, fields: Mapping[str, Any]) -> None:
    fault = await find_fault(db, fields["phone_number"], fields)
    if fault:
        raise InvalidInput({"phone_number": [fault]})


async def _refuse_listed(db: Queries, number: str, rules: DncRules) -> None:
    listed = await find_listed(db, [number], rules)
    if number in listed:
        which = "DNC list" if listed[number] == INTERNAL else "campaign DNC list"
        raise Conflict(f"Phone number is in the {which}")


def dnc_rules(
    fields: Mapping[str, Any], list_row: ListRow | None, campaign: Campaign | None
) -> DncRules:
    """Which lists a request wants asked. Raises: InvalidInput, where no campaign is known."""
    dnc_campaign = ""
    if campaign:
        dnc_campaign = campaign.dnc_campaign
    elif list_row:
        dnc_campaign = list_row.dnc_campaign
    if fields["campaign_dnc_check"] != "N" and not dnc_campaign:
        raise InvalidInput({"campaign_id": ["Required"]})
    return DncRules(fields["dnc_check"], fields["campaign_dnc_check"], dnc_campaign)


def settled_alt_phones(fields: Mapping[str, Any], code: str) -> list[tuple[str, str, str]]:
    """(code, number, note) of each further number. Raises: InvalidInput."""
    try:
        return alt_phones.settled(fields.get("alt_phones", ()), code)
    except ValidationError as error:
        raise InvalidInput({"alt_phones": error.messages_dict}) from None


async def _check_custom_values(db: Queries, fields: Mapping[str, Any]) -> Checked | None:
    if "custom_fields" not in fields:
        return None
    list_id = custom_values.table_list(fields.get("entry_list_id"), 0, fields["list_id"])
    return await custom_values.check(
        db, list_id, fields["custom_fields"], clean=fields["clean_text"] == "Y"
    )


async def _plan_callback(
    db: Queries,
    fields: dict[str, Any],
    clock: Clock,
    now: Moment,
    list_row: ListRow | None,
    campaign: Campaign | None,
) -> dict[str, Any] | None:
    if fields["callback"] != "Y":
        return None
    fields.setdefault("status", callbacks.HELD)
    return await callbacks.new_callback(
        db, fields, clock, now, list_row=list_row, campaign=campaign
    )


async def _columns(
    db: Queries, fields: dict[str, Any], list_row: ListRow | None, now: Moment, tag: str
) -> dict[str, Any]:
    if fields["lookup_state"] == "Y" and not fields.get("state"):
        fields["state"] = await zones.find_state(db, fields["phone_code"], fields["phone_number"])
    if "custom_fields" in fields and not fields.get("entry_list_id"):
        fields["entry_list_id"] = fields["list_id"]
    columns = new_lead_columns(fields, tag=tag, now=now.sql)
    if "gmt_offset_now" not in columns:
        zoned = place.Zoned(fields.get("tz_method"), list_row)
        columns["gmt_offset_now"] = await place.offset_of(db, columns, zoned, now)
    return columns
