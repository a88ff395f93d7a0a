"""What a custom field may be called: the one text of a request that becomes an identifier."""

from __future__ import annotations

import re
from typing import Any

from dialkit import fields
from dialkit.custom_fields import STANDARD_NAMES
from marshmallow import ValidationError
from marshmallow import fields as ma

from svc_lists.custom_fields.reserved_words import RESERVED_WORDS

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,49}\Z")
# VICIdial shows a field twice under such names.
_DUPLICATE = re.compile(r".*_DUPLICATE_[0-9]+\Z", re.IGNORECASE)


class FieldName(ma.Field[str]):
    """A name fit for a column; standard names are in lower case (contract: "field_name")."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        name = fields.as_text(value).strip(" ")
        small = name.lower()
        if not _NAME.match(name):
            raise ValidationError("Must be 1 to 50 of A-Z a-z 0-9 _, the first one a letter")
        if small in RESERVED_WORDS:
            raise ValidationError("Is a reserved word: choose another name")
        if _DUPLICATE.match(name):
            raise ValidationError("May not end in _DUPLICATE_ and a number")
        return small if small in STANDARD_NAMES else name
