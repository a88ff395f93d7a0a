"""Which call had a code (contract: calls/{call_id}/info, step 1)."""

from __future__ import annotations

from functools import partial

from dialkit.db import Queries

from svc_reports.archives import first_found
from svc_reports.call_ids import is_inbound
from svc_reports.caller_codes import store
from svc_reports.caller_codes.store import CodedCall


async def resolve(db: Queries, code: str) -> CodedCall | None:
    """The newest call that had the code; with its in-group, if the prefix says inbound."""
    inbound = is_inbound(code)
    find_otherwise = store.find_in_group if inbound else store.find_dialled
    call = await first_found(
        partial(store.find_extended, db, code), partial(find_otherwise, db, code)
    )
    if call is None or not inbound or call.group_id is not None:
        return call
    group_id = await first_found(partial(store.find_group, db, code, call.uniqueid))
    return call._replace(group_id=group_id)
