"""Kinds of values that several reports take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialkit import fields
from marshmallow import ValidationError
from marshmallow.fields import Field

# Of an unsigned INT column, as most ids are.
MAX_ID = 2**32 - 1
_BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"


class YesNo(Field[bool]):
    """VICIdial's `Y` and `N`, and other words for them."""

    def __init__(self, *, yes: Sequence[str] = ("Y",), no: Sequence[str] = ("N",), **options: Any):
        super().__init__(**options)
        self._meaning = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
        self._why = f"Must be one of: {', '.join((*yes, *no))}"

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> bool:
        if not isinstance(value, str) or value not in self._meaning:
            raise ValidationError(self._why)
        return self._meaning[value]


def ip_address(**options: Any) -> fields.Pattern:
    """An IPv4 address."""
    return fields.Pattern(rf"({_BYTE}\.){{3}}{_BYTE}", why="Must be an IPv4 address", **options)


def only_json() -> fields.Choice:
    """The format of what leaves as JSON alone (contract: C4)."""
    return fields.Choice(("json",), load_default="json")
