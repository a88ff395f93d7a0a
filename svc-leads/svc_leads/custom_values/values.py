"""Reading and writing the custom values of a lead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from dialkit.custom_fields import FIRST_CUSTOM_LIST
from dialkit.db import Queries
from dialkit.db_errors import UnfitValue, UnknownName
from dialkit.errors import Conflict, InvalidInput
from marshmallow import ValidationError

from svc_leads.custom_values import store
from svc_leads.custom_values.definitions import Definition, parse_values

NOT_ENABLED = "Custom fields are not enabled"
NO_FIELDS = "List has no custom fields"


class Checked(NamedTuple):
    """Values that may be written: the list whose table holds them, and values by column."""

    list_id: int
    values: dict[str, Any]
    given: Mapping[str, Any]
    clean: bool


def table_list(entry_list_id: int | None, lead_entry_list_id: int, list_id: int) -> int:
    """T: the list whose table holds a lead's values."""
    if entry_list_id:
        return entry_list_id
    return lead_entry_list_id if lead_entry_list_id >= FIRST_CUSTOM_LIST else list_id


async def check(db: Queries, list_id: int, given: Mapping[str, Any], *, clean: bool) -> Checked:
    """Values fit to be written. Raises: Conflict, InvalidInput."""
    if not await store.are_enabled(db):
        raise Conflict(NOT_ENABLED)
    definitions = await find_definitions(db, list_id)
    return fitted(list_id, given, definitions, clean=clean)


async def find_definitions(db: Queries, list_id: int) -> Mapping[str, Definition]:
    """The fields of a list that its table has columns for."""
    definitions = await store.list_definitions(db, list_id)
    columns = await store.list_columns(db, list_id) if definitions else set()
    return {name: field for name, field in definitions.items() if name in columns}


def fitted(
    list_id: int,
    given: Mapping[str, Any],
    definitions: Mapping[str, Definition],
    *,
    clean: bool,
) -> Checked:
    """Values as the list's definitions want them. Raises: InvalidInput."""
    if not definitions:
        raise InvalidInput({"custom_fields": [NO_FIELDS]})
    try:
        values = parse_values(given, definitions, list_id, clean=clean)
    except ValidationError as error:
        raise InvalidInput({"custom_fields": error.messages_dict}) from None
    return Checked(list_id, values, given, clean)


async def write(db: Queries, lead_id: int, checked: Checked) -> None:
    """Write checked values; where the table has changed since, by its new definitions, once."""
    try:
        await _put(db, lead_id, checked)
    except UnknownName:
        again = await check(db, checked.list_id, checked.given, clean=checked.clean)
        try:
            await _put(db, lead_id, again)
        except UnknownName:
            raise InvalidInput({"custom_fields": [NO_FIELDS]}) from None


async def _put(db: Queries, lead_id: int, checked: Checked) -> None:
    columns = list(checked.values)
    try:
        await store.put_values(db, checked.list_id, columns, [(lead_id, *checked.values.values())])
    except UnfitValue as error:
        raise unfit(error, columns) from None


def unfit(error: UnfitValue, columns: Collection[str]) -> InvalidInput:
    """What a value that the server refuses is to the caller."""
    text = str(error)
    named = [column for column in columns if f"'{column}'" in text or f"`{column}`" in text]
    field = f"custom_fields.{named[0]}" if named else "custom_fields"
    return InvalidInput({field: ["Does not fit the column"]})


async def read(db: Queries, list_id: int, lead_id: int) -> dict[str, Any]:
    """The lead's values as they leave; `{}` where the list has no custom fields."""
    if not await store.are_enabled(db):
        return {}
    # Definitions without a column are rare: only then the table is asked what it has.
    for find in (store.list_definitions, find_definitions):
        definitions = await find(db, list_id)
        if not definitions:
            return {}
        columns = [definition.column for definition in definitions.values()]
        try:
            values = await store.find_values(db, list_id, lead_id, columns)
        except UnknownName:
            continue
        return store.stored(definitions, values)
    return {}


async def delete(db: Queries, list_id: int, lead_id: int) -> None:
    """Delete the lead's values, where the list has a table for them."""
    if await store.has_table(db, list_id):
        await store.delete_values(db, list_id, [lead_id])
