"""Copying the fields of one list to another (contract: "Copying fields")."""

from __future__ import annotations

from time import monotonic
from typing import NamedTuple

from dialkit.clock import Moment
from dialkit.custom_fields import FIRST_CUSTOM_LIST
from dialkit.db import Database, Queries
from dialkit.db_errors import UnfitValue
from dialkit.errors import (
    ApiError,
    BadRequest,
    Conflict,
    InvalidInput,
    TooSlow,
    Unavailable,
)
from dialkit.tokens import Caller

from svc_lists.custom_fields import store
from svc_lists.custom_fields.field_work import FieldWork, alone, check_possible
from svc_lists.custom_fields.store import Field
from svc_lists.list_ids import has_list

_FIELD = "custom_fields_copy"
_NEVER_CHANGED = ("field_id", "field_name", "field_encrypt", "field_duplicate")


class Copy(NamedTuple):
    """Which list's fields are copied, how, and until when (a reading of the monotonic clock)."""

    source_id: int
    method: str
    until: float


async def check(db: Queries, source_id: int, target_id: int | None) -> None:
    """Whether fields can be copied at all; a new list has no id yet.

    Raises: InvalidInput, Conflict.
    """
    if source_id == target_id:
        raise InvalidInput({_FIELD: ["Must be another list"]})
    if not await has_list(db, source_id):
        raise InvalidInput({_FIELD: ["List not found"]})
    if not await store.list_fields(db, source_id):
        raise InvalidInput({_FIELD: ["List has no custom fields"]})
    await check_possible(db, FIRST_CUSTOM_LIST if target_id is None else target_id)


async def copy_fields(
    db: Database, copy: Copy, target_id: int, caller: Caller, now: Moment
) -> ApiError | None:
    """Copy the fields in the order of the form, by APPEND or UPDATE; why that stopped, if it did.

    Each is complete before the next, and a repeat goes on: the caller logs first what it has done.
    """
    for field in await store.list_fields(db, copy.source_id):
        if "Y" in {field["field_duplicate"], field["field_encrypt"]}:
            continue
        left_s = copy.until - monotonic()
        if left_s <= 0:
            return TooSlow("Custom fields are not all copied yet: send it again")
        try:
            async with alone(db, target_id, timeout_s=min(left_s, 10)) as connection:
                work = FieldWork(connection, target_id, caller, now, until=copy.until)
                there = await store.find_named_field(connection, target_id, field["field_name"])
                await _copy(work, field, there, copy.method)
        except (BadRequest, Conflict) as refused:
            return _refusal(field, refused.message)
        except UnfitValue:
            return _refusal(field, "Holds what a strict server does not take")
        except (TooSlow, Unavailable) as error:
            return error
    return None


def _refusal(field: Field, why: str) -> Conflict:
    message = f"Custom field cannot be copied: {field['field_name']}"
    return Conflict(message, details={_FIELD: [why]})


async def _copy(work: FieldWork, field: Field, there: Field | None, method: str) -> None:
    if method == "APPEND" and there is None:
        await work.add({key: value for key, value in field.items() if key != "field_id"})
    elif method == "UPDATE" and there is not None:
        changes = {key: value for key, value in field.items() if key not in _NEVER_CHANGED}
        await work.change(there, changes)
