"""What is measured."""

import json
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, NamedTuple

from load.client import MakeRequest, http_request

LEADS = 100_000
LIST_ID = 101
# Beside the list of the leads: campaigns of lists with some leads each.
CAMPAIGNS = 20
LISTS_EACH = 20
LEADS_EACH = 25
AGENTS = 200
IN_GROUPS = 50
FIRST_LIST = 1000
ALL = ("suite", "handler", "handler+proxy")


class Operation(NamedTuple):
    """One kind of request; `path` and `body` from the request's number."""

    name: str
    method: str
    path: Callable[[int], str]
    body: Callable[[int], Mapping[str, Any]] | None = None
    targets: tuple[str, ...] = ALL

    def request(self, headers: Mapping[str, str]) -> MakeRequest:
        """Makes the bytes of request number n."""

        def make(number: int) -> bytes:
            body = json.dumps(self.body(number)).encode() if self.body else b""
            return http_request(self.method, self.path(number), body, **headers)

        return make


def _lead(number: int) -> int:
    """Some lead: spread over the table, the same in every run."""
    return number * 7919 % LEADS + 1


def _new_lead(number: int) -> dict[str, Any]:
    return {
        "list_id": LIST_ID,
        "phone_number": f"212{number % 10_000_000:07d}",
        "first_name": "John",
        "last_name": f"Doe {number}",
        "address1": "123 Main St",
        "city": "New York",
        "state": "NY",
        "postal_code": "10001",
        "email": f"john{number}@example.com",
        "comments": "VIP customer",
    }


def _batch(number: int) -> dict[str, Any]:
    return {"lead_ids": [_lead(number + n) for n in range(100)], "status": f"B{number % 10_000}"}


def _list(number: int) -> int:
    return FIRST_LIST + number * 7919 % (CAMPAIGNS * LISTS_EACH)


_dnc_numbers = count(10**17)


def _dnc_number(_number: int) -> dict[str, Any]:
    """A number for the DNC list, which takes each once, whichever target sends it."""
    return {"phone_number": str(next(_dnc_numbers))}


_logins = count(1)


def _new_user(_number: int) -> dict[str, Any]:
    """A user whose login nobody has yet, whichever target adds it."""
    return {
        "user": f"new{next(_logins)}",
        "pass": "Agent-Pass_9",
        "full_name": "John Smith",
        "user_group": "AGENTS",
        "phone_login": "101",
        "email": "john@example.com",
    }


_patterns = count(10**10)


def _new_did(_number: int) -> dict[str, Any]:
    """A DID of a number that no other has, whichever target adds it."""
    return {"did_pattern": str(next(_patterns))}


def _test_call(number: int) -> dict[str, Any]:
    return {"campaign_id": "BENCH", "phone_number": f"212{number % 10_000_000:07d}"}


AGENTS_STATUS = Operation(f"agents/status of {AGENTS}", "GET", lambda _: "/api/v1/agents/status")
ADD_USER = Operation("add user", "POST", lambda _: "/api/v1/users", _new_user)
OPERATIONS = (
    Operation("version", "GET", lambda _: "/api/v1/version"),
    Operation("lead info", "GET", lambda n: f"/api/v1/leads/{_lead(n)}/info"),
    Operation(
        "phone search", "GET", lambda n: f"/api/v1/leads/search?phone_number=303555{n % 100:02d}"
    ),
    Operation("add lead", "POST", lambda _: "/api/v1/leads", _new_lead),
    Operation(
        "update lead",
        "PUT",
        lambda n: f"/api/v1/leads/{_lead(n)}",
        lambda n: {"status": f"U{n % 10_000}", "comments": f"call {n}"},
    ),
    Operation("batch update of 100", "PUT", lambda _: "/api/v1/leads/batch", _batch),
    Operation("add DNC", "POST", lambda _: "/api/v1/dnc", _dnc_number),
    Operation("campaigns list", "GET", lambda _: "/api/v1/campaigns"),
    Operation("list info", "GET", lambda n: f"/api/v1/lists/{_list(n)}/info"),
    Operation("with-lists", "GET", lambda _: "/api/v1/campaigns/with-lists"),
    AGENTS_STATUS,
    Operation("user details", "GET", lambda n: f"/api/v1/users/agent{n % AGENTS + 1}/details"),
    ADD_USER,
    Operation(f"ingroups/status of {IN_GROUPS}", "GET", lambda _: "/api/v1/ingroups/status"),
    Operation("add DID", "POST", lambda _: "/api/v1/dids", _new_did),
    Operation("test call send", "POST", lambda _: "/api/v1/test-call/send", _test_call),
)
