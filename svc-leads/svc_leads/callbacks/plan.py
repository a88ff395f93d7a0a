"""What a request means for a lead's callback (contract: "Callbacks")."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from dialkit.clock import SQL_FORMAT, Clock, Moment
from dialkit.db import Queries
from dialkit.errors import InvalidInput

from svc_leads.callbacks import store
from svc_leads.callbacks.store import OpenCallback
from svc_leads.lists import Campaign, ListRow, find_user

HELD = "CBHOLD"


async def new_callback(
    db: Queries,
    fields: Mapping[str, Any],
    clock: Clock,
    now: Moment,
    *,
    list_row: ListRow | None,
    campaign: Campaign | None,
) -> dict[str, Any]:
    """The columns of a new callback, all but `lead_id` and `list_id`. Raises: InvalidInput."""
    if "callback_datetime" not in fields:
        raise InvalidInput({"callback_datetime": ["Required with callback=Y"]})
    campaign_id = campaign.campaign_id if campaign else list_row and list_row.campaign_id
    if not campaign_id:
        raise InvalidInput({"campaign_id": ["Required"]})
    recipient = fields.get("callback_type", "ANYONE")
    return {
        "campaign_id": campaign_id,
        "status": "ACTIVE",
        "entry_time": now.sql,
        "callback_time": callback_time(fields["callback_datetime"], clock, now),
        "recipient": recipient,
        "comments": fields.get("callback_comments", ""),
        "lead_status": fields.get("callback_status", "CALLBK"),
        **await _recipient_columns(db, recipient, fields.get("callback_user")),
    }


async def changed_callback(
    db: Queries,
    fields: Mapping[str, Any],
    clock: Clock,
    now: Moment,
    *,
    found: OpenCallback,
    campaign: Campaign | None,
) -> dict[str, Any]:
    """The columns that a request changes in a callback that is there. Raises: InvalidInput."""
    columns: dict[str, Any] = {"status": "ACTIVE", "entry_time": now.sql}
    if "callback_datetime" in fields:
        columns["callback_time"] = callback_time(fields["callback_datetime"], clock, now)
    if "callback_status" in fields:
        columns["lead_status"] = fields["callback_status"]
    if "callback_comments" in fields:
        columns["comments"] = fields["callback_comments"]
    if campaign:
        columns["campaign_id"] = campaign.campaign_id
    if "list_id" in fields:
        columns["list_id"] = fields["list_id"]
    if "callback_type" in fields or "callback_user" in fields:
        recipient = fields.get("callback_type") or found.recipient or "ANYONE"
        columns["recipient"] = recipient
        columns |= await _recipient_columns(db, recipient, fields.get("callback_user"))
    return columns


def callback_time(value: str | datetime, clock: Clock, now: Moment) -> str:
    """The time that `NOW`, `<n>DAYS` or a date-time means, as the database keeps it."""
    if isinstance(value, datetime):
        return clock.to_local(value).strftime(SQL_FORMAT)
    days = 0 if value == "NOW" else int(value.removesuffix("DAYS"))
    return (now.local + timedelta(days=days)).strftime(SQL_FORMAT)


async def _recipient_columns(db: Queries, recipient: str, login: str | None) -> dict[str, str]:
    if recipient == "ANYONE":
        if login:
            raise InvalidInput({"callback_user": ["Only with callback_type=USERONLY"]})
        return {"user": "", "user_group": ""}
    if not login:
        raise InvalidInput({"callback_user": ["Required with callback_type=USERONLY"]})
    user = await find_user(db, login)
    if user is None:
        raise InvalidInput({"callback_user": ["User not found"]})
    return {"user": user[0], "user_group": user[1]}


async def write(
    db: Queries, lead_id: int, list_id: int, columns: Mapping[str, Any], found: OpenCallback | None
) -> int:
    """Add the callback, or change the one that is there; its id."""
    if found is None:
        return await store.add(db, {"lead_id": lead_id, "list_id": list_id, **columns})
    await store.change(db, found.callback_id, columns)
    return found.callback_id
