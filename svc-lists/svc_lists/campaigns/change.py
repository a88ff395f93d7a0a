"""Changing a campaign (contract: PUT /campaigns/{campaign_id})."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import Conflict, NotFound
from dialkit.journal import Journal, journaled
from dialkit.references import settled
from dialkit.tokens import Caller

from svc_lists.campaigns import dial_statuses, store
from svc_lists.campaigns.level import check_levels
from svc_lists.campaigns.schemas import NO_FILTER
from svc_lists.campaigns.store import Campaign
from svc_lists.references import Thing

_TRIES = 5
_LEVELS = ("auto_dial_level", "adaptive_maximum_level")


async def find(db: Queries, campaign_id: str) -> Campaign:
    """The campaign. Raises: NotFound."""
    campaign = await store.find_campaign(db, campaign_id)
    if campaign is None:
        raise NotFound("Campaign not found")
    return campaign


async def checked(db: Queries, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, with ids as the database spells them. Raises: InvalidInput."""
    levels = {name: fields[name] for name in _LEVELS if name in fields}
    if levels:
        check_levels(levels, await store.find_level_limit(db))
    named = {"local_call_time": Thing.CALL_TIME}
    if fields.get("lead_filter_id") != NO_FILTER:
        named["lead_filter_id"] = Thing.FILTER
    return await settled(db, fields, named)


async def change(
    db: Database, caller: Caller, now: Moment, campaign: Campaign, fields: Mapping[str, Any]
) -> None:
    """Set the fields, and log it. Raises: InvalidInput, NotFound, Conflict."""
    columns = {**fields, "campaign_changedate": now.sql}
    edits = {
        edit: columns.pop(name)
        for edit, name in [("add", "dial_status_add"), ("remove", "dial_status_remove")]
        if name in columns
    }
    for _ in range(_TRIES):
        if edits:
            columns["dial_statuses"] = dial_statuses.changed(campaign.dial_statuses, **edits)
        if await _write(db, caller, now, campaign, columns, guarded=bool(edits)):
            return
        # Read outside of the transaction, which on InnoDB would go on seeing the old statuses.
        campaign = await find(db, campaign.campaign_id)
    raise Conflict("Campaign is being changed, try again")


async def _write(
    db: Database,
    caller: Caller,
    now: Moment,
    campaign: Campaign,
    columns: Mapping[str, Any],
    *,
    guarded: bool,
) -> bool:
    campaign_id = campaign.campaign_id

    async def work(journal: Journal) -> bool:
        if not await store.change_campaign(journal, campaign, columns, same_statuses=guarded):
            return False
        await journal.log(
            "CAMPAIGNS", "MODIFY", campaign_id, "ADMIN API UPDATE CAMPAIGN",
            f"campaign: {campaign_id}",
        )  # fmt: skip
        return True

    return await journaled(db, caller, now, work)
