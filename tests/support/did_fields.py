"""Values of the fields that POST and PUT of DIDs share (contract: "DID fields")."""

from typing import Any

from support.dids import ROUTES

# `""` empties them in PUT; in POST it is as if they were not given.
CAN_BE_EMPTY = (
    "did_description", "group", "menu_id", "voicemail_ext", "phone_extension", "server_ip",
    "agent_user", "filter_clean_cid_number", "campaign_id",
)  # fmt: skip
ALIASES = {
    "active": "did_active",
    "group": "group_id",
    "menu_id": "call_menu",
    "phone_extension": "phone",
    "admin_user_group": "user_group",
}
UNKNOWN_FIELDS = (
    "did_id", "exten", "filter_inbound_group", "filter_phone_group_id", "filter_action",
    "custom_one", "modify_stamp", "new_dids", "new_did_pattern", "did", "agent", "DID_ROUTE",
    "no_such_field",
)  # fmt: skip
# One that each field does not take; all of them: svc-telephony/tests/test_did_fields.py.
BAD: dict[str, Any] = {
    "did_pattern": "1-800",
    "did_description": "d" * 51,
    "did_route": "GROUP",
    "active": "y",
    "record_call": "Y_QUEUE",
    "extension": "8+1",
    "group": "I" * 21,
    "menu_id": "M" * 51,
    "voicemail_ext": "1" * 11,
    "exten_context": "a.b",
    "phone_extension": "8" * 101,
    "server_ip": "1" * 16,
    "agent_user": "U" * 21,
    "user_unavailable_action": "AGENT",
    "user_route_settings_ingroup": "",
    "filter_clean_cid_number": "R;1",
    "call_handle_method": "cid",
    "agent_search_method": "XX",
    "list_id": 99,
    "entry_list_id": -1,
    "campaign_id": "C" * 9,
    "phone_code": "+1",
    "admin_user_group": "G" * 21,
}
FIELDS = tuple(BAD)
# What fits, and is not there.
MISSING = {
    "group": ("NOGROUP", "In-group not found"),
    "menu_id": ("NOMENU", "Call menu not found"),
    "server_ip": ("10.0.0.6", "Server not found"),
    "agent_user": ("nobody", "User not found"),
    "user_route_settings_ingroup": ("NOGROUP", "In-group not found"),
    "admin_user_group": ("NONE", "User group not found"),
}


def _kept(*values: object) -> list[tuple[object, object]]:
    return [(value, value) for value in values]


# Values at their limits, each with what its column holds then.
FITTING: dict[str, list[tuple[object, object]]] = {
    "did_pattern": [*_kept("12", "09azAZ:+*#._" + "1" * 38, "default"),
                    (18005559876, "18005559876")],
    "did_description": [*_kept("d", "é" * 50, "a;b,c\"<>[]\\|'%s"), ("  Main line ", "Main line")],
    "did_route": [*_kept(*ROUTES), ("INGROUP", "IN_GROUP")],
    "active": _kept("Y", "N"),
    "record_call": _kept("Y", "N", "Y_QUEUESTOP"),
    "extension": [*_kept("8", "-*#.:/@_09azAZ" + "8" * 36), (8300, "8300")],
    "group": [("support", "SUPPORT"), ("i" * 20, "I" * 20)],
    "menu_id": [("mainmenu", "MAINMENU"), ("m" * 50, "M" * 50)],
    "voicemail_ext": _kept("1", "*#._09azAZ"),
    "exten_context": _kept("c", "-_09azAZ" + "c" * 42),
    "phone_extension": _kept("8", "-_09azAZ" + "8" * 92),
    "server_ip": _kept("100.100.100.100"),
    "agent_user": [("AGENT1", "agent1"), ("u" * 20, "U" * 20), (1001, "1001")],
    "user_unavailable_action": _kept("IN_GROUP", "EXTEN", "VOICEMAIL", "PHONE", "VMAIL_NO_INST"),
    "user_route_settings_ingroup": [("sales", "SALES"), ("i" * 20, "I" * 20)],
    "filter_clean_cid_number": _kept("R", "R10", "- .,_09azAZ" + "1" * 9),
    "call_handle_method": _kept("CID", "_09AZ" + "X" * 35),
    "agent_search_method": _kept("LO", "LB", "SO"),
    "list_id": [*_kept(100, 99_999_999_999_999), ("998", 998)],
    "entry_list_id": _kept(0, 99_999_999_999_999),
    "campaign_id": _kept("C", "-_09azAZ"),
    "phone_code": [*_kept("0", "1" * 10), (44, "44")],
    "admin_user_group": [*_kept("---ALL---"), ("g" * 20, "G" * 20)],
}  # fmt: skip
