"""SQL of servers, of which there are a handful.

Writes servers, system_settings.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialkit.clock import Moment
from dialkit.db import Queries


async def list_addresses(db: Queries, server_ip: str | None) -> list[str]:
    """The addresses of all servers, by `server_id`; only that one, if given."""
    rows = await db.fetch_all(
        """
        SELECT server_ip
        FROM servers
        WHERE server_ip = COALESCE(%s, server_ip)
        ORDER BY server_id
        """,
        server_ip,
    )
    return [address for (address,) in rows]


async def stamp_reload(db: Queries, now: Moment) -> None:
    """Let conf files that are made from now on differ from those that are there."""
    await db.execute("UPDATE system_settings SET reload_timestamp = %s", now.sql)


async def order_rebuild(db: Queries, addresses: Sequence[str]) -> None:
    """Let servers make their conf files anew."""
    if addresses:
        await db.execute(
            "UPDATE servers SET rebuild_conf_files = 'Y' WHERE server_ip IN %s", list(addresses)
        )
