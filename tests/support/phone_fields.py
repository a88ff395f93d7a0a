"""Values of the fields that POST and PUT of phones share (contract: POST /phones, "Request")."""

from typing import Any

import pytest

_COLUMNS = {
    "phone_login": "login", "phone_pass": "pass", "registration_password": "conf_secret",
    "phone_full_name": "fullname", "admin_user_group": "user_group",
}  # fmt: skip
_FLAGS = ("active", "webphone_auto_answer", "use_external_server_ip", "on_hook_agent",
          "delete_vm_after_email")  # fmt: skip
_NOT_TEXTS = [1.5, True, ["a"], {}]
_BREAKS = ["a\rb", "a\nb", "ab\n", "a\x00b", "a\tb", "a\x7fb", "a\u2028b"]
_NOT_WORDS = ["a b", "a;b", "a,b", "a.b", "é", "a😀", *_BREAKS, *_NOT_TEXTS]
_NOT_NAMES = [*(f"a{sign}b" for sign in ';,"<>[]\\|'), "a😀b", *_BREAKS, *_NOT_TEXTS]
_NOT_PASSWORDS = ["", "a", "a" * 101, " pass", "pass ", *_NOT_WORDS]
_NOT_NUMBERS = ["x", "12a4567", "1234567\n", "123;4567", "123,4567", "()", "٣٤٥٦٧٨٩", *_NOT_TEXTS]
_NOT_ADDRESSES = ["1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.04", "1.2.3.4\n", "1.2.3.x", "::1",
                  "10.0.0.5;", *_NOT_TEXTS]  # fmt: skip
_LONGEST_EMAIL = f"{'a' * 64}@{'b' * 31}.com"
_REFUSED: dict[str, list[Any]] = {
    "dialplan_number": ["", "1" * 21, "1-2", "1_2", *_NOT_WORDS],
    "phone_login": ["", "a" * 16, *_NOT_WORDS],
    "phone_pass": _NOT_PASSWORDS,
    "registration_password": _NOT_PASSWORDS,
    "protocol": ["", "sip", "H323", "PJSIP", *_NOT_TEXTS],
    "local_gmt": ["", "x", "-5,00", "5.25", "-5.001", "13.00", "-12.75", "-3.5;", "1e1", "+5.50",
                  "-5.00\n", 5.25, 13, True, [], {}, "٣"],
    "outbound_cid": ["1" * 21, *_NOT_NUMBERS],
    **{name: ["", "y", "X", "YES", 1, *_NOT_TEXTS] for name in _FLAGS},
    "status": ["", "active", "DELETED", *_NOT_TEXTS],
    "phone_context": ["", "a" * 21, *_NOT_WORDS],
    "email": ["a", "a@bc", "example.com", "@abcde", "abcde@", "a@b@example.com",
              "a b@example.com", f"{_LONGEST_EMAIL}m", *_NOT_NAMES],
    "admin_user_group": ["", " ", "NOGROUP", "G" * 21, "--ALL--", *_NOT_NAMES],
    "is_webphone": ["", "y", "API", *_NOT_TEXTS],
    "template_id": ["NOTEMPLATE", "T" * 16, "---ALL---", *_NOT_NAMES],
    "outbound_alt_cid": ["12345", "1" * 19, *_NOT_NUMBERS],
    "phone_ring_timeout": ["", 1, 181, -2, 2**64, "x", "60.0", 60.0, True, [60], {}, "٣"],
    "phone_type": ["a" * 51, *_NOT_NAMES],
    "company": ["a" * 11, *_NOT_NAMES],
    "phone_ip": _NOT_ADDRESSES,
    "computer_ip": _NOT_ADDRESSES,
    "voicemail_id": ["1" * 11, "1-2", "1_2", "1*", *_NOT_WORDS],
    "phone_full_name": ["a" * 51, *_NOT_NAMES],
}  # fmt: skip
_SIGNS = "名字 é 'a' !#$%&()*+-./:=?@^_`{}~"


def bad(field: str, value: object) -> Any:
    """A field, and a value that it does not take."""
    return pytest.param(field, value, id=f"{field}: {ascii(value)[:24]}")


def fits(field: str, sent: object, stored: object | None = None) -> Any:
    """A field, a value that it takes, and the column that holds it then."""
    columns = {_COLUMNS.get(field, field): sent if stored is None else stored}
    return pytest.param(field, sent, columns, id=f"{field}: {ascii(sent)[:24]}")


# The second names of fields, and a value that each takes.
ALIASES: list[Any] = [
    pytest.param("dialplan", "dialplan_number", "82az", id="dialplan"),
    pytest.param("voicemail_ext", "voicemail_id", "8299", id="voicemail_ext"),
    pytest.param("login", "phone_login", "desk-8_2", id="login"),
    pytest.param("pass", "phone_pass", "Other-Pass_1", id="pass"),
    pytest.param("conf_secret", "registration_password", "Other-Pass_2", id="conf_secret"),
    pytest.param("fullname", "phone_full_name", "Desk 82", id="fullname"),
    pytest.param("user_group", "admin_user_group", "NIGHT", id="user_group"),
]
COLUMN_OF = {name: _COLUMNS.get(name, name) for name in _REFUSED}
FIELDS = tuple(_REFUSED)
BAD_VALUES = [bad(field, value) for field, values in _REFUSED.items() for value in values]
UNKNOWN_FIELDS = (
    "outbound", "install_directory", "login_pass", "conf_override", "voicemail_timezone",
    "ASTmgrSECRET", "codecs_list", "phone_id", "EXTENSION", "no_such_field",
)  # fmt: skip
# Values that both take, and the columns that hold them then.
FITTING = [
    *(fits("dialplan_number", text) for text in ("1", "09azAZ*#" + "1" * 12)),
    *(fits("voicemail_id", text) for text in ("1", "09azAZ8500")),
    fits("voicemail_id", 85, "85"),
    *(fits("phone_login", text) for text in ("a", "-_09azAZ" + "x" * 7)),
    *(fits(name, text) for name in ("phone_pass", "registration_password")
      for text in ("a1", "-_09azAZ" + "x" * 92)),
    *(fits("protocol", text) for text in ("SIP", "IAX2", "Zap", "EXTERNAL")),
    *(fits("phone_full_name", text) for text in ("F", "é" * 50, _SIGNS)),
    fits("phone_full_name", " José Ñandú ", "José Ñandú"),
    fits("local_gmt", -5, "-5.00"),
    fits("local_gmt", "-5", "-5.00"),
    fits("local_gmt", -5.0, "-5.00"),
    fits("local_gmt", "5.5", "5.50"),
    fits("local_gmt", 0, "0.00"),
    *(fits("outbound_cid", text) for text in ("", "1", "1" * 20)),
    fits("outbound_cid", "+1 (312) 555-1212", "13125551212"),
    *(fits(name, flag) for name in _FLAGS for flag in "YN"),
    *(fits("status", text) for text in ("ACTIVE", "SUSPENDED", "CLOSED", "PENDING", "ADMIN")),
    *(fits("phone_context", text) for text in ("a", "-_09azAZ" + "x" * 12)),
    *(fits("email", text) for text in ("", "a@b.c", _LONGEST_EMAIL, "o'b+c@example.co.uk")),
    fits("admin_user_group", "---ALL---"),
    fits("admin_user_group", "night", "NIGHT"),
    fits("admin_user_group", "g" * 20, "G" * 20),
    *(fits("is_webphone", text) for text in ("Y", "N", "Y_API_LAUNCH")),
    fits("template_id", ""),
    fits("template_id", "template1", "TEMPLATE1"),
    fits("template_id", "t" * 15, "T" * 15),
    *(fits("outbound_alt_cid", text) for text in ("", "123456", "1" * 18)),
    *(fits("phone_ring_timeout", number) for number in (2, 180)),
    fits("phone_ring_timeout", "180", 180),
    *(fits("phone_type", text) for text in ("", "é" * 50, _SIGNS)),
    *(fits("company", text) for text in ("", "é" * 10, "A & B")),
    *(fits(name, text) for name in ("phone_ip", "computer_ip")
      for text in ("", "0.0.0.0", "255.255.255.255")),
]  # fmt: skip
