"""Values of the fields that POST and PUT of DIDs share (contract: "DID fields")."""

from typing import Any

import pytest
from support.dids import COLUMN_OF

_CONTROLS = ["ab\n", "a\rb", "a\0b", "a\tb", "a\x7fb", "a\u2028b", "a😀b"]
_NOT_TEXTS: list[Any] = [1.5, True, ["ab"], {}]
_NOT_INTEGERS: list[Any] = ["x", "1.0", 1000.5, True, [1000], {}, "١٢٣٤"]
_FLAGS: list[Any] = ["y", "X", "1", 1, *_NOT_TEXTS]
_WHOLE = [*_CONTROLS, "a b", "a;b", "a,b", "é", *_NOT_TEXTS]
REFUSED: dict[str, list[Any]] = {
    "did_pattern": ["", "1", "1" * 51, "1-800", "(800)5551234", " 18005551234", "18005551234 ",
                    "1@2", "1/2", *_WHOLE],
    "did_description": ["d" * 51, *_CONTROLS, *_NOT_TEXTS],
    "did_route": ["", "exten", "GROUP", "IN-GROUP", "VMAIL", 1, *_NOT_TEXTS],
    "active": ["", *_FLAGS],
    "record_call": ["", "y", "Y_QUEUE", 1, *_NOT_TEXTS],
    "extension": ["", " ", "8" * 51, "8+1", "8=1", *_WHOLE],
    "group": ["NOGROUP", "SALE_", "%", "---ALL---", "I" * 21, "MAINMENU", *_CONTROLS, *_NOT_TEXTS],
    "menu_id": ["NOMENU", "%", "M" * 51, "SALES", *_CONTROLS, *_NOT_TEXTS],
    "voicemail_ext": ["1" * 11, "1-2", "1/2", "1+2", *_WHOLE],
    "exten_context": ["", "c" * 51, "a.b", "a#b", *_WHOLE],
    "phone_extension": ["8" * 101, "8.1", "8@1", "8/1", *_WHOLE],
    "server_ip": ["10.0.0.6", "localhost", "---ALL---", "1" * 16, "10.0.0.%", *_CONTROLS,
                  *_NOT_TEXTS],
    "agent_user": ["nobody", "U" * 21, "%", "---ALL---", *_CONTROLS, *_NOT_TEXTS],
    "user_unavailable_action": ["", "AGENT", "CALLMENU", "exten", "INGROUP", 1, *_NOT_TEXTS],
    "user_route_settings_ingroup": ["", "NOGROUP", "---ALL---", "I" * 21, *_CONTROLS, *_NOT_TEXTS],
    "filter_clean_cid_number": ["R" * 21, "R;1", "R+1", "R/1", "é", *_CONTROLS, *_NOT_TEXTS],
    "call_handle_method": ["", "CI", "C" * 41, "cid", "CID-2", "CID 2", *_WHOLE],
    "agent_search_method": ["", "lb", "XX", 1, *_NOT_TEXTS],
    "list_id": ["", 99, 100_000_000_000_000, 0, -1, 2**64, *_NOT_INTEGERS],
    "entry_list_id": ["", -1, 100_000_000_000_000, 2**64, *_NOT_INTEGERS],
    "campaign_id": ["C" * 9, "A.B", *_WHOLE],
    "phone_code": ["", "1" * 11, "+1", "1-2", "x", "1\n", "\u0661", *_NOT_TEXTS],
    "admin_user_group": ["", "NONE", "---NONE---", "G" * 21, *_CONTROLS, *_NOT_TEXTS],
}  # fmt: skip


def bad(field: str, value: object) -> Any:
    """A field, and a value that it does not take."""
    return pytest.param(field, value, id=f"{field}: {ascii(value)[:24]}")


def fits(field: str, sent: object, stored: object | None = None) -> Any:
    """A field, a value that it takes, and the column that holds it then."""
    column = {COLUMN_OF.get(field, field): sent if stored is None else stored}
    return pytest.param(field, sent, column, id=f"{field}: {ascii(sent)[:24]}")


FIELDS = tuple(REFUSED)
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
BAD_VALUES = [bad(field, value) for field, values in REFUSED.items() for value in values]
UNKNOWN_FIELDS = (
    "did_id", "exten", "filter_inbound_group", "filter_phone_group_id", "filter_action",
    "custom_one", "modify_stamp", "new_dids", "new_did_pattern", "did", "agent", "DID_ROUTE",
    "no_such_field",
)  # fmt: skip
# Values at their limits that both take, and the columns that hold them then.
FITTING = [
    *(fits("did_pattern", text) for text in ("12", "09azAZ:+*#._" + "1" * 38, "default")),
    fits("did_pattern", 18005559876, "18005559876"),
    *(fits("did_description", text) for text in ("d", "é" * 50, "a;b,c\"<>[]\\|'%s")),
    fits("did_description", "  Main line ", "Main line"),
    *(fits("did_route", route) for route in ("EXTEN", "IN_GROUP")),
    fits("did_route", "INGROUP", "IN_GROUP"),
    *(fits("active", flag) for flag in "YN"),
    *(fits("record_call", word) for word in ("Y", "N", "Y_QUEUESTOP")),
    *(fits("extension", text) for text in ("8", "-*#.:/@_09azAZ" + "8" * 36)),
    fits("extension", 8300, "8300"),
    fits("group", "support", "SUPPORT"),
    fits("group", "i" * 20, "I" * 20),
    fits("menu_id", "mainmenu", "MAINMENU"),
    fits("menu_id", "m" * 50, "M" * 50),
    *(fits("voicemail_ext", text) for text in ("1", "*#._09azAZ")),
    *(fits("exten_context", text) for text in ("c", "-_09azAZ" + "c" * 42)),
    *(fits("phone_extension", text) for text in ("8", "-_09azAZ" + "8" * 92)),
    fits("server_ip", "100.100.100.100"),
    fits("agent_user", "AGENT1", "agent1"),
    fits("agent_user", "u" * 20, "U" * 20),
    fits("agent_user", 1001, "1001"),
    *(fits("user_unavailable_action", word)
      for word in ("IN_GROUP", "EXTEN", "VOICEMAIL", "PHONE", "VMAIL_NO_INST")),
    fits("user_route_settings_ingroup", "sales", "SALES"),
    fits("user_route_settings_ingroup", "i" * 20, "I" * 20),
    *(fits("filter_clean_cid_number", text) for text in ("R", "R10", "- .,_09azAZ" + "1" * 9)),
    *(fits("call_handle_method", text) for text in ("CID", "_09AZ" + "X" * 35)),
    *(fits("agent_search_method", word) for word in ("LO", "LB", "SO")),
    *(fits("list_id", number) for number in (100, 99_999_999_999_999)),
    fits("list_id", "998", 998),
    *(fits("entry_list_id", number) for number in (0, 99_999_999_999_999)),
    *(fits("campaign_id", text) for text in ("C", "-_09azAZ")),
    *(fits("phone_code", text) for text in ("0", "1" * 10)),
    fits("phone_code", 44, "44"),
    fits("admin_user_group", "---ALL---"),
    fits("admin_user_group", "g" * 20, "G" * 20),
]  # fmt: skip
