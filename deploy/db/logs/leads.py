"""The leads that were called."""

from collections.abc import Iterator

from deploy.db.logs.calls import FIRST_LEAD, LIST, PHONE
from deploy.db.logs.fill import Fill, weighted
from deploy.db.logs.sizes import Sizes
from deploy.db.logs.times import Span

_LEAD = {
    "lead_id": "lead_id",
    "entry_date": "FROM_UNIXTIME(entered)",
    "modify_date": "FROM_UNIXTIME(entered)",
    "status": weighted({"NEW": 10, "NA": 40, "NI": 20, "CALLBK": 10, "SALE": 10, "DNC": 10}),
    "user": "''",
    "vendor_lead_code": "CONCAT('V', lead_id)",
    "source_id": "CONCAT('mail', lead_id % 100)",
    "list_id": LIST,
    "gmt_offset_now": "-5",
    "called_since_last_reset": "'Y'",
    "phone_code": "'1'",
    "phone_number": PHONE,
    "first_name": "'Jane'",
    "last_name": "CONCAT('Roe ', lead_id)",
    "called_count": "chance % 10",
    "last_local_call_time": "FROM_UNIXTIME(entered)",
}


def lead_fills(sizes: Sizes, span: Span) -> Iterator[Fill]:
    """The leads, entered a day before the first call."""
    if sizes.leads:
        seq = f"seq_0_to_{sizes.leads - 1}"
        lead = f"SELECT {FIRST_LEAD} + seq AS lead_id, CRC32(seq) AS chance"
        entered = f"{span.first - 86_400} AS entered"
        yield Fill("vicidial_list", _LEAD, f"({lead}, {entered} FROM {seq}) AS leads")
