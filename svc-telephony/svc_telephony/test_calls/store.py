"""SQL of test calls.

Writes vicidial_auto_calls, vicidial_user_dial_log, user_call_log; reads vicidial_campaigns,
vicidial_lists, servers, vicidial_cid_groups, vicidial_campaign_cid_areacodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Queries

from svc_telephony.dial_queue.headers import last_unbroken
from svc_telephony.dial_queue.store import Call
from svc_telephony.test_calls.caller_ids import OWN, area_codes
from svc_telephony.test_calls.rows import CAMPAIGN_TEXTS, SERVER_TEXTS, Campaign, Server

# The state of every test lead.
_STATE = "IL"
# Also for 0, which is no list: svc-leads would refuse the lead.
_STANDARD_LIST_ID = 998


async def find_campaign(db: Queries, campaign_id: str) -> Campaign | None:
    """The campaign with the list of its manual calls."""
    rows = await db.fetch_wide(
        """
        c.campaign_id, c.campaign_name, c.active, c.dial_timeout, c.omit_phone_code,
        COALESCE(NULLIF(c.manual_dial_list_id, 0), %s),
        c.cid_group_id, c.cid_group_id_two, c.use_custom_cid, l.cid_group_id,
        c.campaign_vdad_exten, c.dial_prefix, c.campaign_cid, l.dial_prefix, l.campaign_cid_override
        """,
        """
        FROM vicidial_campaigns AS c
        LEFT JOIN vicidial_lists AS l ON l.list_id = COALESCE(NULLIF(c.manual_dial_list_id, 0), %s)
        WHERE c.campaign_id = %s
        """,
        _STANDARD_LIST_ID,
        _STANDARD_LIST_ID,
        campaign_id,
    )
    return Campaign._make(last_unbroken(rows[0], CAMPAIGN_TEXTS)) if rows else None


async def find_server(db: Queries, server_ip: str | None) -> Server | None:
    """The server of that address, or the first of all, if it can place calls."""
    row = await db.fetch_one(
        """
        SELECT server_id, server_ip, asterisk_version, routing_prefix, ext_context,
            answer_transfer_agent
        FROM servers
        WHERE active = 'Y' AND active_asterisk_server = 'Y' AND server_ip = COALESCE(%s, server_ip)
        ORDER BY server_id
        LIMIT 1
        """,
        server_ip,
    )
    return Server._make(last_unbroken(row, SERVER_TEXTS)) if row else None


async def list_entries(db: Queries, groups: Mapping[str, str], phone_number: str) -> dict[str, str]:
    """The number that each CID group shows to this one, by the source that names the group."""
    selects, params = [], list[Any]()
    for source, group in groups.items():
        fits = [area_codes(phone_number)] if source == OWN else [_STATE, area_codes(phone_number)]
        selects.append(f"({_OF_CAMPAIGN if source == OWN else _OF_GROUP})")
        params += [source, group, *fits]
    rows = await db.fetch_all(" UNION ALL ".join(selects), *params)
    return {source: number or "" for source, number in rows}


_OF_GROUP = """
    SELECT %s, e.outbound_cid
    FROM vicidial_cid_groups AS g
    JOIN vicidial_campaign_cid_areacodes AS e ON e.campaign_id = g.cid_group_id
    WHERE g.cid_group_id = %s AND e.active = 'Y'
        AND CASE g.cid_group_type
            WHEN 'NONE' THEN TRUE
            WHEN 'STATE' THEN e.areacode = %s
            ELSE e.areacode IN %s
        END
    ORDER BY IF(g.cid_group_type IN ('NONE', 'STATE'), 0, e.areacode + 0) DESC,
        e.call_count_today, e.outbound_cid
    LIMIT 1
"""
_OF_CAMPAIGN = """
    SELECT %s, outbound_cid
    FROM vicidial_campaign_cid_areacodes
    WHERE campaign_id = %s AND active = 'Y' AND areacode IN %s
    ORDER BY areacode + 0 DESC, call_count_today, outbound_cid
    LIMIT 1
"""


async def log_user_dial(db: Queries, now: Moment, call: Call, user: str) -> None:
    """Write down who had the call placed."""
    await db.insert(
        "vicidial_user_dial_log",
        {
            "caller_code": call.caller_code,
            "user": user,
            "call_date": now.sql,
            "call_type": "M",
            "notes": "API test call CAMPAIGN_TEST",
        },
    )


async def log_user_call(db: Queries, values: dict[str, Any]) -> None:
    """Write down the call among those that users have placed."""
    await db.insert("user_call_log", {**values, "group_alias_id": "", "preset_name": ""})


async def add_live_call(db: Queries, values: dict[str, Any]) -> None:
    """Note the call among those under way: an answered one is looked up there."""
    constants = {
        "status": "SENT",
        "call_type": "OUT",
        "alt_dial": "MAIN",
        "queue_priority": 99,
    }
    await db.insert("vicidial_auto_calls", values | constants)


async def remove_live_call(db: Queries, code: str) -> None:
    """Take the call out of those under way."""
    await db.execute("DELETE FROM vicidial_auto_calls WHERE callerid = %s", code)
