"""SQL that tells which ids new lists may get.

Writes vicidial_override_ids; reads vicidial_lists, vicidial_lists_fields, vicidial_campaigns,
vicidial_admin_log, vicidial_list, vicidial_list_archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dialkit.db import Queries
from dialkit.db_errors import UnfitValue

FIRST_FREE_ID = 101
_CUSTOM = "custom_"


class Tables(NamedTuple):
    """Tables that need not exist: the lists that have one for custom values, and the archive."""

    custom: frozenset[int]
    archive: bool


async def take_override_id(db: Queries) -> int | None:
    """The next id of VICIdial's own numbering, from 100 on; None where that is not in use."""
    try:
        taken = await db.run(
            """
            UPDATE vicidial_override_ids
            SET value = LAST_INSERT_ID(GREATEST(COALESCE(value, 0), 99) + 1)
            WHERE id_table = 'vicidial_lists' AND active = '1'
            """,
            (),
            read=False,
        )
    except UnfitValue:
        return 0  # the column holds no greater number
    return taken.last_id if taken.matched else None


async def list_ids(db: Queries) -> set[int]:
    """The lists that there are (primary key), from the first id on that may be free."""
    rows = await db.fetch_all(
        "SELECT list_id FROM vicidial_lists WHERE list_id >= %s", FIRST_FREE_ID
    )
    return {list_id for (list_id,) in rows}


async def list_manual_dial_ids(db: Queries) -> set[int]:
    """The lists that campaigns put manual calls into."""
    rows = await db.fetch_all("SELECT DISTINCT manual_dial_list_id FROM vicidial_campaigns")
    return {list_id for (list_id,) in rows if list_id is not None}


async def find_tables(db: Queries) -> Tables:
    """Which of the tables exist that need not."""
    rows = await db.fetch_all(
        """
        SELECT table_name
        FROM information_schema.tables
        WHERE table_schema = DATABASE()
            AND (table_name = 'vicidial_list_archive' OR table_name REGEXP '^custom_[0-9]{1,19}$')
        """
    )
    names = {name for (name,) in rows}
    custom = frozenset(int(name[len(_CUSTOM) :]) for name in names if name.startswith(_CUSTOM))
    return Tables(custom, archive="vicidial_list_archive" in names)


async def find_unused(db: Queries, list_ids: Sequence[int], *, archive: bool) -> set[int]:
    """Those of the ids that no list has, and that nothing is left of an earlier list under.

    LEFT JOINs stop at the first row that each index finds (NOT EXISTS would read all of it). The
    admin log's ids are text: compared with numbers, they would be without an index.
    """
    if not list_ids:
        return set()
    candidates = " UNION ALL SELECT %s, %s" * (len(list_ids) - 1)
    archived = "LEFT JOIN vicidial_list_archive AS archived USING (list_id)" if archive else ""
    rows = await db.fetch_all(
        f"""
        SELECT candidate.list_id
        FROM (SELECT %s AS list_id, %s AS record_id{candidates}) AS candidate
        LEFT JOIN vicidial_lists AS known USING (list_id)
        LEFT JOIN vicidial_lists_fields AS field USING (list_id)
        LEFT JOIN vicidial_list AS lead USING (list_id)
        {archived}
        LEFT JOIN vicidial_admin_log AS logged FORCE INDEX (record_id)
            ON logged.record_id = candidate.record_id AND logged.event_section = 'LISTS'
        WHERE known.list_id IS NULL AND field.list_id IS NULL AND lead.list_id IS NULL
            {"AND archived.list_id IS NULL" if archive else ""}
            AND logged.record_id IS NULL
        """,  # noqa: S608
        *(value for list_id in list_ids for value in (list_id, str(list_id))),
    )
    return {list_id for (list_id,) in rows}
