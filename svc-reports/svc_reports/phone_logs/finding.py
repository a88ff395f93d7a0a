"""Where the calls of phone numbers are found (contract: GET /phone-logs/{phone}, "Does")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.errors import Conflict, InvalidInput
from dialkit.sql import chunks

from svc_reports.phone_logs import store
from svc_reports.phone_logs.indexes import NumberIndexes
from svc_reports.phone_logs.store import IN, OUT, Source

_MOST_LEADS = 5000
_LEADS_A_STATEMENT = 200


class Found(NamedTuple):
    """What is to be read, and the header that says how outbound calls are found, if they are."""

    sources: list[Source]
    headers: Mapping[str, str]


async def find_sources(
    db: Queries, indexes: NumberIndexes, numbers: list[str], query: Mapping[str, Any]
) -> Found:
    """Where to read: by the number, or of outbound calls those of the leads that have it.

    Raises: InvalidInput for numbers of too many leads.
    """
    kind, archived = query["type"], query["archived"]
    sources = [] if kind == OUT else [Source(store.inbound(archived))]
    if kind == IN:
        return Found(sources, {})
    log = store.outbound(archived)
    if await indexes.has(db, log.table):
        return Found([*sources, Source(log)], {"X-Phone-Match": "index"})
    leads = await _leads_with(db, numbers)
    sources += [Source(log, some) for some in chunks(leads, _LEADS_A_STATEMENT)]
    return Found(sources, {"X-Phone-Match": "leads"})


async def check_lead_archive(db: Queries, archived_lead: bool) -> None:
    """Refuse a request for archived leads where there is no archive of them. Raises: Conflict."""
    if archived_lead and not await store.has_lead_archive(db):
        raise Conflict("Lead archive is not set up")


async def _leads_with(db: Queries, numbers: list[str]) -> list[int]:
    with_archive = await store.has_lead_archive(db)
    leads = await store.list_leads(db, numbers, with_archive=with_archive, limit=_MOST_LEADS + 1)
    if len(leads) > _MOST_LEADS:
        raise InvalidInput({"phone": ["Too many leads with this number"]})
    return leads
