"""Custom field definitions: requests that make them, and what they leave in the database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from support.apps import Lists
from support.builders import make_custom_field, make_custom_table, make_list, read_row
from support.database import TestDatabase

Answer = tuple[int, Any]
# A column's type, its SQL default (None: NULL), and whether it takes NULL.
Column = tuple[str, str | None, str]


def fields_url(list_id: object = 101, field_id: object = None) -> str:
    """Where the fields of a list are, or one of them."""
    fields = f"/api/v1/lists/{list_id}/custom-fields"
    return fields if field_id is None else f"{fields}/{field_id}"


async def show(lists: Lists, list_id: int = 101) -> list[dict[str, Any]]:
    """The definitions of a list, as GET answers them."""
    response = await lists.get(fields_url(list_id))
    return list((await response.json())["data"])


async def add(lists: Lists, list_id: int = 101, /, **fields: object) -> Answer:
    """POST a field: `color`, TEXT of 50 characters, if nothing else is said."""
    body = {"field_name": "color", "field_label": "Color"} | fields
    response = await lists.post(fields_url(list_id), json=body)
    return response.status, await response.json()


async def change(lists: Lists, list_id: int = 101, /, **fields: object) -> Answer:
    """PUT changes of the field `color`, or of the one that is named."""
    named = {} if "field_id" in fields else {"field_name": "color"}
    response = await lists.put(fields_url(list_id), json=named | fields)
    return response.status, await response.json()


async def remove(lists: Lists, field_id: object, list_id: int = 101) -> Answer:
    """DELETE a field."""
    response = await lists.delete(fields_url(list_id, field_id))
    return response.status, await response.json()


async def make_field(lists: Lists, list_id: int = 101, /, **fields: object) -> int:
    """Add a field that must be taken; its id."""
    status, answer = await add(lists, list_id, **fields)
    assert status == 200, answer
    return int(answer["data"]["field_id"])


def enable(db: TestDatabase) -> None:
    """Switch custom fields on."""
    db.execute("UPDATE system_settings SET custom_fields_enabled = '1'")


def make_lists(db: TestDatabase) -> None:
    """List 101 without fields; beside it list 102 with `color` and `nick`, made by VICIdial."""
    make_list(db, 101)
    make_list(db, 102)
    make_custom_table(db, 102, color="VARCHAR(50)", nick="VARCHAR(50)")
    for rank, label in enumerate(("color", "nick"), 1):
        make_custom_field(db, 102, label, field_rank=rank, field_default="NULL")
    db.insert("custom_102", lead_id=1, color="red", nick="Al")


def definition(db: TestDatabase, name: str = "color", list_id: int = 101) -> dict[str, Any]:
    """All columns of a field's row in `vicidial_lists_fields`."""
    return read_row(db, "vicidial_lists_fields", list_id=list_id, field_label=name)


def names(db: TestDatabase, list_id: int = 101) -> list[str]:
    """The names that a list has definitions of, in the order in which they were made."""
    rows = db.rows(
        "SELECT field_label FROM vicidial_lists_fields WHERE list_id = %s ORDER BY field_id",
        list_id,
    )
    return [name for (name,) in rows]


def columns(db: TestDatabase, list_id: int = 101) -> dict[str, Column]:
    """The columns of a list's table, without `lead_id`; none where there is no table."""
    rows = db.rows(
        "SELECT column_name, column_type, column_default, is_nullable"
        " FROM information_schema.columns"
        " WHERE table_schema = DATABASE() AND table_name = %s AND column_name <> 'lead_id'"
        " ORDER BY ordinal_position",
        f"custom_{list_id}",
    )
    return {name: (kind, _plain(default), null) for name, kind, default, null in rows}


def ranks(db: TestDatabase, list_id: int = 101) -> dict[str, int]:
    """The rank of each field of a list."""
    rows = db.rows(
        "SELECT field_label, field_rank FROM vicidial_lists_fields WHERE list_id = %s", list_id
    )
    return dict(rows)


def custom_tables(db: TestDatabase) -> list[str]:
    """All tables of custom values."""
    return [table for (table,) in db.rows("SHOW TABLES LIKE 'custom\\_%'")]


def state(db: TestDatabase) -> dict[str, Any]:
    """All definitions, and all there is of the tables of values: to be compared."""
    found: dict[str, Any] = {
        "definitions": db.rows("SELECT * FROM vicidial_lists_fields ORDER BY field_id")
    }
    for table in custom_tables(db):
        (_, created) = db.row(f"SHOW CREATE TABLE {table}")
        found[table] = (created, db.rows(f"SELECT * FROM {table} ORDER BY lead_id"))
    return found


@contextmanager
def reader(db: TestDatabase, table: str = "custom_101") -> Iterator[None]:
    """Somebody whose transaction has read the table: others may read it, but not alter it."""
    with closing(db.server.connect(database=db.name)) as connection, connection.cursor() as cursor:
        cursor.execute("START TRANSACTION")
        cursor.execute(f"SELECT lead_id FROM {table}")
        yield
        cursor.execute("ROLLBACK")


def _plain(default: str | None) -> str | None:
    """The server writes defaults as SQL: `'red'`, `NULL`."""
    return None if default in {None, "NULL"} else str(default).strip("'")
