"""Passwords of phones that nobody chose (contract: POST /phones, "Generated password")."""

from __future__ import annotations

import string
from collections.abc import Mapping
from secrets import choice
from typing import Any

from dialkit.secret import Secret

_NAMES = ("registration_password", "phone_pass")
_CHARACTERS = string.ascii_letters + string.digits
_LENGTH = 20
_COLUMN = 100


def passwords(fields: Mapping[str, Any], *, least: int) -> dict[str, Secret]:
    """A password for each of the two that is left out, of `least` characters or more."""
    return {name: _password(least) for name in _NAMES if name not in fields}


def _password(least: int) -> Secret:
    length = min(max(_LENGTH, least), _COLUMN)
    return Secret("".join(choice(_CHARACTERS) for _ in range(length)))
