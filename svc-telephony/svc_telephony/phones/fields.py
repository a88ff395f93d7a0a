"""The kinds of values that only phones have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dialkit import fields
from marshmallow import ValidationError
from marshmallow.fields import Field

_OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_OFFSETS = (
    "12.75", "12.00", "11.00", "10.00", "9.50", "9.00", "8.00", "7.00", "6.50", "6.00", "5.75",
    "5.50", "5.00", "4.50", "4.00", "3.50", "3.00", "2.00", "1.00", "0.00", "-1.00", "-2.00",
    "-3.00", "-3.50", "-4.00", "-5.00", "-6.00", "-7.00", "-8.00", "-9.00", "-10.00", "-11.00",
    "-12.00",
)  # fmt: skip
_BY_HOURS: Mapping[object, str] = {Decimal(offset): offset for offset in _OFFSETS}
_NUMBER = re.compile(r"-?[0-9]{1,2}(\.[0-9]{1,2})?\Z")


class CallerId(fields.Phone):
    """The number that a phone shows to whom it calls, or empty."""

    def digits(self, text: str) -> str:
        """The digits of the text, if there are as many as there must be, or empty."""
        return super().digits(text) if text.strip(" ") else ""


class Address(fields.Pattern):
    """An IPv4 address, or empty."""

    def __init__(self, **options: Any) -> None:
        pattern = rf"({_OCTET}(\.{_OCTET}){{3}})?"
        super().__init__(pattern, why="Must be an IPv4 address, or empty", **options)


class LocalGmt(Field[str]):
    """Hours without DST, as a number or as text; always with two decimals: `-5.00`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        offset = _BY_HOURS.get(_hours(value))
        if offset is None:
            raise ValidationError(f"Must be one of: {', '.join(_OFFSETS)}")
        return offset


def _hours(value: Any) -> Decimal | float | None:
    if isinstance(value, str):
        text = value.strip(" ")
        return Decimal(text) if _NUMBER.match(text) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
