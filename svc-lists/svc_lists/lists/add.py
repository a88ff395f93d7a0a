"""Adding a list (contract: POST /lists)."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import Conflict
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_lists.custom_fields import copying
from svc_lists.custom_fields.copying import Copy
from svc_lists.lists import store
from svc_lists.lists.assign_id import Insert, insert_under_new_id
from svc_lists.lists.columns import new_columns

# For all that the request does: the gateway waits a minute.
_WITHIN_S = 50


async def add(db: Database, fields: Mapping[str, Any], caller: Caller, now: Moment) -> int:
    """Add the list of these settled fields; its id.

    Raises: InvalidInput, Conflict; with copied fields TooSlow and Unavailable.
    """
    if "custom_fields_copy" not in fields:
        return await _add_alone(db, fields, caller, now)
    await copying.check(db, fields["custom_fields_copy"], fields.get("list_id"))
    return await _add_with_custom_fields(db, fields, caller, now)


async def _add_alone(db: Database, fields: Mapping[str, Any], caller: Caller, now: Moment) -> int:
    columns = new_columns(fields, now)

    async def insert(queries: Queries, list_id: int) -> bool:
        async def work(journal: Journal) -> bool:
            added = await store.add_list(journal, list_id, columns)
            if added:
                await _log(journal, list_id, fields)
            return added

        return await journaled(queries, caller, now, work)

    return await _insert(db, fields.get("list_id"), insert)


async def _add_with_custom_fields(
    db: Database, fields: Mapping[str, Any], caller: Caller, now: Moment
) -> int:
    """Add the list, inactive until it has its fields."""
    until = monotonic() + _WITHIN_S
    columns = new_columns(fields, now) | {"active": "N"}
    begun = Journal(db, caller, now)

    async def insert(queries: Queries, list_id: int) -> bool:
        nonlocal begun
        begun = Journal(queries, caller, now)
        return await store.add_list(begun, list_id, columns)

    list_id = await _insert(db, fields.get("list_id"), insert)
    copy = Copy(fields["custom_fields_copy"], fields["custom_copy_method"], until)
    refused = await copying.copy_fields(db, copy, list_id, caller, now)

    async def finish(journal: Journal) -> None:
        active = {"active": fields["active"]}
        if refused is None and not await store.change_list(journal, list_id, active):
            raise Conflict("List was deleted meanwhile")
        await _log(journal, list_id, fields)

    await journaled(db, caller, now, finish, begun=begun)
    if refused:
        refused.data = {"list_id": list_id}  # else nobody learns which list it is to be finished
        raise refused
    return list_id


async def _insert(db: Database, list_id: int | None, insert: Insert) -> int:
    """Insert under the id that is asked for, or under a new one; the id. Raises: Conflict."""
    if list_id is None:
        return await insert_under_new_id(db, insert)
    if not await insert(db, list_id):
        raise Conflict("List already exists")
    return list_id


async def _log(journal: Journal, list_id: int, fields: Mapping[str, Any]) -> None:
    source = fields.get("custom_fields_copy", "")
    notes = f"list: {list_id}|{fields.get('campaign_id', '')}|{source}"
    await journal.log("LISTS", "ADD", list_id, "ADMIN API ADD LIST", notes)
