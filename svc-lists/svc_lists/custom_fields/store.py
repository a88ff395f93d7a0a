"""SQL of the definitions of custom fields, named as the API names them.

Writes vicidial_lists_fields; reads system_settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialkit.db import Queries
from dialkit.sql import assignments

Field = dict[str, Any]

_SAME_NAMES = (
    "field_type", "field_options", "field_size", "field_max", "field_default", "field_required",
    "field_description", "field_help", "field_rank", "field_order", "name_position",
    "multi_position", "field_encrypt", "field_show_hide", "field_duplicate",
)  # fmt: skip
# The API's two names are the reverse of VICIdial's.
_COLUMNS = {
    "field_id": "field_id",
    "field_label": "field_name",
    "field_name": "field_label",
    **{name: name for name in _SAME_NAMES},
}
_SELECTED = ", ".join(_COLUMNS.values())


async def are_enabled(db: Queries) -> bool:
    """Whether the installation uses custom fields."""
    return bool(await db.fetch_value("SELECT custom_fields_enabled FROM system_settings") == "1")


async def list_fields(db: Queries, list_id: int) -> list[Field]:
    """The list's fields in the order of the form (index listfield)."""
    return await _fields(
        db, "WHERE list_id = %s ORDER BY field_rank, field_order, field_label", list_id
    )


async def find_field(db: Queries, list_id: int, field_id: int) -> Field | None:
    """The list's field of that id, or None."""
    found = await _fields(db, "WHERE field_id = %s AND list_id = %s", field_id, list_id)
    return found[0] if found else None


async def find_named_field(db: Queries, list_id: int, name: str) -> Field | None:
    """The list's field of that name in any case, or None (index listfield)."""
    found = await _fields(db, "WHERE list_id = %s AND field_label = %s", list_id, name)
    return found[0] if found else None


async def _fields(db: Queries, rest: str, *params: Any) -> list[Field]:
    rows = await db.fetch_wide(_SELECTED, f"FROM vicidial_lists_fields {rest}", *params)
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


async def add_field(db: Queries, list_id: int, field: Mapping[str, Any]) -> int:
    """Add a field; its id. Raises: DuplicateKey."""
    return await db.insert("vicidial_lists_fields", {"list_id": list_id} | _columns(field))


async def change_field(db: Queries, field_id: int, changes: Mapping[str, Any]) -> int:
    """Set columns of a field; 0 where it is gone."""
    columns = _columns(changes)
    return await db.execute(
        f"UPDATE vicidial_lists_fields SET {assignments(columns)} WHERE field_id = %s",  # noqa: S608
        *columns.values(),
        field_id,
    )


async def delete_field(db: Queries, field_id: int) -> int:
    """Delete a field; 0 where it was gone."""
    return await db.execute("DELETE FROM vicidial_lists_fields WHERE field_id = %s", field_id)


async def has_duplicates(db: Queries, list_id: int, name: str) -> bool:
    """Whether the form shows the field a second time (index listfield)."""
    found = await db.fetch_value(
        """
        SELECT 1
        FROM vicidial_lists_fields
        WHERE list_id = %s AND field_label LIKE %s AND field_duplicate = 'Y'
        LIMIT 1
        """,
        list_id,
        f"{name}_DUPLICATE_".replace("_", r"\_") + "%",
    )
    return found is not None


async def find_highest_rank(db: Queries, list_id: int) -> int:
    """The rank of the list's last field; 0 where there is none (index listfield)."""
    highest = await db.fetch_value(
        "SELECT MAX(field_rank) FROM vicidial_lists_fields WHERE list_id = %s", list_id
    )
    return highest or 0


async def make_room(db: Queries, list_id: int, field_id: int, rank: int) -> None:
    """Move the fields at that rank one down, and those that they meet (contract: "Rerank")."""
    rows = await db.fetch_all(
        """
        SELECT DISTINCT field_rank
        FROM vicidial_lists_fields
        WHERE list_id = %s AND field_id <> %s AND field_rank >= %s
        """,
        list_id,
        field_id,
        rank,
    )
    taken, free = {row[0] for row in rows}, rank
    while free in taken:
        free += 1
    if free > rank:
        await db.execute(
            """
            UPDATE vicidial_lists_fields
            SET field_rank = field_rank + 1
            WHERE list_id = %s AND field_id <> %s AND field_rank >= %s AND field_rank < %s
            """,
            list_id,
            field_id,
            rank,
            free,
        )


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by VICIdial's columns; `field_cost` is no field of the API."""
    names = _COLUMNS | {"field_cost": "field_cost"}
    return {names[name]: value for name, value in values.items()}
