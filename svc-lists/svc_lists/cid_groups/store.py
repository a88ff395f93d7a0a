"""SQL of the CID groups; a group's entries may be a campaign's own.

Writes vicidial_campaign_cid_areacodes, vicidial_cid_groups.

Left alone the server would now and then sort an owner's entries, or go through all owners' (and
lock them), for one chunk: the hints say which index has what a Span asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dialkit.clock import Moment
from dialkit.db import Queries, Row
from dialkit.db_errors import DuplicateKey
from dialkit.references import find as find_references
from dialkit.sql import assignments

from svc_lists.campaigns.store import stamp_campaign
from svc_lists.cid_groups.span import Span
from svc_lists.references import Thing


class Owner(NamedTuple):
    """Whose entries they are: its id as the database spells it."""

    id: str
    is_group: bool


async def find_owner(db: Queries, name: str) -> Owner | None:
    """The CID group of that id, else the campaign."""
    asked = {"group": (Thing.CID_GROUP, name), "campaign": (Thing.CAMPAIGN, name)}
    found = await find_references(db, asked)
    owner_id = found.get("group", found.get("campaign"))
    return None if owner_id is None else Owner(owner_id, is_group="group" in found)


async def list_entries(db: Queries, span: Span, limit: int) -> list[Row]:
    """Area code, number, active, description and calls of the first entries, in order."""
    where, params = span.where()
    return await db.fetch_wide(
        "areacode, outbound_cid, active, cid_description, call_count_today",
        f"""
        FROM vicidial_campaign_cid_areacodes FORCE INDEX (campareacode)
        WHERE {where}
        ORDER BY {span.order()}
        LIMIT %s
        """,
        *params,
        limit,
    )


async def add_entry(db: Queries, owner: Owner, entry: Mapping[str, str]) -> bool:
    """Add an entry; False when it was there already."""
    columns = ("areacode", "outbound_cid", "active", "cid_description")
    values = {"campaign_id": owner.id} | {column: entry[column] for column in columns}
    try:
        await db.insert("vicidial_campaign_cid_areacodes", values)
    except DuplicateKey:
        return False
    return True


async def change_entries(db: Queries, span: Span, changes: Mapping[str, str]) -> int:
    """Change entries alike; how many those were."""
    where, params = span.where()
    return await db.execute(
        f"""
        UPDATE vicidial_campaign_cid_areacodes FORCE INDEX (campareacode)
        SET {assignments(changes)}
        WHERE {where}
        """,  # noqa: S608
        *changes.values(),
        *params,
    )


async def delete_entries(db: Queries, span: Span) -> int:
    """Delete entries; how many those were."""
    where, params = span.where()
    return await db.execute(
        f"""
        DELETE entries
        FROM vicidial_campaign_cid_areacodes AS entries FORCE INDEX (campareacode)
        WHERE {where}
        """,
        *params,
    )


async def stamp(db: Queries, owner: Owner, now: Moment) -> None:
    """Date the owner's last change."""
    if not owner.is_group:
        await stamp_campaign(db, owner.id, now)
        return
    await db.execute(
        "UPDATE vicidial_cid_groups SET modify_stamp = %s WHERE cid_group_id = %s",
        now.sql,
        owner.id,
    )
