"""The lead of a test call (contract: telephony.md, "Internal endpoints")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import SQL_FORMAT, Clock
from dialkit.db import Database
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller


async def add_test_lead(
    db: Database, clock: Clock, caller: Caller, fields: Mapping[str, Any]
) -> int:
    """Add the lead without checks and without hopper; its id."""
    called = clock.to_local(fields["call_date"]).strftime(SQL_FORMAT)
    columns = {
        "status": "CTCALL",
        "user": "VDAD",
        "list_id": fields["list_id"],
        "phone_code": fields["phone_code"],
        "phone_number": fields["phone_number"],
        "entry_date": called,
        "last_local_call_time": called,
        "called_since_last_reset": "Y",
        "called_count": 1,
        "first_name": "Test",
        "last_name": "Call",
        "address1": "Test Call",
        "address2": "2",
        "address3": "3",
        "city": "Springfield",
        "state": "IL",
        "vendor_lead_code": "999999",
        "comments": f"{fields['campaign_id']} test call placed {called}",
        "rank": 99,
        "owner": "Test Outbound Call",
    }

    async def work(journal: Journal) -> int:
        lead_id = await journal.insert("vicidial_list", columns)
        await journal.log("LEADS", "ADD", lead_id, "ADMIN API ADD TEST LEAD")
        return lead_id

    return await journaled(db, caller, clock.now(), work)
