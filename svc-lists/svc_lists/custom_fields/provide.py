"""A field's column, brought to what its definition says (contract: "Order of writes").

The column comes before the definition: a definition without its column would break every agent's
screen; a column without definition is harmless, and a repeat takes it up.
"""

from __future__ import annotations

from dialkit.db_errors import (
    BAD_DEFAULT,
    VALUES_ALIKE,
    DuplicateColumn,
    ImpossibleTable,
    UnfitValue,
    UnknownName,
)
from dialkit.errors import Conflict, InvalidInput

from svc_lists.custom_fields.column import Column
from svc_lists.custom_fields.structure import CustomTable

BEING_CHANGED = "Custom fields are being changed, try again"
_UNFIT = "Existing values do not fit the new definition"


async def provide_column(
    table: CustomTable, name: str, wanted: Column, *, was: Column | None, fixed: bool = False
) -> None:
    """Add the column or change it, unless it is right already.

    `was` is the column of the definition so far: one that VICIdial has made a little differently
    is left as it is. `fixed`: the column may not change.

    Raises: Conflict, InvalidInput.
    """
    there = await table.find_column(name)
    if there is not None and (wanted == was or there == (wanted.type, wanted.default)):
        return
    if fixed:
        raise Conflict("Encrypted field cannot be changed")
    try:
        if there is None:
            there = await _add(table, name, wanted)
        if there != (wanted.type, wanted.default):
            await _modify(table, name, wanted, same_type=there[0] == wanted.type)
    except ImpossibleTable as error:
        raise InvalidInput(_impossible(error, wanted)) from None
    except UnknownName:  # VICIdial's own page has dropped it meanwhile
        raise Conflict(BEING_CHANGED) from None


async def _add(table: CustomTable, name: str, wanted: Column) -> tuple[str, str | None]:
    """Add the column; what there is then: VICIdial's own page may have been faster."""
    await table.create()
    try:
        await table.add_column(name, wanted)
    except DuplicateColumn:
        there = await table.find_column(name)
        if there is not None:
            return there
        raise
    return wanted.type, wanted.default


async def _modify(table: CustomTable, name: str, wanted: Column, *, same_type: bool) -> None:
    if not (same_type or await table.fits(name, wanted)):
        raise Conflict(_UNFIT)
    try:
        await table.modify_column(name, wanted)
    except UnfitValue:
        await _modify_despite_empty_texts(table, name, wanted)


async def _modify_despite_empty_texts(table: CustomTable, name: str, wanted: Column) -> None:
    """Change a column whose empty texts a strict server takes for no choice, date or time.

    In two steps: once the column holds nothing but them and its choices, nothing can be lost.
    """
    leniently = bool(wanted.values) and await table.can_be_lenient()
    if not (leniently or wanted.is_time):
        raise Conflict(_UNFIT)
    try:
        await table.modify_column(name, wanted.with_empty_text)
    except UnfitValue:
        raise Conflict(_UNFIT) from None
    if leniently:
        await table.modify_column(name, wanted, lenient=True)
    else:
        await table.replace_column(name, wanted)


def _impossible(error: ImpossibleTable, wanted: Column) -> dict[str, list[str]]:
    if error.number == VALUES_ALIKE:
        return {"field_options": ["Two values are the same to the database"]}
    if error.number == BAD_DEFAULT:
        return {"field_default": ["Must be one of the values of field_options"]}
    field = "field_options" if wanted.from_options else "field_max"
    return {field: ["The rows of the list's custom table would become too long"]}
