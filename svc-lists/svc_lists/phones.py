"""Numbers of the DNC lists and the filter phone groups (contract: "DNC", "Filter phone groups")."""

from __future__ import annotations

import re
from typing import Any

from dialkit import fields
from marshmallow import ValidationError
from marshmallow import fields as ma

_NUMBER = re.compile(r"[0-9]{6,18}\Z|[0-9]{3}X{7}\Z")


class ListedPhone(ma.Field[str]):
    """6 to 18 digits, or an area code: three digits and `XXXXXXX`."""

    why = "Must be 6 to 18 digits, or three digits and XXXXXXX"

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        phone = fields.without_punctuation(fields.as_text(value)).upper()
        if not self.is_listed(phone):
            raise ValidationError(self.why)
        return phone

    def is_listed(self, phone: str) -> bool:
        """Whether the lists have such entries."""
        return bool(_NUMBER.match(phone))
