"""The cursor of a page: the key of its last row, as base64url of a JSON array."""

from __future__ import annotations

import base64
import re
from datetime import datetime
from typing import Any

import orjson
from marshmallow import ValidationError
from marshmallow.fields import Field

from svc_reports.ranges import LATEST
from svc_reports.row_lists.listing import Key

# Stands for the date of a row without one.
NO_DATE = "0000-00-00 00:00:00"
_MOST = 1000
_TIME = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?\Z")
_LAST_OF_BMP = "\uffff"


class Cursor(Field[Key]):
    """The key of the row that a page begins after; each part as its field says."""

    def __init__(self, *parts: Field[Any], **options: Any) -> None:
        super().__init__(**options)
        self._parts = parts

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> Key:
        try:
            key = _decoded(str(value)[:_MOST])
            return tuple(part.deserialize(one) for part, one in zip(self._parts, key, strict=True))
        except (ValidationError, ValueError, TypeError):
            raise ValidationError("Invalid cursor") from None


class KeyText(Field[str]):
    """A text of a key, as the database has it: at most `limit` characters."""

    def __init__(self, limit: int, **options: Any) -> None:
        super().__init__(**options)
        self._limit = limit

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        fits = isinstance(value, str) and len(value) <= self._limit
        if not fits or max(value, default="") > _LAST_OF_BMP:
            raise ValidationError("Not a text of a key")
        return str(value)


class KeyTime(Field[str]):
    """A date-time of a key, as the database writes it; `or_none`: or that there is none."""

    def __init__(self, *, or_none: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._or_none = or_none

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        if self._or_none and value == NO_DATE:
            return NO_DATE
        if not isinstance(value, str) or not _TIME.match(value) or value >= LATEST:
            raise ValidationError("Not a time of a key")
        datetime.fromisoformat(value)
        return value


def encoded(key: Key) -> str:
    """The cursor of that key."""
    return base64.urlsafe_b64encode(orjson.dumps(key)).rstrip(b"=").decode()


def _decoded(text: str) -> list[Any]:
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    key = orjson.loads(raw)
    if not isinstance(key, list):
        raise TypeError(key)
    return key
