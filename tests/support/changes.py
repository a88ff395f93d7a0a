"""What changes of a lead begin with and leave behind, in VICIdial's tables."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, closing
from typing import Any

from support.database import TestDatabase

Tables = dict[str, list[tuple[Any, ...]]]

_OLD = "2024-01-01 00:00:00"


def make_callback(db: TestDatabase, lead_id: int, **columns: Any) -> int:
    """A callback for anyone, waiting for its time; its id."""
    defaults = {
        "list_id": 101,
        "campaign_id": "TESTCAMP",
        "status": "ACTIVE",
        "entry_time": "2025-01-08 10:00:00",
        "callback_time": "2025-01-08 15:00:00",
        "modify_date": _OLD,
        "user": "",
        "recipient": "ANYONE",
        "comments": "Customer requested 3pm callback",
        "user_group": "",
        "lead_status": "CALLBK",
    }
    return db.insert("vicidial_callbacks", lead_id=lead_id, **defaults | columns)


def make_entry(db: TestDatabase, lead_id: int, **columns: Any) -> int:
    """A lead's row in the hopper, ready to be dialed; its id."""
    defaults = {"campaign_id": "TESTCAMP", "list_id": 101, "status": "READY", "source": "S"}
    return db.insert("vicidial_hopper", lead_id=lead_id, **defaults | columns)


def make_alt_phone(db: TestDatabase, lead_id: int) -> None:
    """A further number of a lead."""
    db.insert("vicidial_list_alt_phones", lead_id=lead_id, phone_number="5557654321")


def make_archive(db: TestDatabase) -> None:
    """The archive as administrators make it: like the leads, without auto-increment."""
    db.execute("CREATE TABLE vicidial_list_archive LIKE vicidial_list")
    db.execute("ALTER TABLE vicidial_list_archive MODIFY lead_id INT(9) UNSIGNED NOT NULL")


def archive_lead(db: TestDatabase, lead_id: int) -> None:
    """Move a lead into the archive."""
    db.execute(
        "INSERT INTO vicidial_list_archive SELECT * FROM vicidial_list WHERE lead_id = %s", lead_id
    )
    db.execute("DELETE FROM vicidial_list WHERE lead_id = %s", lead_id)


def make_old(db: TestDatabase) -> None:
    """Date the last change of all leads back."""
    db.execute("UPDATE vicidial_list SET modify_date = %s", _OLD)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that differ, as they are now."""
    return {name: value for name, value in after.items() if value != before[name]}


def rows_of(db: TestDatabase, tables: Iterable[str]) -> Tables:
    """All rows of these tables."""
    return {table: db.rows(f"SELECT * FROM {table}") for table in tables}


def written_since(db: TestDatabase, before: Tables) -> set[str]:
    """The tables that are no longer as `rows_of` found them."""
    return {table for table, rows in rows_of(db, before).items() if rows != before[table]}


def admin_log(db: TestDatabase) -> list[tuple[Any, ...]]:
    """All rows of the log of changes, without `admin_log_id` and `event_date`."""
    return db.rows(
        "SELECT user, ip_address, event_section, event_type, record_id, event_code, event_sql,"
        " event_notes, user_group FROM vicidial_admin_log ORDER BY admin_log_id"
    )


@asynccontextmanager
async def paused(db: TestDatabase, table: str, moment: str) -> AsyncIterator[Callable[[], None]]:
    """Let each row's write wait at that moment (`BEFORE DELETE`) until the block ends.

    What it yields makes the write fail then.
    """
    pause, failure = f"{db.name}.pause", f"{db.name}.failure"
    db.execute(
        f"CREATE TRIGGER pause {moment} ON {table} FOR EACH ROW"
        f" BEGIN DO GET_LOCK('{pause}', 20); DO RELEASE_LOCK('{pause}');"
        f" IF IS_USED_LOCK('{failure}') IS NOT NULL THEN SIGNAL SQLSTATE '45000'; END IF; END"
    )
    with closing(db.server.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT GET_LOCK(%s, 0)", (pause,))
        try:
            yield lambda: cursor.execute("SELECT GET_LOCK(%s, 0)", (failure,)) and None
        finally:
            cursor.execute("SELECT RELEASE_LOCK(%s)", (pause,))
            # In a thread: it waits for the end of what still uses the trigger.
            await asyncio.to_thread(db.execute, "DROP TRIGGER pause")


def changes(db: TestDatabase) -> list[tuple[Any, ...]]:
    """The rows of the log of changes: section, type, record, code, notes."""
    return db.rows(
        "SELECT event_section, event_type, record_id, event_code, event_notes"
        " FROM vicidial_admin_log ORDER BY admin_log_id"
    )
