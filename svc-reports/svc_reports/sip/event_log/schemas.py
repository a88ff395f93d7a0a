"""What the SIP events take."""

from __future__ import annotations

from dialkit import fields

from svc_reports.ranges import Ranged
from svc_reports.row_lists.cursors import Cursor, KeyTime
from svc_reports.row_lists.schemas import RowQuery
from svc_reports.values import MAX_ID, ip_address


class EventLogQuery(RowQuery, Ranged):
    """Query of GET /sip/event-log."""

    class Meta(RowQuery.Meta):
        """VICIdial rolls these tables, it archives none."""

        exclude = ("archived",)

    sip_call_id = fields.Text(256, least=1)
    sip_event = fields.Text(10, least=1)
    caller_code = fields.Text(30, least=1)
    uniqueid = fields.Text(20, least=1)
    server_ip = ip_address()
    limit = fields.Integer(1, 1000, load_default=100)
    cursor = Cursor(KeyTime(), fields.Integer(0, MAX_ID))
