"""Lists, as tests ask for them, and a svc-leads that answers as a test says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from dialkit.tokens import Caller, Verifier
from support.apps import KEYS, Lists
from support.builders import make_campaign
from support.database import TestDatabase

LISTS = "/api/v1/lists"
Answer = tuple[int, Any]
# What a svc-leads that works says, where a test is not about that.
HOPPER_LEFT = {"success": True, "message": "", "data": {"removed": 0}}


async def add(lists: Lists, /, **fields: object) -> Answer:
    """POST a list, `New list` if nothing else is said: the status, and the envelope."""
    response = await lists.post(LISTS, json={"list_name": "New list"} | fields)
    return response.status, await response.json()


async def change(lists: Lists, list_id: object = 101, /, **fields: object) -> Answer:
    """PUT changes of a list: the status, and the envelope."""
    response = await lists.put(f"{LISTS}/{list_id}", json=fields)
    return response.status, await response.json()


async def show(lists: Lists, list_id: object = 101, **query: str) -> Answer:
    """GET a list: the status, and the envelope."""
    response = await lists.get(f"{LISTS}/{list_id}/info", params=query)
    return response.status, await response.json()


def updated(**more: object) -> Answer:
    """The answer to a change of list 101."""
    data = {"list_id": "101"} | more
    return 200, {"success": True, "message": "List updated successfully", "data": data}


def deleted(message: str, leads: int, *, done: bool = True) -> Answer:
    """The answer to a deletion of list 101."""
    data = {"list_id": "101", "leads_deleted": leads, "done": done}
    return 200, {"success": True, "message": message, "data": data}


def refused(status: int, error: str) -> Answer:
    """An answer that says no more than why."""
    return status, {"success": False, "error": error}


def make_things(db: TestDatabase) -> None:
    """What fields of a list can refer to."""
    make_campaign(db)
    make_campaign(db, "NEWCAMP")
    db.insert("vicidial_scripts", script_id="GENERIC", script_name="Generic")
    db.insert("vicidial_inbound_groups", group_id="SALESLINE", group_name="Sales")


def list_ids(db: TestDatabase) -> list[int]:
    """The lists that there are."""
    return [list_id for (list_id,) in db.rows("SELECT list_id FROM vicidial_lists ORDER BY 1")]


def lead_ids(db: TestDatabase, table: str = "vicidial_list") -> list[int]:
    """The leads of a table."""
    return [lead_id for (lead_id,) in db.rows(f"SELECT lead_id FROM {table} ORDER BY 1")]


class StandInLeads:
    """A svc-leads that notes what it is asked, and answers about leads what it is told, in turn.

    It is told `data`, or the status and the text of an answer.
    """

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Any]] = []
        self.callers: list[Caller] = []
        self.urls: dict[str, str] = {}

    async def handle(self, request: web.Request) -> web.Response:
        """Note the call, and answer."""
        caller = Verifier("svc-leads", KEYS).caller(request.headers["Authorization"])
        self.callers.append(caller)
        self.asked.append((request.path.removeprefix("/internal/v1"), await request.json()))
        if request.path == "/internal/v1/hopper/remove":
            return web.json_response(HOPPER_LEFT)
        told = self.answers.pop(0)
        if isinstance(told, tuple):
            status, text = told
            return web.Response(status=status, text=text)
        return web.json_response({"success": True, "message": "", "data": told})

    @asynccontextmanager
    async def running(self) -> AsyncIterator["StandInLeads"]:
        """Serve: its address is in `urls` then."""
        app = web.Application()
        app.router.add_post("/internal/v1/{path:.*}", self.handle)
        async with TestServer(app) as server:
            self.urls = {"svc-leads": str(server.make_url("")).rstrip("/")}
            yield self


def _bad(name: str, value: object, why: str) -> Any:
    return pytest.param({name: value}, name, id=f"{name}: {why}")


NOT_PLAIN = "'\"\\;<>\n\r\t\0\u2028\u202e😀"
NUMBERS = ("one", "two", "three", "four", "five")
LONG_URL = "https://example.com/?" + "x" * 64_979

# Values of a list's fields that POST and PUT refuse alike.
BAD_FIELDS: list[Any] = [
    _bad("list_name", "", "empty"),
    _bad("list_name", " A ", "one character"),
    _bad("list_name", "x" * 31, "too long"),
    *(_bad("list_name", f"a{one}b", f"U+{ord(one):04X}") for one in NOT_PLAIN),
    _bad("list_name", True, "no text"),
    _bad("list_name", ["ab"], "a list"),
    _bad("campaign_id", "NOCAMP", "unknown"),
    _bad("campaign_id", "TESTCAMPX", "too long"),
    _bad("active", "", "empty"),
    _bad("active", "y", "lower case"),
    _bad("active", True, "no flag"),
    _bad("list_description", "x" * 256, "too long"),
    _bad("list_description", "it's", "quote"),
    _bad("script", "NOSCRIPT", "unknown"),
    _bad("script", "x" * 21, "too long"),
    _bad("web_form", "https://example.com/?a='b'", "quote"),
    _bad("web_form", LONG_URL + "x", "too long"),
    _bad("web_form_address_two", "x" * 65_001, "too long"),
    _bad("web_form_address_three", "é" * 32_501, "too many bytes"),
    _bad("outbound_cid", "12345", "too short"),
    _bad("outbound_cid", "1" * 19, "too long"),
    _bad("outbound_cid", "5551234x67", "a letter"),
    _bad("outbound_cid", "()", "only punctuation"),
    _bad("am_message", "a", "too short"),
    _bad("am_message", "x" * 101, "too long"),
    _bad("am_message", "a b", "space"),
    _bad("drop_inbound_group", "NOGROUP", "unknown"),
    _bad("drop_inbound_group", "x" * 21, "too long"),
    _bad("reset_time", "900", "three digits"),
    _bad("reset_time", "2400", "no hour"),
    _bad("reset_time", "0960", "no minute"),
    _bad("reset_time", "0900,1700", "comma"),
    _bad("reset_time", "0900-", "open end"),
    _bad("reset_time", "-".join(["0900"] * 21), "too long"),
    _bad("expiration_date", "2025-02-30", "no day"),
    _bad("expiration_date", "31.12.2025", "another form"),
    _bad("expiration_date", "0000-00-00", "zero"),
    _bad("expiration_date", 0, "number"),
    _bad("tz_method", "", "empty"),
    _bad("tz_method", "postal_code", "lower case"),
    _bad("local_call_time", "NOTIME", "unknown"),
    _bad("local_call_time", "x" * 11, "too long"),
    *(_bad(f"xferconf_{one}", "x" * 51, "too long") for one in NUMBERS),
    _bad("xferconf_one", "a.b", "dot"),
    _bad("na_call_url", "AL", "too short"),
    _bad("na_call_url", "x" * 65_001, "too long"),
    _bad("custom_fields_copy", "", "empty"),
    _bad("custom_fields_copy", "x", "no number"),
    _bad("custom_fields_copy", -1, "negative"),
    _bad("custom_fields_copy", 1.5, "no whole number"),
    _bad("custom_copy_method", "APPEND", "copies nothing"),
    _bad("custom_copy_method", "REPLACE", "unknown"),
    _bad("list_id", "x", "no number"),
    _bad("list_names", "ab", "unknown"),
    _bad("resets_today", 0, "not to be set"),
    pytest.param({"web_form": "a", "web_form_address": "b"}, "web_form_address", id="two forms"),
]  # fmt: skip


def _fits(name: str, sent: object, column: str, stored: object | None = None) -> Any:
    return pytest.param(name, sent, column, sent if stored is None else stored,
                        id=f"{name}: {str(sent)[:20]!r}")  # fmt: skip


# Fields, values that POST and PUT take, the columns, and what these hold then.
FITTING: list[Any] = [
    _fits("list_name", "ab", "list_name"),
    _fits("list_name", "Ω" * 30, "list_name"),
    _fits("list_name", "  Outer spaces go ", "list_name", "Outer spaces go"),
    _fits("list_name", 2025, "list_name", "2025"),
    _fits("campaign_id", "newcamp", "campaign_id", "NEWCAMP"),
    _fits("campaign_id", "", "campaign_id"),
    _fits("active", "N", "active"),
    _fits("list_description", "d" * 255, "list_description"),
    _fits("script", "generic", "agent_script_override", "GENERIC"),
    _fits("script", "", "agent_script_override"),
    _fits("web_form", LONG_URL, "web_form_address"),
    _fits("web_form_address", "x", "web_form_address"),
    _fits("web_form_address_two", "é" * 32_500, "web_form_address_two"),
    _fits("web_form_address_three", "", "web_form_address_three"),
    _fits("outbound_cid", "+1 (555) 123-4567", "campaign_cid_override", "15551234567"),
    _fits("outbound_cid", 555123, "campaign_cid_override", "555123"),
    _fits("outbound_cid", "1" * 18, "campaign_cid_override"),
    _fits("outbound_cid", "", "campaign_cid_override"),
    _fits("am_message", "a1", "am_message_exten_override"),
    _fits("am_message", "-|/._" + "x" * 95, "am_message_exten_override"),
    _fits("am_message", "", "am_message_exten_override"),
    _fits("drop_inbound_group", "salesline", "drop_inbound_group_override", "SALESLINE"),
    _fits("drop_inbound_group", "", "drop_inbound_group_override"),
    _fits("reset_time", "0000", "reset_time"),
    _fits("reset_time", "-".join(["2359"] * 20), "reset_time"),
    _fits("reset_time", "", "reset_time"),
    _fits("expiration_date", "2026-02-28", "expiration_date"),
    _fits("expiration_date", "", "expiration_date", "2099-12-31"),
    _fits("tz_method", "OWNER_TIME_ZONE_CODE", "time_zone_setting"),
    _fits("local_call_time", "24HOURS", "local_call_time", "24hours"),
    _fits("local_call_time", "", "local_call_time", "campaign"),
    _fits("local_call_time", "Campaign", "local_call_time", "campaign"),
    _fits("xferconf_one", "x" * 50, "xferconf_a_number"),
    _fits("xferconf_two", "a-b_c", "xferconf_b_number"),
    _fits("xferconf_three", "3", "xferconf_c_number"),
    _fits("xferconf_four", "", "xferconf_d_number"),
    _fits("xferconf_five", "55512", "xferconf_e_number"),
    _fits("na_call_url", "ALT", "na_call_url"),
    _fits("na_call_url", "url", "na_call_url"),
    _fits("na_call_url", "", "na_call_url"),
]
