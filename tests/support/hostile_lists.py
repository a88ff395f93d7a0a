"""The endpoints of svc-lists for hostile requests."""

from typing import Any

from dialkit.fields import Query
from support.hostile import Endpoint, Path
from svc_lists.alt_urls.schemas import NewUrl, UrlChanges, UrlFilter
from svc_lists.campaigns.schemas import CampaignChanges, CampaignFilter, ListsFilter
from svc_lists.cid_groups.schemas import EntryChanges, EntryFilter, WhichEntries
from svc_lists.cid_groups.schemas import NewEntry as NewCid
from svc_lists.custom_fields.schemas import FieldChanges, NewField
from svc_lists.dnc.schemas import NewEntry as NewDncNumber
from svc_lists.dnc.schemas import WhichList
from svc_lists.fpg.schemas import NewEntry as NewFilteredNumber
from svc_lists.fpg.schemas import WhichGroup
from svc_lists.lists.schemas import ListChanges, ListView, NewList
from svc_lists.presets.schemas import NewPreset, PresetChanges, PresetFilter, WhichCampaign

_LIST = {"list_description": "Good"}
# Of a field that is there: what is good is a 409, and no column is made.
_FIELD = {"field_label": "Type", "field_name": "customer_type"}
_CHOICE = _FIELD | {"field_type": "SELECT", "field_options": "a,b"}
_CID = {"cid_group_id": "FLCIDS", "areacode": "904", "outbound_cid": "9045551212"}
_URL = {"url_address": "https://example.com/", "campaign_id": "TESTCAMP", "url_type": "dispo"}
_PRESET = {"preset_name": "NEW", "preset_number": "3125551215", "campaign_id": "TESTCAMP"}
_PHONE = {"phone_number": "5551234567"}

_FIELDS, _CID_ENTRY = "/lists/{list_id}/custom-fields", "/cid-groups/{entry_id}"
_CIDS = ("vicidial_campaign_cid_areacodes", "vicidial_cid_groups")
_PRESETS = ("vicidial_xfer_presets", "vicidial_campaigns")
_DNC = ("vicidial_dnc", "vicidial_dnc_log")


def _endpoint(method: str, path: str, fields: Any, good: Any, *writes: str, at: str) -> Endpoint:
    return Endpoint(method, path, fields, good, at=at, writes=writes)


ENDPOINTS = [
    Endpoint("POST", "/lists", NewList, {"list_name": "New"}, writes=("vicidial_lists",)),
    _endpoint(
        "PUT", "/lists/{list_id}", ListChanges, _LIST, "vicidial_lists", "vicidial_hopper",
        at="/lists/101",
    ),
    _endpoint("GET", "/lists/{list_id}/info", ListView, {}, at="/lists/101/info"),
    _endpoint("GET", _FIELDS, Query, {}, at="/lists/101/custom-fields"),
    _endpoint("POST", _FIELDS, NewField, _FIELD, at="/lists/101/custom-fields"),
    _endpoint("POST", _FIELDS, NewField, _CHOICE, at="/lists/101/custom-fields"),
    _endpoint(
        "PUT", _FIELDS, FieldChanges, {"field_help": "Good", "field_id": 1},
        "vicidial_lists_fields", at="/lists/101/custom-fields",
    ),
    _endpoint(
        "DELETE", _FIELDS + "/{field_id}", Query, {}, at="/lists/101/custom-fields/4294967295"
    ),
    Endpoint("GET", "/campaigns", CampaignFilter),
    Endpoint("GET", "/campaigns/with-lists", ListsFilter),
    _endpoint(
        "PUT", "/campaigns/{campaign_id}", CampaignChanges, {"hopper_level": 50},
        "vicidial_campaigns", at="/campaigns/TESTCAMP",
    ),
    Endpoint("POST", "/dnc", NewDncNumber, _PHONE, writes=_DNC),
    _endpoint("DELETE", "/dnc/{phone}", WhichList, {}, *_DNC, at="/dnc/5550001111"),
    Endpoint(
        "POST", "/fpg", NewFilteredNumber, _PHONE | {"filter_phone_group_id": "BADNUMBERS"},
        writes=("vicidial_filter_phone_numbers",),
    ),
    _endpoint(
        "DELETE", "/fpg/{phone}", WhichGroup, {}, "vicidial_filter_phone_numbers",
        at="/fpg/5550003333",
    ),
    Endpoint("POST", "/cid-groups", NewCid, _CID, writes=_CIDS),
    _endpoint("GET", _CID_ENTRY, EntryFilter, {}, at="/cid-groups/FLCIDS"),
    _endpoint(
        "PUT", _CID_ENTRY, EntryChanges, {"cid_description": "Good", "areacode": "727"}, *_CIDS,
        at="/cid-groups/FLCIDS",
    ),
    _endpoint(
        "DELETE", _CID_ENTRY, WhichEntries, {"areacode": "813"}, *_CIDS, at="/cid-groups/FLCIDS"
    ),
    Endpoint("GET", "/alt-urls", UrlFilter, {"campaign_id": "TESTCAMP"}),
    Endpoint("POST", "/alt-urls", NewUrl, _URL, writes=("vicidial_url_multi",)),
    _endpoint(
        "PUT", "/alt-urls/{url_id}", UrlChanges, {"url_rank": 2}, "vicidial_url_multi",
        at="/alt-urls/3",
    ),
    Endpoint("GET", "/presets", PresetFilter, {"campaign_id": "TESTCAMP"}),
    Endpoint("POST", "/presets", NewPreset, _PRESET, writes=_PRESETS),
    _endpoint(
        "PUT", "/presets/{preset_id}", PresetChanges,
        {"preset_dtmf": "1", "campaign_id": "TESTCAMP"}, *_PRESETS, at="/presets/SALES",
    ),
    _endpoint(
        "DELETE", "/presets/{preset_id}", WhichCampaign, {}, *_PRESETS, at="/presets/SALES"
    ),
]  # fmt: skip
UNKNOWN = [
    Path("PUT", "/lists/{}", _LIST),
    Path("PUT", "/lists/{}", {"delete_list": "Y", "delete_leads": "Y"}),
    Path("GET", "/lists/{}/info"),
    Path("GET", "/lists/{}/custom-fields"),
    Path("POST", "/lists/{}/custom-fields", _FIELD),
    Path("PUT", "/lists/{}/custom-fields", {"field_id": 1, "field_help": "Good"}),
    Path("DELETE", "/lists/{}/custom-fields/1"),
    Path("DELETE", "/lists/101/custom-fields/{}"),
    Path("PUT", "/campaigns/{}", {"hopper_level": 50}),
    Path("PUT", "/cid-groups/{}:727", {"active": "Y"}),
    Path("GET", "/cid-groups/{}"),
    Path("DELETE", "/cid-groups/{}:727"),
    Path("PUT", "/alt-urls/{}", {"url_rank": 2}),
    Path("PUT", "/presets/{}:SALES", {"preset_dtmf": "1"}),
    Path("PUT", "/presets/TESTCAMP:{}", {"preset_dtmf": "1"}),
    Path("DELETE", "/presets/{}:SALES"),
    Path("DELETE", "/presets/TESTCAMP:{}"),
]
# No phones, area codes, numbers or keys of presets: a 400 where that is seen, else a 404.
MALFORMED = [
    Path("DELETE", "/dnc/{}"),
    Path("DELETE", "/fpg/{}"),
    Path("PUT", "/cid-groups/FLCIDS:{}", {"active": "Y"}),
    Path("PUT", "/cid-groups/FLCIDS:727:{}", {"active": "Y"}),
    Path("DELETE", "/cid-groups/FLCIDS:{}"),
    Path("DELETE", "/cid-groups/FLCIDS:727:{}"),
    Path("PUT", "/presets/{}", {"preset_dtmf": "1"}),
    Path("DELETE", "/presets/{}"),
]
