"""Values of the fields that POST and PUT of users share (contract: "User fields")."""

from typing import Any

import pytest

CUSTOM = ("custom_one", "custom_two", "custom_three", "custom_four", "custom_five")
# 64 characters, `@`, and 35 more.
_LONGEST_EMAIL = f"{'a' * 64}@{'b' * 31}.com"
_PLAIN = "名字 é !#$%&()*+,-./:;=?@[]^_`{|}~"
_FLAGS = ("active", "force_change_password")
_BITS = ("agent_choose_ingroups", "agent_choose_blended", "closer_default_blended",
         "hotkeys_active")  # fmt: skip
_NOT_PLAIN = ["O'Brien", 'a"b', "a\\b", "a<b", "a>b", "a\tb", "a\nb", "a\x00b", "a\x7fb", "a\x85b",
              "a\u2028b", "a😀b"]  # fmt: skip
_NOT_INTEGERS = ["", "x", "1.0", 1.5, True, [1], {}, "٣"]
_NOT_BITS = ["", "2", "Y", "00", 2, -1, 1.5, True, False, ["1"], {}]
_NOT_TEXTS = [1.5, True, ["SALES"], {}]
_NOT_IN_PASSWORDS = [" password", "password ", "pass word", "pass.word", "pass+word", "pass@word",
                     "pass&word", "pass'word", "pässword", "pass\nword", "password\n",
                     "pass😀"]  # fmt: skip
_REFUSED: dict[str, list[Any]] = {
    "pass": ["", "a", "a" * 73, "pass--word", "--", *_NOT_IN_PASSWORDS, *_NOT_TEXTS],
    "phone_pass": ["a" * 101, *_NOT_IN_PASSWORDS, *_NOT_TEXTS],
    "full_name": ["a" * 51, *_NOT_PLAIN, *_NOT_TEXTS],
    "user_level": [0, 10, -1, 256, 2**64, *_NOT_INTEGERS],
    "user_group": ["", "  ", "a" * 21, "NONE", "x'y😀", *_NOT_TEXTS],
    "phone_login": ["a" * 21, "a b", "a.b", "é", "101\n", *_NOT_TEXTS],
    "email": ["a", "a@", "@example.com", "a@b@example.com", "a b@example.com", "o'b@example.com",
              "<a@example.com>", "a@example.com\n", "a😀@example.com", f"{_LONGEST_EMAIL}m",
              *_NOT_PLAIN, *_NOT_TEXTS],
    "custom_one": ["a" * 101, *_NOT_PLAIN, *_NOT_TEXTS],
    # The same kind of field: enough to see that it is.
    **{name: ["a" * 101, "O'Brien", "a😀b", 1.5] for name in CUSTOM[1:]},
    "voicemail_id": ["1" * 11, "1-2", "1_2", "1 2", "é", "1\n", *_NOT_TEXTS],
    **{name: ["", "y", "X", "YES", "1", 1, *_NOT_TEXTS] for name in _FLAGS},
    **dict.fromkeys((*_BITS, "camp_rg_only", "ingrp_rg_only"), _NOT_BITS),
    "wrapup_seconds_override": [-2, 10000, *_NOT_INTEGERS],
    "in_groups": [["SALES", "NONE"], "SALES|NONE", "SALES SUPPORT", "I" * 21, ["I" * 21], [""],
                  [None], [1.5], [["SALES"]], {"SALES": 1}, {}, 5, 1.5, True],
    **{name: [-10, 10, *_NOT_INTEGERS] for name in ("campaign_rank", "ingroup_rank")},
    **{name: [0, 11, -1, *_NOT_INTEGERS] for name in ("campaign_grade", "ingroup_grade")},
    "campaign_id": ["", "1" * 9, "NONE", "x'y😀", *_NOT_TEXTS],
    "group_id": ["", "I" * 21, "NONE", "x'y😀", *_NOT_TEXTS],
}  # fmt: skip


def bad(field: str, value: object) -> Any:
    """A field, and a value that it does not take."""
    return pytest.param(field, value, id=f"{field}: {ascii(value)[:24]}")


def fits(field: str, sent: object, stored: object | None = None, **columns: object) -> Any:
    """A field, a value that it takes, and the columns that hold it then."""
    own = {field: sent if stored is None else stored}
    return pytest.param(field, sent, own | columns, id=f"{field}: {ascii(sent)[:24]}")


FIELDS = tuple(_REFUSED)
# Limits of ranks are refused without ranks, whatever they say: these stand beside each bad value.
RANKS = {"campaign_rank": 1, "ingroup_rank": 1}
BAD_VALUES = [bad(field, value) for field, values in _REFUSED.items() for value in values]
UNKNOWN_FIELDS = (
    "user_id", "new_user", "new_pass", "pass_hash", "closer_campaigns", "failed_login_count",
    "reset_password", "agent_user", "agent_pass", "agent_full_name", "modify_users",
    "campaign_weight", "USER_LEVEL", "no_such_field",
)  # fmt: skip
# Values that both take, and the columns that hold them then.
FITTING = [
    *(fits("pass", text, pass_hash="") for text in ("a1", "-_09azAZ" + "x" * 64)),
    *(fits("phone_pass", text) for text in ("", "a", "a--b", "-_09azAZ" + "x" * 92)),
    *(fits("full_name", text) for text in ("F", "é" * 50, _PLAIN)),
    fits("full_name", " José Ñandú ", "José Ñandú"),
    fits("user_level", 1),
    fits("user_level", "9", 9),
    fits("user_group", "night", "NIGHT"),
    fits("user_group", "g" * 20, "G" * 20),
    *(fits(name, flag) for name in _FLAGS for flag in "YN"),
    *(fits("phone_login", text) for text in ("", "desk101", "-_09azAZ" + "x" * 12)),
    *(fits("email", text) for text in ("", _LONGEST_EMAIL, "a.b+c@mail.example.co.uk")),
    *(fits(name, text) for name in CUSTOM for text in ("", "é" * 100, "a=1&b=2")),
    *(fits("voicemail_id", text) for text in ("", "09azAZ8500")),
    *(fits(name, bit, str(bit)) for name in _BITS for bit in ("0", "1", 0, 1)),
    *(fits("wrapup_seconds_override", number) for number in (-1, 0, 9999)),
    fits("wrapup_seconds_override", "-1", -1),
    fits("wrapup_seconds_override", "9999", 9999),
]
# The default selection, and the text of its column.
IN_GROUPS: list[Any] = [
    pytest.param([], "", id="empty array"),
    pytest.param("", "", id="empty string"),
    pytest.param(["SALES"], " SALES -", id="array of one"),
    pytest.param("SUPPORT", " SUPPORT -", id="string of one"),
    pytest.param(["SUPPORT", "SALES"], " SUPPORT SALES -", id="array in its order"),
    pytest.param("SUPPORT|SALES", " SUPPORT SALES -", id="string in its order"),
    pytest.param(["SUPPORT", "SALES", "SUPPORT"], " SUPPORT SALES -", id="array with a repeat"),
    pytest.param("SALES|SUPPORT|SALES", " SALES SUPPORT -", id="string with a repeat"),
    pytest.param(["sales", "Support"], " SALES SUPPORT -", id="as the database spells them"),
    pytest.param("support|SUPPORT", " SUPPORT -", id="repeat in another case"),
]
