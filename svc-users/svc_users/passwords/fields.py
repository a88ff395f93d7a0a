"""Passwords in a body."""

from __future__ import annotations

from typing import Any

from dialkit import fields
from dialkit.secret import Secret
from marshmallow import ValidationError


class PhonePassword(fields.Password):
    """The password of an agent's phone: at most 100 characters, or empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(0, 100, **options)


class Password(fields.Password):
    """A user's password, which VICIdial's hash helper must not take for an option."""

    def __init__(self, **options: Any) -> None:
        super().__init__(2, 72, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> Secret:
        password = super()._deserialize(value, attr, data, **options)
        if "--" in password:
            raise ValidationError("May not contain two hyphens in a row")
        return password
