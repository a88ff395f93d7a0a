"""Remote agents, made, changed and read back."""

from typing import Any

from support.apps import Users
from support.database import TestDatabase

_COLUMNS = (
    "remote_agent_id", "user_start", "status", "server_ip", "number_of_lines", "campaign_id",
    "closer_campaigns", "conf_exten",
)  # fmt: skip


def make_remote_agent(db: TestDatabase, user_start: str | None = "2424", **columns: Any) -> int:
    """A stopped remote agent of one line on 10.0.0.5; its `remote_agent_id`."""
    defaults = {"status": "INACTIVE", "server_ip": "10.0.0.5", "number_of_lines": 1,
                "campaign_id": "TESTCAMP", "closer_campaigns": " OLD -",
                "conf_exten": "8300"}  # fmt: skip
    return db.insert("vicidial_remote_agents", user_start=user_start, **defaults | columns)


def remote_agents(db: TestDatabase) -> list[dict[str, Any]]:
    """All remote agents, by `remote_agent_id`."""
    rows = db.rows(
        f"SELECT {', '.join(_COLUMNS)} FROM vicidial_remote_agents ORDER BY remote_agent_id"
    )
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


async def change(users: Users, login: str = "2424", /, **fields: Any) -> tuple[int, Any]:
    """PUT /api/v1/remote-agents/{agent_id}: the status, and the answer."""
    response = await users.put(f"/api/v1/remote-agents/{login}", json=fields)
    return response.status, await response.json()


def changed(agent_id: str = "2424") -> tuple[int, Any]:
    """What a change is answered with."""
    message = "Remote agent updated successfully"
    return 200, {"success": True, "message": message, "data": {"agent_id": agent_id}}
