"""Which test calls are recent (contract: GET /test-call/list, "Does").

Calls are found by their leads: by date every call of the day would have to be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dialkit.collation import folded
from dialkit.db import Queries
from dialkit.sql import chunks

from svc_telephony.placed_calls import store
from svc_telephony.placed_calls.store import RecentCall

_MOST_LEADS = 1000
# A page of one call could else ask a thousand times after calls that are no longer in the log.
_LEAST_CHUNK = 50
_FIRST_LETTER = "v"  # folded


class Page(NamedTuple):
    """Test calls, newest lead first; `before` is the last lead looked at, where leads remain."""

    calls: list[RecentCall]
    before: str | None


async def recent_calls(db: Queries, *, before: int, limit: int, phone_login: str) -> Page:
    """The newest calls to leads below that id whose codes end so, one a lead."""
    leads = await store.list_test_leads(db, before, _MOST_LEADS + 1)
    if not leads:
        return Page([], None)

    found: list[RecentCall] = []
    for chunk in chunks(leads[:_MOST_LEADS], max(limit, _LEAST_CHUNK)):
        calls = await store.list_test_calls(db, chunk)
        found += _one_a_lead(call for call in calls if _fits(call, phone_login))
        if len(found) >= limit:
            break

    # Leads beyond the end of a page that is more than full must come again.
    last = found[limit - 1].lead_id if len(found) > limit else chunk[-1]
    return Page(found[:limit], str(last) if last != leads[-1] else None)


def _fits(call: RecentCall, phone_login: str) -> bool:
    """Whether it is a call with a campaign's settings whose code ends so, in any case."""
    code = folded(call.caller_code)
    return code.startswith(_FIRST_LETTER) and code.endswith(folded(phone_login))


def _one_a_lead(calls: Iterable[RecentCall]) -> list[RecentCall]:
    """The first call of each lead."""
    first: dict[int, RecentCall] = {}
    for call in calls:
        first.setdefault(call.lead_id, call)
    return list(first.values())
