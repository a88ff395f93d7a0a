"""SQL of the channels that are up.

Reads live_sip_channels, live_channels. They are in memory, without an index, and hold what is up
now: some hundred rows.
"""

from __future__ import annotations

from typing import NamedTuple

from dialkit.db import Queries
from dialkit.sql import identifier

# Of each kind, by the name that it has in answers.
_UP = {"client": "FROM live_sip_channels", "trunk": "FROM live_channels"}
KINDS = tuple(_UP)
_MOST = 10_000
_ORDER = "server_ip, channel, extension"


class Channel(NamedTuple):
    """A channel as the dialer sees it; its kind is `channel_type`."""

    channel: str
    server_ip: str
    channel_group: str | None
    extension: str | None
    channel_data: str | None
    channel_type: str


async def list_channels(
    db: Queries, kinds: tuple[str, ...], only: tuple[tuple[str, str], ...]
) -> list[Channel]:
    """Channels of these kinds, those alone that have these values: `(("server_ip", "..."),)`."""
    where = " AND ".join(["TRUE", *(f"{identifier(column)} = %s" for column, _ in only)])
    # The server puts both kinds in order: only it knows how its collation does.
    selects = [
        f"(SELECT channel, server_ip, channel_group, extension, channel_data,"
        f" '{kind}' AS channel_type {_UP[kind]} WHERE {where} ORDER BY {_ORDER} LIMIT {_MOST})"
        for kind in kinds
    ]
    rows = await db.fetch_wide(
        ", ".join(Channel._fields),
        f"FROM ({' UNION ALL '.join(selects)}) AS up ORDER BY {_ORDER}, channel_type",
        *[value for _, value in only] * len(kinds),
    )
    return list(map(Channel._make, rows))
