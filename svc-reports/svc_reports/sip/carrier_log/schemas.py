"""What the carrier log takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import fields
from marshmallow import ValidationError, validates_schema

from svc_reports.ranges import Ranged
from svc_reports.row_lists import Cursor, KeyText, KeyTime, RowQuery
from svc_reports.sip.carrier_log.store import NO_DATE
from svc_reports.values import MAX_ID, ip_address


class RowTime(KeyTime):
    """When a row is from, as the database writes it, or that it has no date."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: object) -> str:
        return NO_DATE if value == NO_DATE else super()._deserialize(value, attr, data, **options)


class CarrierLogQuery(RowQuery, Ranged):
    """Query of the carrier log."""

    lead_id = fields.Integer(1, MAX_ID)
    server_ip = ip_address()
    dialstatus = fields.Text(16, least=1)
    sip_hangup_cause = fields.Integer(0, 65_535)
    hangup_cause = fields.Integer(0, 255)
    caller_code = fields.Text(30, least=1)
    limit = fields.Integer(1, 1000, load_default=100)
    cursor = Cursor(RowTime(), KeyText(20))

    @validates_schema
    def check_cursor(self, query: Mapping[str, Any], **_: object) -> None:
        """Rows without a date are in no range."""
        if "lead_id" not in query and query.get("cursor", ())[:1] == (NO_DATE,):
            raise ValidationError({"cursor": ["Invalid cursor"]})
