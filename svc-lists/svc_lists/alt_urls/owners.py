"""The columns that say `ALT` where several URLs stand in for one (contract: "Alternate URLs").

Reads vicidial_campaigns, vicidial_inbound_groups, vicidial_lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from dialkit.db import Queries
from dialkit.sql import identifier

_LIST_ID = re.compile(r"[0-9]{1,19}\Z")


class OwnerKind(NamedTuple):
    """What has URLs: its name in errors, its table and key, and its section of VICIdial's log."""

    name: str
    table: str
    key: str
    section: str


_CAMPAIGN = OwnerKind("Campaign", "vicidial_campaigns", "campaign_id", "CAMPAIGNS")
_IN_GROUP = OwnerKind("In-group", "vicidial_inbound_groups", "group_id", "INGROUPS")
_LIST = OwnerKind("List", "vicidial_lists", "list_id", "LISTS")


class UrlColumn(NamedTuple):
    """The column of an owner that must say `ALT`."""

    kind: OwnerKind
    name: str


# By `entry_type` and `url_type`.
URL_COLUMNS: Mapping[tuple[str, str], UrlColumn] = {
    ("campaign", "dispo"): UrlColumn(_CAMPAIGN, "dispo_call_url"),
    ("campaign", "start"): UrlColumn(_CAMPAIGN, "start_call_url"),
    ("campaign", "noagent"): UrlColumn(_CAMPAIGN, "na_call_url"),
    ("ingroup", "dispo"): UrlColumn(_IN_GROUP, "dispo_call_url"),
    ("ingroup", "start"): UrlColumn(_IN_GROUP, "start_call_url"),
    ("ingroup", "noagent"): UrlColumn(_IN_GROUP, "na_call_url"),
    ("ingroup", "addlead"): UrlColumn(_IN_GROUP, "add_lead_url"),
    ("list", "noagent"): UrlColumn(_LIST, "na_call_url"),
}


class Owner(NamedTuple):
    """A campaign, in-group or list as the database spells its id, and whether it says `ALT`."""

    owner_id: str
    says_alt: bool


async def find_owner(db: Queries, column: UrlColumn, owner_id: str) -> Owner | None:
    """The campaign, in-group or list of that id, or None."""
    kind, key = column.kind, identifier(column.kind.key)
    # The server would take `101x` for the number 101.
    if kind is _LIST and not _LIST_ID.match(owner_id):
        return None
    row = await db.fetch_one(
        f"""
        SELECT {key}, {identifier(column.name)} = 'ALT'
        FROM {identifier(kind.table)}
        WHERE {key} = %s
        """,  # noqa: S608
        int(owner_id) if kind is _LIST else owner_id,
    )
    return Owner(str(row[0]), bool(row[1])) if row else None
