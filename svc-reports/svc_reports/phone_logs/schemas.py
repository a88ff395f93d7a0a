"""What the log of phone numbers takes."""

from __future__ import annotations

from typing import Any

from dialkit import fields
from marshmallow import ValidationError
from marshmallow.fields import Field

from svc_reports.phone_logs.store import IN, OUT
from svc_reports.ranges import Ranged
from svc_reports.row_lists.cursors import Cursor, KeyText, KeyTime
from svc_reports.row_lists.listing import Key
from svc_reports.row_lists.schemas import RowQuery
from svc_reports.values import MAX_ID, YesNo

ALL = "ALL"
LAST = "LAST"
_MOST_NUMBERS = 20


class PhoneNumbers(Field[list[str]]):
    """Phone numbers with commas between them; each of them once."""

    _one = fields.Phone(4, 18)

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[str]:
        given = fields.as_text(value).split(",")
        if len(given) > _MOST_NUMBERS:
            raise ValidationError(f"More than {_MOST_NUMBERS} numbers")
        return list(dict.fromkeys(map(self._one.digits, given)))


class CallCursor(Field[Key]):
    """The key of a call that came in, or of one that went out."""

    _came_in = Cursor(KeyTime(or_none=True), fields.Choice((IN,)), fields.Integer(0, MAX_ID))
    _went_out = Cursor(KeyTime(or_none=True), fields.Choice((OUT,)), KeyText(20))

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> Key:
        try:
            key: Key = self._came_in.deserialize(value)
        except ValidationError:
            key = self._went_out.deserialize(value)
        return key


class PhonePath(fields.Query):
    """Path of GET /phone-logs/{phone}."""

    phone = PhoneNumbers(required=True)


class PhoneLogQuery(RowQuery, Ranged):
    """Query of GET /phone-logs/{phone}."""

    type = fields.Choice((OUT, IN, ALL), load_default=OUT)
    detail = fields.Choice((ALL, LAST), load_default=ALL)
    archived_lead = YesNo(load_default=False)
    limit = fields.Integer(1, 1000, load_default=50)
    cursor = CallCursor()
