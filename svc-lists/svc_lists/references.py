"""Rows that a request refers to, found with one statement and spelled as the database does.

Reads vicidial_campaigns, vicidial_scripts, vicidial_inbound_groups, vicidial_call_times,
vicidial_lead_filters, vicidial_filter_phone_groups, vicidial_cid_groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from dialkit.db import Queries
from dialkit.errors import InvalidInput


class Thing(Enum):
    """What can be referred to: its name in errors, and its key."""

    CAMPAIGN = ("Campaign", "campaign_id FROM vicidial_campaigns WHERE campaign_id")
    SCRIPT = ("Script", "script_id FROM vicidial_scripts WHERE script_id")
    IN_GROUP = ("In-group", "group_id FROM vicidial_inbound_groups WHERE group_id")
    CALL_TIME = ("Call time", "call_time_id FROM vicidial_call_times WHERE call_time_id")
    FILTER = ("Lead filter", "lead_filter_id FROM vicidial_lead_filters WHERE lead_filter_id")
    FILTER_GROUP = (
        "Filter phone group",
        "filter_phone_group_id FROM vicidial_filter_phone_groups WHERE filter_phone_group_id",
    )
    CID_GROUP = ("CID group", "cid_group_id FROM vicidial_cid_groups WHERE cid_group_id")


async def find(db: Queries, wanted: Mapping[str, tuple[Thing, str]]) -> dict[str, str]:
    """The ids that exist, by field: `{"script": (Thing.SCRIPT, "generic")}`."""
    if not wanted:
        return {}
    selects, params = [], []
    for field, (thing, value) in wanted.items():
        selects.append(f"SELECT %s, {thing.value[1]} = %s")
        params += [field, value]
    return dict(await db.fetch_all(" UNION ALL ".join(selects), *params))


async def spelled(db: Queries, wanted: Mapping[str, tuple[Thing, str]]) -> dict[str, str]:
    """The ids by field, as the database spells them. Raises: InvalidInput for those missing."""
    found = await find(db, wanted)
    missing = {
        field: [f"{thing.value[0]} not found"]
        for field, (thing, _) in wanted.items()
        if field not in found
    }
    if missing:
        raise InvalidInput(missing)
    return found
