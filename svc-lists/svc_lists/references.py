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
    """What can be referred to: its name in errors, its table, and its key there."""

    CAMPAIGN = ("Campaign", "vicidial_campaigns", "campaign_id")
    SCRIPT = ("Script", "vicidial_scripts", "script_id")
    IN_GROUP = ("In-group", "vicidial_inbound_groups", "group_id")
    CALL_TIME = ("Call time", "vicidial_call_times", "call_time_id")
    FILTER = ("Lead filter", "vicidial_lead_filters", "lead_filter_id")
    FILTER_GROUP = ("Filter phone group", "vicidial_filter_phone_groups", "filter_phone_group_id")
    CID_GROUP = ("CID group", "vicidial_cid_groups", "cid_group_id")


async def find(db: Queries, wanted: Mapping[str, tuple[Thing, str]]) -> dict[str, str]:
    """The ids that exist, by field: `{"script": (Thing.SCRIPT, "generic")}`."""
    if not wanted:
        return {}
    selects, params = [], []
    for field, (thing, value) in wanted.items():
        _, table, key = thing.value
        selects.append(f"SELECT %s, {key} FROM {table} WHERE {key} = %s")  # noqa: S608
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
