"""Which service answers which path: the whole public API on one page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from aiohttp import web

API = "/api/v1"
IMPORT_PATH = f"{API}/leads/bulk"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Route(NamedTuple):
    """One endpoint of a service; a `slow` one has more time."""

    method: str
    path: str
    service: str
    slow: bool


_TABLE = {
    "svc-leads": (
        ("POST", "/leads"),
        ("PUT", "/leads/{lead_id}"),
        ("PUT", "/leads/batch"),
        ("GET", "/leads/search"),
        ("GET", "/leads/{lead_id}/info"),
        ("GET", "/leads/{lead_id}/field-info"),
        ("GET", "/leads/status-search"),
        ("GET", "/leads/{lead_id}/callback-info"),
        ("POST", "/leads/{lead_id}/dearchive"),
        ("GET", "/phone/check"),
        ("GET", "/campaigns/{campaign_id}/hopper"),
        ("POST", "/campaigns/{campaign_id}/hopper/bulk"),
        ("GET", "/ccc/lead-info/{lead_id}"),
        ("POST", "/leads/bulk"),
    ),
    "svc-lists": (
        ("POST", "/lists"),
        ("PUT", "/lists/{list_id}"),
        ("GET", "/lists/{list_id}/info"),
        ("GET", "/lists/{list_id}/custom-fields"),
        ("POST", "/lists/{list_id}/custom-fields"),
        ("PUT", "/lists/{list_id}/custom-fields"),
        ("PUT", "/campaigns/{campaign_id}"),
        ("GET", "/campaigns"),
        ("POST", "/dnc"),
        ("DELETE", "/dnc/{phone}"),
        ("POST", "/fpg"),
        ("DELETE", "/fpg/{phone}"),
        ("PUT", "/cid-groups/{entry_id}"),
        ("PUT", "/alt-urls/{url_id}"),
        ("PUT", "/presets/{preset_id}"),
        ("DELETE", "/lists/{list_id}/custom-fields/{field_id}"),
        ("GET", "/campaigns/with-lists"),
        ("GET", "/cid-groups/{entry_id}"),
        ("POST", "/cid-groups"),
        ("DELETE", "/cid-groups/{entry_id}"),
        ("GET", "/alt-urls"),
        ("POST", "/alt-urls"),
        ("GET", "/presets"),
        ("POST", "/presets"),
        ("DELETE", "/presets/{preset_id}"),
    ),
    "svc-users": (
        ("POST", "/users"),
        ("PUT", "/users/{user_id}"),
        ("POST", "/users/{user_id}/copy"),
        ("GET", "/users/{user_id}/details"),
        ("GET", "/users/logged-in"),
        ("GET", "/agents/status"),
        ("GET", "/agents/{agent_id}/ingroup-info"),
        ("GET", "/agents/{agent_id}/campaigns"),
        ("PUT", "/remote-agents/{agent_id}"),
        ("GET", "/user-groups/status"),
    ),
    "svc-telephony": (
        ("POST", "/phones"),
        ("PUT", "/phones/{phone_id}"),
        ("POST", "/phone-aliases"),
        ("PUT", "/phone-aliases/{alias_id}"),
        ("POST", "/dids"),
        ("PUT", "/dids/{did_id}"),
        ("POST", "/dids/{did_id}/copy"),
        ("POST", "/monitor/blind"),
        ("POST", "/test-call/send"),
        ("GET", "/test-call/status"),
        ("GET", "/test-call/list"),
        ("GET", "/system/sounds"),
        ("GET", "/system/moh"),
        ("GET", "/system/voicemail"),
        ("GET", "/ingroups"),
        ("GET", "/ingroups/status"),
        ("GET", "/callmenus"),
        ("GET", "/containers"),
        ("POST", "/system/refresh"),
        ("POST", "/group-aliases"),
    ),
    "svc-reports": (
        ("GET", "/recordings/lookup"),
        ("GET", "/did-logs/export"),
        ("GET", "/phone-logs/{phone}"),
        ("GET", "/agent-stats/export"),
        ("GET", "/call-stats/status"),
        ("GET", "/call-stats/dispo"),
        ("PUT", "/log-entries/{entry_id}"),
        ("GET", "/calls/{call_id}/info"),
        ("GET", "/sip/carrier-log"),
        ("GET", "/sip/event-log"),
        ("GET", "/sip/live-channels"),
        ("GET", "/kpi/dispositions"),
    ),
}

# They copy tables, work on all leads of a list, wait for a long upload, or read long logs.
_SLOW = {
    *_TABLE["svc-reports"],
    ("POST", "/leads/bulk"),
    ("POST", "/lists"),
    ("PUT", "/lists/{list_id}"),
    ("POST", "/lists/{list_id}/custom-fields"),
    ("PUT", "/lists/{list_id}/custom-fields"),
    ("DELETE", "/lists/{list_id}/custom-fields/{field_id}"),
}

ROUTES = tuple(
    Route(method, API + path, service, slow=(method, path) in _SLOW)
    for service, endpoints in _TABLE.items()
    for method, path in endpoints
)
