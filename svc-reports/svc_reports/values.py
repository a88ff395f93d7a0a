"""Kinds of values that several reports take."""

from __future__ import annotations

from typing import Any

from dialkit import fields

# Of an unsigned INT column, as most ids are.
MAX_ID = 2**32 - 1
_BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"


def ip_address(**options: Any) -> fields.Pattern:
    """An IPv4 address."""
    return fields.Pattern(rf"({_BYTE}\.){{3}}{_BYTE}", why="Must be an IPv4 address", **options)
