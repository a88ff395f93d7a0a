"""SQL of DIDs, whose patterns a unique index keeps apart.

Writes vicidial_inbound_dids; reads phones.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from dialkit.copying import copy_row, list_columns
from dialkit.db import Queries
from dialkit.db_errors import DuplicateKey
from dialkit.sql import assignments, identifier

from svc_telephony.dids.columns import NOT_COPIED_COLUMNS, column_of
from svc_telephony.dids.targets import TARGET_FIELDS

_TARGET_COLUMNS = ", ".join(identifier(column_of(field)) for field in TARGET_FIELDS)


class Did(NamedTuple):
    """A DID: its key, its number, and where its calls go, by the names of fields."""

    did_id: int
    did_pattern: str
    target: dict[str, Any]


async def find_locked(db: Queries, did_id: int) -> Did | None:
    """The DID; on InnoDB others wait with their changes of it until the commit."""
    row = await db.fetch_one(
        f"""
        SELECT did_id, did_pattern, {_TARGET_COLUMNS}
        FROM vicidial_inbound_dids
        WHERE did_id = %s
        FOR UPDATE
        """,  # noqa: S608
        did_id,
    )
    return Did(row[0], row[1], dict(zip(TARGET_FIELDS, row[2:], strict=True))) if row else None


async def has_phone(db: Queries, extension: str, server_ip: str) -> bool:
    """Whether the server has that phone."""
    sql = "SELECT 1 FROM phones WHERE extension = %s AND server_ip = %s"
    return bool(await db.fetch_value(sql, extension, server_ip))


async def add(db: Queries, columns: dict[str, Any]) -> int | None:
    """Add a DID; its `did_id`, None when there is one of that pattern."""
    try:
        return await db.insert("vicidial_inbound_dids", columns)
    except DuplicateKey:
        return None


async def change(db: Queries, did_id: int, columns: Mapping[str, Any]) -> bool:
    """Set columns; whether there is such a DID. Raises: DuplicateKey."""
    sql = f"UPDATE vicidial_inbound_dids SET {assignments(columns)} WHERE did_id = %s"  # noqa: S608
    return bool(await db.execute(sql, *columns.values(), did_id))


async def delete(db: Queries, did_id: int) -> bool:
    """Delete a DID; whether there was one."""
    return bool(await db.execute("DELETE FROM vicidial_inbound_dids WHERE did_id = %s", did_id))


async def list_copied_columns(db: Queries) -> list[str]:
    """What a copy has from its source."""
    return await list_columns(db, "vicidial_inbound_dids", but=NOT_COPIED_COLUMNS)


async def copy(
    db: Queries, did_id: int, given: Mapping[str, Any], columns: Collection[str]
) -> int | None:
    """Copy those columns of a DID, but for the given ones; the copy's `did_id`, None for no source.

    Raises: DuplicateKey.
    """
    return await copy_row(db, "vicidial_inbound_dids", ("did_id", did_id), given, columns)
