"""SQL of the hopper.

Writes vicidial_hopper; reads vicidial_list, vicidial_lists, vicidial_auto_calls,
vicidial_live_agents.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from dialkit.db import Queries, Row

# What the dialer has in hand, or has decided; taking leads out leaves these alone.
_KEPT = ("INCALL", "DONE", "HOLD", "DNC")
# The column may be NULL, which no keyset would find again.
_PRIORITY = "COALESCE(priority, 0)"
_DIALED_COLUMNS = "lead_id, list_id, status, phone_number, gmt_offset_now, state"
ENTRY_COLUMNS = (
    "hopper_id, lead_id, campaign_id, status, user, list_id, priority, alt_dial, source, state, "
    "gmt_offset_now, vendor_lead_code"
)


class DialedLead(NamedTuple):
    """What decides whether a lead may be dialed."""

    lead_id: int
    list_id: int
    status: str | None
    phone_number: str
    gmt_offset_now: float | None
    state: str | None


async def find_dialed_leads(db: Queries, lead_ids: Collection[int]) -> dict[int, DialedLead]:
    """The leads that exist, by id."""
    rows = await db.fetch_all(
        f"SELECT {_DIALED_COLUMNS} FROM vicidial_list WHERE lead_id IN %s",  # noqa: S608
        list(lead_ids),
    )
    return {row[0]: DialedLead(*row) for row in rows}


async def list_leads_in_call(db: Queries, lead_ids: Collection[int]) -> set[int]:
    """Which of the leads are being called or talked to at this moment."""
    rows = await db.fetch_all(
        """
        SELECT lead_id FROM vicidial_auto_calls WHERE lead_id IN %s
        UNION
        SELECT lead_id FROM vicidial_live_agents WHERE lead_id IN %s
        """,
        list(lead_ids),
        list(lead_ids),
    )
    return {row[0] for row in rows}


async def list_leads_in_hopper(db: Queries, lead_ids: Collection[int]) -> set[int]:
    """Which of the leads have a row in the hopper, of any campaign and status."""
    rows = await db.fetch_all(
        "SELECT lead_id FROM vicidial_hopper WHERE lead_id IN %s", list(lead_ids)
    )
    return {row[0] for row in rows}


async def add_leads(db: Queries, lead_ids: Sequence[int], *, priority: int) -> dict[int, int]:
    """Put leads in, in that order; the new hopper_id by lead_id (none: it was in by then).

    One statement: the table lock that it takes makes it atomic against the hopper loader.
    """
    result = await db.run(
        """
        INSERT INTO vicidial_hopper (lead_id, campaign_id, status, user, list_id, gmt_offset_now,
            state, priority, source, vendor_lead_code)
        SELECT d.lead_id, l.campaign_id, 'READY', '', d.list_id, COALESCE(d.gmt_offset_now, 0),
            COALESCE(d.state, ''), %s, 'P', COALESCE(d.vendor_lead_code, '')
        FROM vicidial_list AS d
        JOIN vicidial_lists AS l ON l.list_id = d.list_id
        WHERE d.lead_id IN %s
            AND NOT EXISTS (SELECT 1 FROM vicidial_hopper AS h WHERE h.lead_id = d.lead_id)
        ORDER BY FIELD(d.lead_id, %s)
        """.replace("FIELD(d.lead_id, %s)", f"FIELD(d.lead_id{', %s' * len(lead_ids)})"),
        [priority, list(lead_ids), *lead_ids],
        read=False,
    )
    if not result.matched:
        return {}
    rows = await db.fetch_all(
        "SELECT lead_id, hopper_id FROM vicidial_hopper WHERE hopper_id >= %s AND lead_id IN %s",
        result.last_id,
        list(lead_ids),
    )
    return dict(rows)


async def remove_leads(
    db: Queries, lead_ids: Collection[int], *, stays: tuple[str, int] | None = None
) -> int:
    """Take leads out that the dialer has not in hand; rows taken out.

    `stays`: the rows of that campaign and list are left.
    """
    keep = ""
    params: list[Any] = []
    if stays:
        keep, params = "AND NOT (campaign_id = %s AND list_id = %s)", list(stays)
    return await db.execute(
        f"DELETE FROM vicidial_hopper WHERE lead_id IN %s AND status NOT IN %s {keep}",  # noqa: S608
        list(lead_ids),
        list(_KEPT),
        *params,
    )


async def delete_leads(db: Queries, lead_ids: Collection[int]) -> None:
    """Delete all rows of leads that are deleted themselves."""
    await db.execute("DELETE FROM vicidial_hopper WHERE lead_id IN %s", list(lead_ids))


async def list_entries(
    db: Queries, campaign_id: str, *, status: str, limit: int, after: tuple[int, int] | None
) -> list[Row]:
    """Rows of the campaign, ENTRY_COLUMNS, highest priority first; `after` is (priority, id).

    No index on campaign_id: a MEMORY table of some thousand rows.
    """
    where: list[str] = ["campaign_id = %s"]
    params: list[Any] = [campaign_id]
    if status != "ALL":
        where.append("status = %s")
        params.append(status)
    if after:
        where.append(f"({_PRIORITY} < %s OR ({_PRIORITY} = %s AND hopper_id > %s))")
        params += [after[0], after[0], after[1]]
    return await db.fetch_wide(
        ENTRY_COLUMNS,
        f"""
        FROM vicidial_hopper
        WHERE {" AND ".join(where)}
        ORDER BY {_PRIORITY} DESC, hopper_id
        LIMIT %s
        """,
        *params,
        limit,
    )


_LEAD_COLUMNS = (
    "lead_id, phone_number, first_name, last_name, phone_code, status, called_count, "
    "`rank`, source_id, entry_date, last_local_call_time"
)
NO_LEAD: Row = (None,) * 11


async def find_leads_of_entries(db: Queries, lead_ids: Collection[int]) -> dict[int, Row]:
    """What the hopper list shows of its leads, by lead_id: _LEAD_COLUMNS."""
    rows = await db.fetch_wide(
        _LEAD_COLUMNS, "FROM vicidial_list WHERE lead_id IN %s", list(lead_ids)
    )
    return {row[0]: row for row in rows}
