"""What a change of a log entry must find in the database (contract: PUT /log-entries)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries
from dialkit.errors import InvalidInput
from dialkit.references import Reference, find

from svc_reports.call_rows.store import LogRow
from svc_reports.log_entries import store
from svc_reports.references import Thing


async def checked_references(db: Queries, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, the user group as the database spells it. Raises: InvalidInput."""
    group, user_group = fields.get("group"), fields.get("user_group")
    wanted: dict[str, tuple[Reference, str]] = {}
    if group:
        wanted |= {"in_group": (Thing.IN_GROUP, group), "campaign": (Thing.CAMPAIGN, group)}
    if user_group:
        wanted |= {"user_group": (Thing.USER_GROUP, user_group)}
    found = await find(db, wanted)

    missing = {}
    if group and not found.keys() & {"in_group", "campaign"}:
        missing["group"] = ["No such campaign or in-group"]
    if user_group and "user_group" not in found:
        missing["user_group"] = ["No such user group"]
    if missing:
        raise InvalidInput(missing)
    return {**fields, "user_group": found["user_group"]} if user_group else dict(fields)


async def known_status(db: Queries, entry: LogRow, status: str) -> str:
    """The status as its definition spells it. Raises: InvalidInput where the call can have none."""
    known = await store.find_system_status(db, status)
    if known is None:
        # Agents of every campaign that takes an in-group give its calls the statuses of their own.
        of_any = entry.closecallid is not None
        known = await store.find_campaign_status(db, status, entry.campaign_id, of_any=of_any)
    if known is None:
        raise InvalidInput({"status": ["Unknown status for this entry"]})
    return known
