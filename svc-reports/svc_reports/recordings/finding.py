"""How recordings are found: by an index of what is asked for, or by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.clock import Clock
from dialkit.db import Queries
from dialkit.errors import InvalidInput

from svc_reports.conditions import equal
from svc_reports.ranges import Range
from svc_reports.recordings.bounds import ids_of_range
from svc_reports.recordings.of_call import of_call
from svc_reports.recordings.rows import Matching, Recordings, Within
from svc_reports.recordings.store import RecordingLog

# Each of these leaves a few recordings; of an agent or an extension there are many.
_SELECTIVE = ("lead_id", "uniqueid", "vicidial_id", "filename")
_WIDE = ("agent_user", "extension")


def refuse_too_wide(query: Mapping[str, Any], span: Range | None) -> None:
    """Recordings of all times are only shown by the page. Raises: InvalidInput."""
    if span is not None or _is_selective(query):
        return
    needy = [name for name in _WIDE if name in query]
    if query["format"] != "json":
        needy.append("format")
    if needy:
        raise InvalidInput({name: ["Needs a date range"] for name in needy})


async def find_recordings(
    db: Queries, clock: Clock, query: Mapping[str, Any], span: Range | None
) -> Recordings:
    """The recordings that a query asks for."""
    log = RecordingLog(db, query["archived"])
    conditions = equal(
        lead_id=query.get("lead_id"),
        vicidial_id=query.get("vicidial_id"),
        filename=query.get("filename"),
        user=query.get("agent_user"),
        extension=query.get("extension"),
    )
    if "uniqueid" in query:
        conditions.append(await of_call(db, log, query["uniqueid"]))
    if _is_selective(query):
        return Matching(clock, log, span, conditions)
    ids = await log.find_ids()
    if span is not None:
        ids = await ids_of_range(span, ids, log.list_dated)
    return Within(clock, log, span, conditions, ids)


def _is_selective(query: Mapping[str, Any]) -> bool:
    return any(name in query for name in _SELECTIVE)
