"""The endpoints of svc-telephony for hostile requests."""

from typing import Any

from dialkit.fields import Query
from support.hostile import Endpoint, Path
from svc_telephony.dids.schemas import DidChanges, DidCopies, NewDid
from svc_telephony.group_aliases.schemas import NewGroupAlias
from svc_telephony.in_groups.schemas import StatusFilter
from svc_telephony.monitoring.schemas import MonitorCall
from svc_telephony.phone_aliases.schemas import NewPhoneAlias, PhoneAliasChanges
from svc_telephony.phones.schemas import NewPhone, PhoneChanges
from svc_telephony.placed_calls.schemas import RecentCalls, WhichCall
from svc_telephony.system.schemas import ContainerFilter, Refresh, SoundFilter
from svc_telephony.test_calls.schemas import NewTestCall
from svc_telephony.values import ActiveFilter

_PHONE = {"extension": "8010", "server_ip": "10.0.0.5", "pass": "Good-1", "conf_secret": "Good-2"}
_ALIAS = {"alias_id": "good", "phone_logins": "100a,100b", "alias_name": "Good"}
_DID = {"did_pattern": "18005550110", "did_route": "IN_GROUP", "group": "SALES"}
_TEST_CALL = {"campaign_id": "TESTCAMP", "phone_number": "5551234567"}
_CALL_LOGS = ("vicidial_dial_log", "vicidial_dial_cid_log", "vicidial_manager")
_MONITOR_LOGS = (
    "vicidial_rt_monitor_log",
    "vicidial_daily_rt_monitoring_log",
    "vicidial_report_log",
)
_TEST_CALL_ROWS = (
    *("vicidial_list", "vicidial_auto_calls", "vicidial_user_dial_log", "user_call_log"),
    *_CALL_LOGS,
)
_PHONES, _DIDS = ("phones", "servers"), ("vicidial_inbound_dids",)


def _endpoint(method: str, path: str, fields: Any, good: Any, *writes: str, at: str) -> Endpoint:
    return Endpoint(method, path, fields, good, at=at, writes=writes)


ENDPOINTS = [
    Endpoint("POST", "/phones", NewPhone, _PHONE, writes=_PHONES),
    _endpoint(
        "PUT", "/phones/{phone_id}", PhoneChanges, {"company": "Good"}, *_PHONES,
        at="/phones/8001",
    ),
    Endpoint("POST", "/phone-aliases", NewPhoneAlias, _ALIAS, writes=("phones_alias",)),
    _endpoint(
        "PUT", "/phone-aliases/{alias_id}", PhoneAliasChanges, {"alias_name": "Good"},
        "phones_alias", at="/phone-aliases/frontdesk",
    ),
    Endpoint("POST", "/dids", NewDid, _DID, writes=_DIDS),
    _endpoint(
        "PUT", "/dids/{did_id}", DidChanges, {"record_call": "Y"}, *_DIDS, at="/dids/5"
    ),
    _endpoint(
        "POST", "/dids/{did_id}/copy", DidCopies, {"new_did_pattern": "18005550111"}, *_DIDS,
        at="/dids/5/copy",
    ),
    Endpoint(
        "POST", "/monitor/blind", MonitorCall, {"agent_user": "1001", "phone_login": "8002"},
        writes=(*_MONITOR_LOGS, *_CALL_LOGS),
    ),
    Endpoint("POST", "/test-call/send", NewTestCall, _TEST_CALL, writes=_TEST_CALL_ROWS),
    Endpoint("GET", "/test-call/status", WhichCall, {"caller_code": "V1081530450000000999"}),
    Endpoint("GET", "/test-call/list", RecentCalls, {"limit": 5}),
    Endpoint("GET", "/system/sounds", SoundFilter, {"stage": "size", "limit": 2}),
    Endpoint("GET", "/system/moh", ActiveFilter),
    Endpoint("GET", "/system/voicemail", ActiveFilter),
    Endpoint("GET", "/ingroups", ActiveFilter),
    Endpoint("GET", "/ingroups/status", StatusFilter, {"in_groups": "SALES"}),
    Endpoint("GET", "/callmenus", Query),
    Endpoint("GET", "/containers", ContainerFilter),
    Endpoint(
        "POST", "/system/refresh", Refresh, {"server_ip": "10.0.0.5"},
        writes=("system_settings", "servers"),
    ),
    Endpoint(
        "POST", "/group-aliases", NewGroupAlias, {"caller_id_number": "7275551212"},
        writes=("groups_alias",),
    ),
]  # fmt: skip
UNKNOWN = [
    Path("PUT", "/phones/{}", {"company": "Good"}),
    Path("PUT", "/phones/{}", {"company": "Good", "server_ip": "10.0.0.5"}),
    Path("PUT", "/phones/{}", {"delete_phone": "Y"}),
    Path("PUT", "/phone-aliases/{}", {"alias_name": "Good"}),
    Path("PUT", "/phone-aliases/{}", {"delete_alias": "Y"}),
]
# No ids of DIDs and no servers: a 400 where that is seen, else a 404.
MALFORMED = [
    Path("PUT", "/phones/8001?server_ip={}", {"company": "Good"}),
    Path("PUT", "/dids/{}", {"record_call": "Y"}),
    Path("PUT", "/dids/{}", {"delete_did": "Y"}),
    Path("POST", "/dids/{}/copy", {"new_did_pattern": "18005550111"}),
]
