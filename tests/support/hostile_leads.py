"""The endpoints of svc-leads for hostile requests; the import, which takes rows, is not one."""

from dialkit.fields import NoFields, Query
from support.hostile import Endpoint, Path
from svc_leads.callbacks.schemas import CallbackFilter
from svc_leads.hopper.schemas import HopperFilter, NewEntries
from svc_leads.leads.schemas import BatchChanges, FieldView, LeadChanges, LeadView, NewLead
from svc_leads.phone.schemas import PhoneCheck
from svc_leads.search.schemas import LeadFilter, StatusFilter

ENDPOINTS = [
    Endpoint(
        "POST",
        "/leads",
        NewLead,
        {"list_id": 101, "phone_number": "2125550100"},
        writes=("vicidial_list", "vicidial_list_alt_phones", "custom_101"),
    ),
    Endpoint(
        "PUT",
        "/leads/{lead_id}",
        LeadChanges,
        {"status": "NEW"},
        at="/leads/12345",
        writes=("vicidial_list", "vicidial_hopper"),
    ),
    Endpoint(
        "PUT",
        "/leads/batch",
        BatchChanges,
        {"lead_ids": [12345], "rank": 1},
        writes=("vicidial_list", "vicidial_hopper"),
    ),
    Endpoint("GET", "/leads/search", LeadFilter),
    Endpoint("GET", "/leads/{lead_id}/info", LeadView, at="/leads/12345/info"),
    Endpoint(
        "GET",
        "/leads/{lead_id}/field-info",
        FieldView,
        {"field": "email"},
        at="/leads/12345/field-info",
    ),
    Endpoint("GET", "/leads/status-search", StatusFilter, {"status": "NEW"}),
    Endpoint(
        "GET", "/leads/{lead_id}/callback-info", CallbackFilter, at="/leads/12345/callback-info"
    ),
    Endpoint(
        "POST",
        "/leads/{lead_id}/dearchive",
        NoFields,
        at="/leads/12300/dearchive",
        writes=("vicidial_list", "vicidial_list_archive"),
    ),
    Endpoint("GET", "/phone/check", PhoneCheck, {"phone_number": "2125550100"}),
    Endpoint(
        "GET", "/campaigns/{campaign_id}/hopper", HopperFilter, at="/campaigns/TESTCAMP/hopper"
    ),
    Endpoint(
        "POST",
        "/campaigns/{campaign_id}/hopper/bulk",
        NewEntries,
        {"lead_ids": [1]},
        at="/campaigns/TESTCAMP/hopper/bulk",
        writes=("vicidial_hopper",),
    ),
    Endpoint("GET", "/ccc/lead-info/{lead_id}", Query, at="/ccc/lead-info/12345"),
]
UNKNOWN = [
    Path("PUT", "/leads/{}", {"status": "NEW"}),
    Path("GET", "/leads/{}/info"),
    Path("GET", "/leads/{}/field-info?field=email"),
    Path("GET", "/leads/{}/callback-info"),
    Path("POST", "/leads/{}/dearchive"),
    Path("GET", "/ccc/lead-info/{}"),
    Path("GET", "/campaigns/{}/hopper"),
    Path("POST", "/campaigns/{}/hopper/bulk", {"lead_ids": [1]}),
]
