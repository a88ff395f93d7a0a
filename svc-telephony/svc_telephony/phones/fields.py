"""The kinds of values that only phones have."""

from __future__ import annotations

from typing import Any

from dialkit import fields

_OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"


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
