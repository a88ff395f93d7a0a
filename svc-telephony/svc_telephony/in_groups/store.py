"""SQL of in-groups.

Reads vicidial_inbound_groups, vicidial_auto_calls, vicidial_live_inbound_agents,
vicidial_live_agents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from dialkit.collation import folded
from dialkit.db import Queries

from svc_telephony.in_groups.states import CONNECTED_LENGTH, AgentFacts


class InGroup(NamedTuple):
    """An in-group: its columns; `web_form` is `web_form_address`."""

    group_id: str
    group_name: str | None
    group_color: str | None
    active: str | None
    web_form: str | None
    call_time_id: str | None
    queue_priority: int | None
    group_handling: str | None
    user_group: str | None


class Calls(NamedTuple):
    """How many calls there are, and how many of them wait for an agent."""

    total: int = 0
    waiting: int = 0


async def list_in_groups(db: Queries, active: str) -> list[InGroup]:
    """In-groups by id; `active` is Y, N or ALL."""
    rows = await db.fetch_wide(
        "group_id, group_name, group_color, active, web_form_address, call_time_id,"
        " queue_priority, group_handling, user_group",
        "FROM vicidial_inbound_groups WHERE %s IN ('ALL', active) ORDER BY group_id",
        active,
    )
    return list(map(InGroup._make, rows))


async def list_names(db: Queries, group_ids: Sequence[str]) -> dict[str, str | None]:
    """The names of those in-groups, or of all active ones, by id."""
    where, params = ("group_id IN %s", [list(group_ids)]) if group_ids else ("active = 'Y'", [])
    rows = await db.fetch_all(
        f"SELECT group_id, group_name FROM vicidial_inbound_groups WHERE {where} ORDER BY group_id",  # noqa: S608
        *params,
    )
    return dict(rows)


async def count_calls(db: Queries, group_ids: Sequence[str]) -> defaultdict[str, Calls]:
    """The calls of each in-group, by its folded id."""
    rows = await db.fetch_all(
        """
        SELECT campaign_id, COUNT(*), COUNT(IF(status = 'LIVE', 1, NULL))
        FROM vicidial_auto_calls
        WHERE campaign_id IN %s
        GROUP BY campaign_id
        """,
        list(group_ids),
    )
    found = {folded(group_id): Calls(*numbers) for group_id, *numbers in rows}
    return defaultdict(Calls, found)


async def count_agents(db: Queries, group_ids: Sequence[str]) -> list[tuple[str, AgentFacts, int]]:
    """How many agents who are alike each in-group has; of one's rows the newest counts.

    The server counts them: agents times in-groups may be a hundred thousand.
    """
    rows = await db.fetch_all(
        """
        SELECT i.group_id, l.status, l.lead_id > 0 AS has_lead, l.comments,
            (
                SELECT LEAST(%s, GREATEST(CHAR_LENGTH(COALESCE(c.uniqueid, '')),
                    CHAR_LENGTH(COALESCE(c.channel, ''))))
                FROM vicidial_auto_calls AS c
                WHERE c.callerid = l.callerid AND c.callerid <> ''
                ORDER BY c.auto_call_id
                LIMIT 1
            ) AS call_length,
            COUNT(*)
        FROM vicidial_live_inbound_agents AS i
        JOIN vicidial_live_agents AS l ON l.user = i.user
        WHERE i.group_id IN %s
            AND NOT EXISTS (
                SELECT 1
                FROM vicidial_live_agents AS n
                WHERE n.user = l.user
                    AND (n.last_update_time, n.live_agent_id)
                        > (l.last_update_time, l.live_agent_id)
            )
        GROUP BY i.group_id, l.status, has_lead, l.comments, call_length
        """,
        CONNECTED_LENGTH,  # all that are as long are alike
        list(group_ids),
    )
    return [(group_id, AgentFacts(*facts), number) for group_id, *facts, number in rows]
