"""A field's column, brought to what its definition says (contract: "Order of writes").

The column comes before the definition: a definition without its column would break every agent's
screen; a column without definition is harmless, and a repeat takes it up.
"""

from __future__ import annotations

from dialkit.db import Queries
from dialkit.db_errors import (
    BAD_DEFAULT,
    VALUES_ALIKE,
    DuplicateColumn,
    ImpossibleTable,
    UnfitValue,
)
from dialkit.errors import Conflict, InvalidInput

from svc_lists.custom_fields import structure
from svc_lists.custom_fields.column import Column

_UNFIT = "Existing values do not fit the new definition"


async def provide_column(
    db: Queries, list_id: int, name: str, wanted: Column, *, was: Column | None, fixed: bool = False
) -> None:
    """Add the column or change it, unless it is right already.

    `was` is the column of the definition so far: one that VICIdial has made a little differently
    is left as it is. `fixed`: the column may not change.

    Raises: Conflict, InvalidInput.
    """
    there = await structure.find_column(db, list_id, name)
    if there is not None and (wanted == was or there == (wanted.type, wanted.default)):
        return
    if fixed:
        raise Conflict("Encrypted field cannot be changed")
    try:
        if there is None:
            there = await _add(db, list_id, name, wanted)
        if there != (wanted.type, wanted.default):
            await _modify(db, list_id, name, wanted, same_type=there[0] == wanted.type)
    except ImpossibleTable as error:
        raise InvalidInput(_impossible(error, wanted)) from None


async def _add(db: Queries, list_id: int, name: str, wanted: Column) -> tuple[str, str | None]:
    """Add the column; what there is then: another request may have been faster."""
    await structure.create_table(db, list_id)
    try:
        await structure.add_column(db, list_id, name, wanted)
    except DuplicateColumn:
        there = await structure.find_column(db, list_id, name)
        if there is not None:
            return there
        raise
    return wanted.type, wanted.default


async def _modify(db: Queries, list_id: int, name: str, wanted: Column, *, same_type: bool) -> None:
    if not (same_type or await structure.fits(db, list_id, name, wanted)):
        raise Conflict(_UNFIT)
    try:
        await structure.modify_column(db, list_id, name, wanted)
    except UnfitValue:
        await _modify_despite_empty_texts(db, list_id, name, wanted)


async def _modify_despite_empty_texts(db: Queries, list_id: int, name: str, wanted: Column) -> None:
    """Change a column whose empty texts a strict server takes for no choice, date or time."""
    if not (wanted.values or wanted.is_time) or not await structure.fits(db, list_id, name, wanted):
        raise Conflict(_UNFIT)
    if wanted.is_time:  # it holds nothing else: as NULL it stays empty
        await structure.replace_column(db, list_id, name, wanted)
        return
    try:
        await structure.modify_column(db, list_id, name, wanted, lenient=True)
    except UnfitValue:  # MySQL stays strict
        raise Conflict(_UNFIT) from None


def _impossible(error: ImpossibleTable, wanted: Column) -> dict[str, list[str]]:
    if error.number == VALUES_ALIKE:
        return {"field_options": ["Two values are the same to the database"]}
    if error.number == BAD_DEFAULT:
        return {"field_default": ["Must be one of the values of field_options"]}
    field = "field_options" if wanted.from_options else "field_max"
    return {field: ["The rows of the list's custom table would become too long"]}
