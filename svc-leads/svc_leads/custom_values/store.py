"""SQL of custom field values.

Writes custom_<list_id>; reads vicidial_lists_fields, system_settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialkit.custom_fields import table
from dialkit.db import Queries
from dialkit.sql import identifier

from svc_leads.custom_values.definitions import Definition, usable


async def are_enabled(db: Queries) -> bool:
    """Whether the installation uses custom fields."""
    return bool(await db.fetch_value("SELECT custom_fields_enabled FROM system_settings") == "1")


async def list_definitions(db: Queries, list_id: int) -> dict[str, Definition]:
    """The list's fields that have a column, by name in lower case, in the order of the form."""
    rows = await db.fetch_all(
        """
        SELECT field_label, field_type, field_options, field_max, field_encrypt, field_show_hide,
            field_duplicate
        FROM vicidial_lists_fields
        WHERE list_id = %s
        ORDER BY field_rank, field_order, field_label
        """,
        list_id,
    )
    return usable(rows)


async def has_table(db: Queries, list_id: int) -> bool:
    """Whether the list's custom table exists."""
    found = await db.fetch_value(
        """
        SELECT 1
        FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name = %s
        """,
        f"custom_{list_id}",
    )
    return found is not None


async def list_columns(db: Queries, list_id: int) -> set[str]:
    """The columns of the list's custom table, in lower case; none where there is no table."""
    rows = await db.fetch_all(
        """
        SELECT column_name
        FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = %s
        """,
        f"custom_{list_id}",
    )
    return {row[0].lower() for row in rows}


async def find_values(
    db: Queries, list_id: int, lead_id: int, columns: Sequence[str]
) -> Sequence[Any]:
    """The lead's values of those columns; all None where it has no row."""
    names = ", ".join(map(identifier, columns))
    row = await db.fetch_one(
        f"SELECT {names} FROM {table(list_id)} WHERE lead_id = %s",  # noqa: S608
        lead_id,
    )
    return row or [None] * len(columns)


async def put_values(
    db: Queries, list_id: int, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Set the columns of one lead or many (a row: lead_id, then values); others keep theirs."""
    names = [identifier(name) for name in ("lead_id", *columns)]
    place = f"({', '.join(['%s'] * len(names))})"
    changes = ", ".join(f"{name} = VALUES({name})" for name in names)
    await db.execute(
        f"INSERT INTO {table(list_id)} ({', '.join(names)})"  # noqa: S608
        f" VALUES {', '.join([place] * len(rows))} ON DUPLICATE KEY UPDATE {changes}",
        *[value for row in rows for value in row],
    )


async def delete_values(db: Queries, list_id: int, lead_ids: Sequence[int]) -> None:
    """Delete the leads' rows."""
    await db.execute(
        f"DELETE FROM {table(list_id)} WHERE lead_id IN %s",  # noqa: S608
        list(lead_ids),
    )


def stored(definitions: Mapping[str, Definition], values: Sequence[Any]) -> dict[str, Any]:
    """Values as they leave, by column name."""
    pairs = zip(definitions.values(), values, strict=True)
    return {definition.column: definition.shown(value) for definition, value in pairs}
