"""What the look-up of recordings takes."""

from __future__ import annotations

from typing import Any

from dialkit import fields
from dialkit.fields import as_text
from marshmallow import ValidationError
from marshmallow.fields import Field

from svc_reports.call_ids import IdKind, read_call_id
from svc_reports.ranges import Ranged
from svc_reports.row_lists.cursors import Cursor
from svc_reports.row_lists.schemas import RowQuery
from svc_reports.values import MAX_ID


class Uniqueid(Field[str]):
    """The name that Asterisk gives to a channel."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        call_id = read_call_id(as_text(value))
        if call_id is None or call_id.kind is not IdKind.UNIQUEID:
            raise ValidationError("Must be a uniqueid, such as 1736355590.1234")
        return call_id.text


class RecordingQuery(RowQuery, Ranged):
    """Query of GET /recordings/lookup."""

    lead_id = fields.Integer(1, MAX_ID)
    agent_user = fields.Text(20, least=1)
    uniqueid = Uniqueid()
    vicidial_id = fields.Text(20, least=1)
    filename = fields.Text(100, least=1)
    extension = fields.Text(100, least=1)
    limit = fields.Integer(1, 1000, load_default=100)
    cursor = Cursor(fields.Integer(1, MAX_ID))
