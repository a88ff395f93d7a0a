"""What the endpoints of agents at work answer."""

from typing import Any

from support.apps import Users

LOGGED_IN = "/api/v1/users/logged-in"
STATUS = "/api/v1/agents/status"
GROUPS = "/api/v1/user-groups/status"


async def shown(users: Users, url: str, **query: str) -> list[dict[str, Any]]:
    """The rows of the answer."""
    response = await users.get(url, params=query)
    assert response.status == 200
    return list((await response.json())["data"])


async def logins_shown(users: Users, url: str, **query: str) -> list[str]:
    """The agents of the answer, by their logins."""
    return [agent["user"] for agent in await shown(users, url, **query)]


async def bad_fields(users: Users, url: str) -> list[str]:
    """The fields that a 400 names."""
    response = await users.get(url)
    assert response.status == 400
    return list((await response.json())["details"])
