"""Answers of services, as tests ask for them and compare them."""

from typing import Any

from support.apps import Service
from yarl import URL

# The status, and the envelope.
Answer = tuple[int, Any]


async def sent(client: Service, method: str, url: str | URL, json: object) -> Answer:
    """What is answered to a JSON body."""
    response = await client.request(method, url, json=json)
    return response.status, await response.json()


async def asked(client: Service, url: str | URL, query: Any = None, **parameters: Any) -> Answer:
    """What is answered to a GET with these parameters."""
    response = await client.get(url, params=query or parameters)
    return response.status, await response.json()


async def told(client: Service, url: str | URL, query: Any = None, **parameters: Any) -> Any:
    """The data of the answer to a GET, which is a success."""
    status, envelope = await asked(client, url, query, **parameters)
    assert status == 200, envelope
    return envelope["data"]


def done(message: str, data: object) -> Answer:
    """A success."""
    return 200, {"success": True, "message": message, "data": data}


def refused(status: int, error: str) -> Answer:
    """A refusal that says no more than why."""
    return status, {"success": False, "error": error}


def invalid(field: str, why: str) -> Answer:
    """A refusal of one field."""
    error = f"Invalid parameters: {field}: {why}"
    return 400, {"success": False, "error": error, "details": {field: [why]}}


def named(answer: Answer) -> list[str]:
    """The fields that a 400 names."""
    status, envelope = answer
    assert status == 400, envelope
    return list(envelope["details"])
