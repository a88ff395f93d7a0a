"""Row lists: as JSON pages, or streamed as CSV or NDJSON (contract: reports.md, C4, C5)."""

from svc_reports.row_lists.answers import RowList, send_rows
from svc_reports.row_lists.cursors import Cursor, KeyText, KeyTime
from svc_reports.row_lists.listing import Key, Listing
from svc_reports.row_lists.schemas import RowQuery

__all__ = [
    "Cursor",
    "Key",
    "KeyText",
    "KeyTime",
    "Listing",
    "RowList",
    "RowQuery",
    "send_rows",
]
