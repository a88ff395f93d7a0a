"""Passwords in a body; no error tells anything of a value but which rule it breaks."""

from __future__ import annotations

import re
from typing import Any

from dialkit.fields import as_text
from dialkit.secret import Secret
from marshmallow import ValidationError
from marshmallow.fields import Field

# VICIdial's login pages drop all others from what is typed.
_TYPEABLE = re.compile(r"[-_0-9A-Za-z]*\Z")


class PhonePassword(Field[Secret]):
    """The password of an agent's phone: at most 100 characters, or empty."""

    least = 0
    limit = 100

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> Secret:
        text = as_text(value)
        if not (_TYPEABLE.match(text) and self.least <= len(text) <= self.limit):
            raise ValidationError(
                f"Must be {self.least} to {self.limit} characters of A-Z a-z 0-9 - _"
            )
        return Secret(text)


class Password(PhonePassword):
    """A user's password, which VICIdial's hash helper must not take for an option."""

    least = 2
    limit = 72

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> Secret:
        password = super()._deserialize(value, attr, data, **options)
        if "--" in password:
            raise ValidationError("May not contain two hyphens in a row")
        return password
