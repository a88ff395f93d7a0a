"""Which recordings are of the call with a uniqueid (contract: GET /recordings/lookup, step 2)."""

from __future__ import annotations

from functools import partial

from dialkit.db import Queries
from dialkit.sql import literal

from svc_reports.archives import first_found
from svc_reports.conditions import NONE, Condition
from svc_reports.recordings.store import RecordingLog, find_called_lead, list_closecallids


async def of_call(db: Queries, log: RecordingLog, uniqueid: str) -> Condition:
    """That a recording is of the call, whatever page or other filters are asked for.

    Where the log knows none of the call's ids, by the second in which the lead was called:
    VICIdial writes what follows the dot in different lengths.
    """
    closecallids = await list_closecallids(db, uniqueid)
    by_id = Condition("vicidial_id IN %s", ([uniqueid, *map(str, sorted(closecallids))],))
    if await log.has_any(by_id):
        return by_id
    lead_id = await first_found(partial(find_called_lead, db, uniqueid))
    if lead_id is None:
        return NONE
    whole = literal(uniqueid.rpartition(".")[0])
    return Condition("lead_id = %s AND vicidial_id LIKE %s", (lead_id, f"{whole}.%"))
