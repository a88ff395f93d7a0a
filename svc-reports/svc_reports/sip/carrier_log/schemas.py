"""What the carrier log takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit import fields
from marshmallow import ValidationError, validates_schema

from svc_reports.ranges import Ranged
from svc_reports.row_lists.cursors import NO_DATE, Cursor, KeyText, KeyTime
from svc_reports.row_lists.schemas import RowQuery
from svc_reports.values import MAX_ID, ip_address


class CarrierLogQuery(RowQuery, Ranged):
    """Query of GET /sip/carrier-log."""

    lead_id = fields.Integer(1, MAX_ID)
    server_ip = ip_address()
    dialstatus = fields.Text(16, least=1)
    sip_hangup_cause = fields.Integer(0, 65_535)
    hangup_cause = fields.Integer(0, 255)
    caller_code = fields.Text(30, least=1)
    limit = fields.Integer(1, 1000, load_default=100)
    cursor = Cursor(KeyTime(or_none=True), KeyText(20))

    @validates_schema
    def check_cursor(self, query: Mapping[str, Any], **_: object) -> None:
        """Rows without a date are in no range."""
        if "lead_id" not in query and query.get("cursor", ())[:1] == (NO_DATE,):
            raise ValidationError({"cursor": ["Invalid cursor"]})
