"""The modes of `duplicate_check` (contract: "Duplicate check")."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from marshmallow import ValidationError
from marshmallow import fields as ma

_FAMILIES = ("DUP", "DUPPHONEALT", "DUPTITLEALTPHONE", "DUPNAMEPHONE")
_SCOPES = ("LIST", "CAMP", "SYS")
_DAYS = (1, 2, 3, 7, 14, 15, 21, 28, 30, 60, 90, 180, 360)
_MODE = re.compile(
    r"(DUPPHONEALT|DUPTITLEALTPHONE|DUPNAMEPHONE|DUP)(LIST|CAMP|SYS)(?:([1-9][0-9]{0,2})DAY)?\Z"
)
_SCOPE_NAMES = {"LIST": "list", "CAMP": "campaign", "SYS": "system"}
_WHAT = {
    "DUP": "phone number",
    "DUPPHONEALT": "phone number",
    "DUPTITLEALTPHONE": "title and alt phone",
    "DUPNAMEPHONE": "name and phone number",
}


class Mode(NamedTuple):
    """One check: what must not be there twice, where, and how far back (0 days: ever)."""

    name: str
    family: str
    scope: str
    days: int

    @property
    def indexed(self) -> bool:
        """Whether indexes answer all of it."""
        return self.family in {"DUP", "DUPNAMEPHONE"}

    @property
    def text(self) -> str:
        """What its 409 says."""
        return f"Duplicate {_WHAT[self.family]} in {_SCOPE_NAMES[self.scope]}"


class DuplicateCheck(ma.Field[list[Mode]]):
    """Modes joined by `-` or `,`, or an array of them; in the order in which they are checked."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[Mode]:
        names = re.split("[-,]", value) if isinstance(value, str) else value
        if not isinstance(names, list):
            raise ValidationError("Must be modes such as DUPLIST or DUPCAMP-DUPNAMEPHONESYS90DAY")
        modes = {_mode(name) for name in names if name != ""}
        return sorted(modes, key=_rank)


def _mode(name: Any) -> Mode:
    match = _MODE.match(name) if isinstance(name, str) else None
    days = int(match[3] or 0) if match else 0
    if not match or (match[3] and days not in _DAYS):
        raise ValidationError(f"Unknown mode: {str(name)[:40]}")
    return Mode(name, match[1], match[2], days)


def _rank(mode: Mode) -> tuple[int, int, int]:
    return _FAMILIES.index(mode.family), _SCOPES.index(mode.scope), mode.days
