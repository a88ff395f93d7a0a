"""Changing and resetting a list (contract: PUT /lists/{list_id}, "Does (fields, reset)")."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any, NamedTuple

from dialkit.clock import Moment
from dialkit.db import Database, Queries
from dialkit.errors import ApiError, Conflict, NotFound, NothingToUpdate
from dialkit.journal import Journal, journaled
from dialkit.tokens import Caller

from svc_lists.custom_fields import copying
from svc_lists.custom_fields.copying import Copy
from svc_lists.list_ids import MISSING, check_list
from svc_lists.lists import store
from svc_lists.lists.columns import given_columns
from svc_lists.lists.fields import settled
from svc_lists.lists.leads_work import LeadsWork, Progress

# For all that the request does: the gateway waits a minute.
_WITHIN_S = 50


class Changes(NamedTuple):
    """Changes that may be made; `campaign_id` and `source` are None where nothing is said of them.

    `source` is the list whose custom fields are copied.
    """

    columns: dict[str, Any]
    campaign_id: str | None
    reset: bool
    source: int | None
    method: str

    @property
    def of_columns_only(self) -> bool:
        """Whether no other service and no other table has to do with them."""
        return self.campaign_id is None and not self.reset and self.source is None


async def prepare(db: Queries, list_id: int, fields: Mapping[str, Any]) -> Changes:
    """Check what a request asks of a list. Raises: NotFound, BadRequest, InvalidInput, Conflict."""
    await check_list(db, list_id)
    fields = await settled(db, fields)
    changes = Changes(
        columns=given_columns(fields),
        campaign_id=fields.get("campaign_id"),
        reset=fields["reset_list"] == "Y",
        source=fields.get("custom_fields_copy"),
        method=fields["custom_copy_method"],
    )
    if changes.of_columns_only and not changes.columns:
        raise NothingToUpdate
    if changes.source is not None:
        await copying.check(db, changes.source, list_id)
    return changes


async def change(
    db: Database, leads: LeadsWork, list_id: int, changes: Changes, caller: Caller, now: Moment
) -> Progress | None:
    """Make prepared changes; how far a reset came.

    Raises: NotFound, Conflict, and what `LeadsWork` does.
    """
    if changes.of_columns_only:
        await _change_columns(db, list_id, changes, caller, now)
        return None
    journal, until = Journal(db, caller, now), monotonic() + _WITHIN_S
    resets_today = await _write(journal, list_id, changes, now)
    progress, refused = await _work_on_leads(leads, list_id, changes)
    if changes.source is not None and refused is None:
        copy = Copy(changes.source, changes.method, until)
        refused = await copying.copy_fields(db, copy, list_id, caller, now)
    of_reset = Journal(db, caller, now, begun=journal)  # both rows show the one statement
    if changes.columns:
        await _log(journal, list_id)
    if progress:
        await _log_reset(of_reset, list_id, progress.leads, resets_today)
    if refused:
        raise refused
    return progress


async def _work_on_leads(
    leads: LeadsWork, list_id: int, changes: Changes
) -> tuple[Progress | None, ApiError | None]:
    """How far a reset came, and why svc-leads did not do its part: what we did is logged first."""
    try:
        # The campaign is written before: the loader would fill the old hopper again.
        if changes.campaign_id is not None:
            await leads.leave_hopper(list_id, but_of=changes.campaign_id)
        return (await leads.reset(list_id) if changes.reset else None), None
    except ApiError as error:
        return None, error


async def _change_columns(
    db: Database, list_id: int, changes: Changes, caller: Caller, now: Moment
) -> None:
    async def work(journal: Journal) -> None:
        await _write(journal, list_id, changes, now)
        await _log(journal, list_id)

    await journaled(db, caller, now, work)


async def _write(journal: Journal, list_id: int, changes: Changes, now: Moment) -> int:
    """Set the columns and count the reset, with one statement; the day's resets."""
    columns = changes.columns | {"list_changedate": now.sql}
    if changes.reset:
        resets_today = await store.count_reset(journal, list_id, columns)
        if resets_today is None:
            return await _refuse_reset(journal, list_id)
        return resets_today
    if changes.columns and not await store.change_list(journal, list_id, columns):
        raise NotFound(MISSING)
    return 0


async def _refuse_reset(journal: Journal, list_id: int) -> int:
    found = await store.find_resets(journal, list_id)
    if found is None:
        raise NotFound(MISSING)
    await journal.log(
        "LISTS", "RESET", list_id, "ADMIN API RESET LIST FAILED",
        f"daily list resets limit reached: {found[0] or 0} / {found[1]}",
    )  # fmt: skip
    raise Conflict("Daily reset limit reached")


async def _log(journal: Journal, list_id: int) -> None:
    await journal.log("LISTS", "MODIFY", list_id, "ADMIN API UPDATE LIST", f"list: {list_id}")


async def _log_reset(journal: Journal, list_id: int, leads: int, resets_today: int) -> None:
    notes = f"{leads} leads reset, list resets today: {resets_today}"
    await journal.log("LISTS", "RESET", list_id, "ADMIN API RESET LIST", notes)
