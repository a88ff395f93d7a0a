"""What the DID log takes."""

from __future__ import annotations

from dialkit import fields

from svc_reports.ranges import Ranged
from svc_reports.row_lists.cursors import Cursor, KeyText, KeyTime
from svc_reports.row_lists.schemas import RowQuery
from svc_reports.values import ip_address


class DidLogQuery(RowQuery, Ranged):
    """Query of GET /did-logs/export."""

    did_pattern = fields.Text(50, least=1)
    phone_number = fields.Text(20, least=1)
    did_id = fields.Pattern(r"[0-9]{1,9}", why="Must be 1 to 9 digits")
    caller_id_number = fields.Text(18, least=1)
    server_ip = ip_address()
    limit = fields.Integer(1, 10_000, load_default=1000)
    cursor = Cursor(KeyTime(), KeyText(20), KeyText(15))
