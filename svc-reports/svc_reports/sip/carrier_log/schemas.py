"""What the carrier log takes."""

from __future__ import annotations

from dialkit import fields

from svc_reports.ranges import Ranged
from svc_reports.row_lists import Cursor, KeyText, KeyTime, RowQuery
from svc_reports.values import MAX_ID, ip_address


class CarrierLogQuery(RowQuery, Ranged):
    """Query of the carrier log."""

    lead_id = fields.Integer(1, MAX_ID)
    server_ip = ip_address()
    dialstatus = fields.Text(16, least=1)
    sip_hangup_cause = fields.Integer(0, 65_535)
    hangup_cause = fields.Integer(0, 255)
    caller_code = fields.Text(30, least=1)
    limit = fields.Integer(1, 1000, load_default=100)
    cursor = Cursor(KeyTime(), KeyText(20))
