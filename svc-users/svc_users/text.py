"""What text svc-users takes (contract: users.md, "Text rule")."""

from __future__ import annotations

from typing import Any

from dialkit import fields
from marshmallow import validate

_check_email = validate.Email(error="Must be an e-mail address")


class Plain(fields.Text):
    """Text that breaks no agent screen: VICIdial prints it unescaped into JavaScript."""

    refused = fields.unprintable_or("'\"\\<>")


class Email(Plain):
    """An e-mail address of at most 100 characters, or empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(100, **options)

    def sized(self, text: str) -> str:
        """The text, if it is an address, or empty."""
        return str(_check_email(super().sized(text))) if text else text
