"""SQL of agents at work (contract: users.md, "Real-time status", a to h).

Reads vicidial_live_agents, vicidial_users, vicidial_agent_log, parked_channels,
vicidial_auto_calls, vicidial_live_chats, vicidial_chat_log, vicidial_list, vicidial_user_log.
Caller ids and logins are folded, in arguments and in keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dialkit.collation import folded
from dialkit.db import Queries, Row
from dialkit.sql import chunks

from svc_users.live.filters import Selection
from svc_users.live.rows import Agent, Call, Lead

_AT_ONCE = 1000
_OF_USER = ("user", "full_name", "user_group", "user_level")
_AGENT = ", ".join(f"{'u' if name in _OF_USER else 'l'}.{name}" for name in Agent._fields)


async def list_agents(db: Queries, selection: Selection) -> list[Agent]:
    """The selected agents, by login; who has several sessions comes again."""
    conditions = {
        "l.campaign_id IN %s": sorted(selection.campaigns) or None,
        "u.user_group IN %s": sorted(selection.user_groups) or None,
        "l.user = %s": selection.agent_user,
    }
    used = {condition: value for condition, value in conditions.items() if value is not None}
    rows = await db.fetch_wide(
        _AGENT,
        f"""
        FROM vicidial_live_agents AS l
        JOIN vicidial_users AS u ON u.user = l.user
        WHERE {" AND ".join(used) or "TRUE"}
        ORDER BY l.user, l.live_agent_id
        """,
        *used.values(),
    )
    return list(map(Agent._make, rows))


async def list_pause_codes(db: Queries, log_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """The pause codes of rows of the agent log, by its id and the login that it is about."""
    rows = await _by_chunks(
        db,
        "agent_log_id, user, sub_status",
        "FROM vicidial_agent_log WHERE agent_log_id IN %s",
        log_ids,
    )
    return {(log_id, folded(user or "")): code or "" for log_id, user, code in rows}


async def list_parked(db: Queries) -> set[str]:
    """The caller ids of all parked calls."""
    rows = await db.fetch_all("SELECT channel_group FROM parked_channels")
    return {folded(caller_id or "") for (caller_id,) in rows} - {""}


async def list_calls(db: Queries, caller_ids: Iterable[str]) -> dict[str, Call]:
    """The live calls with those caller ids; of several the first."""
    rows = await _by_chunks(
        db,
        "callerid, uniqueid, channel, phone_number",
        "FROM vicidial_auto_calls WHERE callerid IN %s ORDER BY auto_call_id DESC",
        caller_ids,
    )
    return {folded(caller_id): Call(*call) for caller_id, *call in rows}


async def list_shared_leads(db: Queries, lead_ids: Iterable[int]) -> set[int]:
    """Those leads that more than one agent, of all there are, is in a call with."""
    rows = await _by_chunks(
        db,
        "lead_id",
        """
        FROM vicidial_live_agents
        WHERE lead_id IN %s AND status = 'INCALL'
        GROUP BY lead_id
        HAVING COUNT(*) > 1
        """,
        lead_ids,
    )
    return {lead_id for (lead_id,) in rows}


async def list_chats(db: Queries, lead_ids: Iterable[int]) -> dict[tuple[str, int], str]:
    """The id of the latest chat of each agent with each of the leads, by login and lead."""
    rows = await _by_chunks(
        db,
        "chat_creator, lead_id, chat_id",
        "FROM vicidial_live_chats WHERE lead_id IN %s ORDER BY chat_start_time, chat_id",
        lead_ids,
    )
    return {(folded(creator or ""), lead_id): str(chat_id) for creator, lead_id, chat_id in rows}


async def list_left_chats(db: Queries, chat_ids: Iterable[str]) -> set[str]:
    """Those chats that somebody has left; ids as text, which alone finds the index."""
    rows = await _by_chunks(
        db,
        "chat_id",
        "FROM vicidial_chat_log WHERE chat_id IN %s AND message LIKE %s",
        chat_ids,
        "%has left chat",
    )
    return {chat_id for (chat_id,) in rows}


async def list_leads(db: Queries, lead_ids: Iterable[int]) -> dict[int, Lead]:
    """The leads, by id."""
    rows = await _by_chunks(
        db,
        "lead_id, vendor_lead_code, phone_number",
        "FROM vicidial_list WHERE lead_id IN %s",
        lead_ids,
    )
    return {lead_id: Lead(*lead) for lead_id, *lead in rows}


async def list_login_addresses(
    db: Queries, users: Iterable[str], since: str
) -> dict[str, str | None]:
    """The address of each user's last login since then."""
    # Users have logins of years, and without statistics the server would read them all.
    rows = await _by_chunks(
        db,
        "user, computer_ip",
        """
        FROM vicidial_user_log FORCE INDEX (event_date)
        WHERE user IN %s AND event = 'LOGIN' AND event_date >= %s
        ORDER BY user_log_id
        """,
        users,
        since,
    )
    return {folded(user): address for user, address in rows}


async def _by_chunks(
    db: Queries, columns: str, rest: str, values: Iterable[Any], *params: Any
) -> list[Row]:
    """Rows of a statement whose first parameter is a list, in parts; nothing for an empty one."""
    rows: list[Row] = []
    for chunk in chunks(sorted(set(values)), _AT_ONCE):
        rows += await db.fetch_wide(columns, rest, chunk, *params)
    return rows
