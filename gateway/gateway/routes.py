"""Which service answers which path: the whole public API on one page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from aiohttp import web

API = "/api/v1"
IMPORT_PATH = f"{API}/leads/bulk"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Route(NamedTuple):
    """One endpoint of a service."""

    method: str
    path: str
    service: str


_TABLE = {
    "svc-leads": (
        ("GET", "/campaigns/{campaign_id}/hopper"),
        ("POST", "/campaigns/{campaign_id}/hopper/bulk"),
        ("GET", "/ccc/lead-info/{lead_id}"),
        ("POST", "/leads"),
        ("PUT", "/leads/batch"),
        ("POST", "/leads/bulk"),
        ("GET", "/leads/search"),
        ("GET", "/leads/status-search"),
        ("PUT", "/leads/{lead_id}"),
        ("GET", "/leads/{lead_id}/callback-info"),
        ("POST", "/leads/{lead_id}/dearchive"),
        ("GET", "/leads/{lead_id}/field-info"),
        ("GET", "/leads/{lead_id}/info"),
        ("GET", "/phone/check"),
    ),
    "svc-lists": (
        ("GET", "/alt-urls"),
        ("POST", "/alt-urls"),
        ("PUT", "/alt-urls/{url_id}"),
        ("GET", "/campaigns"),
        ("GET", "/campaigns/with-lists"),
        ("PUT", "/campaigns/{campaign_id}"),
        ("POST", "/cid-groups"),
        ("DELETE", "/cid-groups/{entry_id}"),
        ("GET", "/cid-groups/{entry_id}"),
        ("PUT", "/cid-groups/{entry_id}"),
        ("POST", "/dnc"),
        ("DELETE", "/dnc/{phone}"),
        ("POST", "/fpg"),
        ("DELETE", "/fpg/{phone}"),
        ("POST", "/lists"),
        ("PUT", "/lists/{list_id}"),
        ("GET", "/lists/{list_id}/custom-fields"),
        ("POST", "/lists/{list_id}/custom-fields"),
        ("PUT", "/lists/{list_id}/custom-fields"),
        ("DELETE", "/lists/{list_id}/custom-fields/{field_id}"),
        ("GET", "/lists/{list_id}/info"),
        ("GET", "/presets"),
        ("POST", "/presets"),
        ("DELETE", "/presets/{preset_id}"),
        ("PUT", "/presets/{preset_id}"),
    ),
    "svc-users": (
        ("GET", "/agents/status"),
        ("GET", "/agents/{agent_id}/campaigns"),
        ("GET", "/agents/{agent_id}/ingroup-info"),
        ("PUT", "/remote-agents/{agent_id}"),
        ("GET", "/user-groups/status"),
        ("POST", "/users"),
        ("GET", "/users/logged-in"),
        ("PUT", "/users/{user_id}"),
        ("POST", "/users/{user_id}/copy"),
        ("GET", "/users/{user_id}/details"),
    ),
    "svc-telephony": (
        ("GET", "/callmenus"),
        ("GET", "/containers"),
        ("POST", "/dids"),
        ("PUT", "/dids/{did_id}"),
        ("POST", "/dids/{did_id}/copy"),
        ("POST", "/group-aliases"),
        ("GET", "/ingroups"),
        ("GET", "/ingroups/status"),
        ("POST", "/monitor/blind"),
        ("POST", "/phone-aliases"),
        ("PUT", "/phone-aliases/{alias_id}"),
        ("POST", "/phones"),
        ("PUT", "/phones/{phone_id}"),
        ("GET", "/system/moh"),
        ("POST", "/system/refresh"),
        ("GET", "/system/sounds"),
        ("GET", "/system/voicemail"),
        ("GET", "/test-call/list"),
        ("POST", "/test-call/send"),
        ("GET", "/test-call/status"),
    ),
    "svc-reports": (
        ("GET", "/agent-stats/export"),
        ("GET", "/call-stats/dispo"),
        ("GET", "/call-stats/status"),
        ("GET", "/calls/{call_id}/info"),
        ("GET", "/did-logs/export"),
        ("GET", "/kpi/dispositions"),
        ("PUT", "/log-entries/{entry_id}"),
        ("GET", "/phone-logs/{phone}"),
        ("GET", "/recordings/lookup"),
        ("GET", "/sip/carrier-log"),
        ("GET", "/sip/event-log"),
        ("GET", "/sip/live-channels"),
    ),
}

ROUTES = tuple(
    Route(method, API + path, service)
    for service, endpoints in _TABLE.items()
    for method, path in endpoints
)
