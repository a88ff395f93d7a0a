"""Values of the fields that POST and PUT of phones share (contract: POST /phones, "Request")."""

from typing import Any

_COLUMNS = {
    "phone_login": "login", "phone_pass": "pass", "registration_password": "conf_secret",
    "phone_full_name": "fullname", "admin_user_group": "user_group",
}  # fmt: skip
_LONGEST_EMAIL = f"{'a' * 64}@{'b' * 31}.com"
_SIGNS = "名字 é 'a' !#$%&()*+-./:=?@^_`{}~"

# A phone with all fields.
FULL: dict[str, Any] = {
    "extension": "gs-102_A", "server_ip": "10.0.0.6", "dialplan_number": "102*#",
    "voicemail_id": "v102", "phone_login": "desk-102_A", "phone_pass": "Phone-Pass_1",
    "registration_password": "Conf-Secret_2", "protocol": "IAX2",
    "phone_full_name": "Zoë Müller (2)", "local_gmt": "5.75", "outbound_cid": "3125551212",
    "active": "N", "status": "SUSPENDED", "phone_context": "trunk-in_1",
    "email": "zoe@example.com", "admin_user_group": "NIGHT", "is_webphone": "Y_API_LAUNCH",
    "webphone_auto_answer": "N", "use_external_server_ip": "Y", "on_hook_agent": "Y",
    "template_id": "TEMPLATE1", "outbound_alt_cid": "3125551213", "phone_ring_timeout": 30,
    "delete_vm_after_email": "Y", "phone_type": "Grandstream", "company": "ACME",
    "phone_ip": "192.0.2.20", "computer_ip": "192.0.2.21",
}  # fmt: skip
FIELDS = tuple(name for name in FULL if name not in {"extension", "server_ip"})
COLUMN_OF = {name: _COLUMNS.get(name, name) for name in FIELDS}
# The second names of fields, and a value that each takes.
ALIASES = {
    "dialplan": ("dialplan_number", "82az"),
    "voicemail_ext": ("voicemail_id", "8299"),
    "login": ("phone_login", "desk-8_2"),
    "pass": ("phone_pass", "Other-Pass_1"),
    "conf_secret": ("registration_password", "Other-Pass_2"),
    "fullname": ("phone_full_name", "Desk 82"),
    "user_group": ("admin_user_group", "NIGHT"),
}
UNKNOWN_FIELDS = (
    "outbound", "install_directory", "login_pass", "conf_override", "voicemail_timezone",
    "ASTmgrSECRET", "codecs_list", "phone_id", "EXTENSION", "no_such_field",
)  # fmt: skip
# `""` empties them in PUT; two of them are refused in POST, the others take it there too.
CAN_BE_EMPTY = (
    "voicemail_id", "phone_full_name", "outbound_cid", "outbound_alt_cid", "email", "template_id",
    "phone_type", "company", "phone_ip", "computer_ip",
)  # fmt: skip
# One that each field does not take; all of them: svc-telephony/tests/test_phone_fields.py.
BAD: dict[str, Any] = {
    "dialplan_number": "1-2",
    "voicemail_id": "1" * 11,
    "phone_login": "a" * 16,
    "phone_pass": "a",
    "registration_password": "a b",
    "protocol": "H323",
    "phone_full_name": "a;b",
    "local_gmt": "5.25",
    "outbound_cid": "1" * 21,
    "active": "y",
    "status": "DELETED",
    "phone_context": "a b",
    "email": "a@b@example.com",
    "admin_user_group": "",
    "is_webphone": "API",
    "webphone_auto_answer": "",
    "use_external_server_ip": "X",
    "on_hook_agent": "YES",
    "template_id": "T" * 16,
    "outbound_alt_cid": "12345",
    "phone_ring_timeout": 181,
    "delete_vm_after_email": 1,
    "phone_type": "a\nb",
    "company": "a" * 11,
    "phone_ip": "256.1.1.1",
    "computer_ip": "::1",
}


def _kept(*values: object) -> list[tuple[object, object]]:
    return [(value, value) for value in values]


_PASSWORDS = _kept("a1", "-_09azAZ" + "x" * 92)
_ADDRESSES = _kept("", "0.0.0.0", "255.255.255.255")
# Values at their limits, each with what its column holds then.
FITTING: dict[str, list[tuple[object, object]]] = {
    "dialplan_number": _kept("1", "09azAZ*#" + "1" * 12),
    "voicemail_id": [*_kept("1", "09azAZ8500"), (85, "85")],
    "phone_login": _kept("a", "-_09azAZ" + "x" * 7),
    "phone_pass": _PASSWORDS,
    "registration_password": _PASSWORDS,
    "protocol": _kept("SIP", "IAX2", "Zap", "EXTERNAL"),
    "phone_full_name": [*_kept("F", "é" * 50, _SIGNS), (" José Ñandú ", "José Ñandú")],
    "local_gmt": [(-5, "-5.00"), ("-5", "-5.00"), (-5.0, "-5.00"), ("5.5", "5.50"), (0, "0.00")],
    "outbound_cid": [*_kept("", "1", "1" * 20), ("+1 (312) 555-1212", "13125551212")],
    "active": _kept("Y", "N"),
    "status": _kept("ACTIVE", "SUSPENDED", "CLOSED", "PENDING", "ADMIN"),
    "phone_context": _kept("a", "-_09azAZ" + "x" * 12),
    "email": _kept("", "a@b.c", _LONGEST_EMAIL, "o'b+c@example.co.uk"),
    "admin_user_group": [*_kept("---ALL---"), ("night", "NIGHT"), ("g" * 20, "G" * 20)],
    "is_webphone": _kept("Y", "N", "Y_API_LAUNCH"),
    "webphone_auto_answer": _kept("Y", "N"),
    "use_external_server_ip": _kept("Y", "N"),
    "on_hook_agent": _kept("Y", "N"),
    "template_id": [*_kept(""), ("template1", "TEMPLATE1"), ("t" * 15, "T" * 15)],
    "outbound_alt_cid": _kept("", "123456", "1" * 18),
    "phone_ring_timeout": [*_kept(2, 180), ("180", 180)],
    "delete_vm_after_email": _kept("Y", "N"),
    "phone_type": _kept("", "é" * 50, _SIGNS),
    "company": _kept("", "é" * 10, "A & B"),
    "phone_ip": _ADDRESSES,
    "computer_ip": _ADDRESSES,
}
