"""SQL of caller codes; `archived` looks into the archive of a table instead.

Reads vicidial_log_extended, vicidial_log_extended_archive, vicidial_inbound_caller_codes,
vicidial_inbound_caller_codes_archive, vicidial_dial_log, vicidial_dial_log_archive.
"""

from __future__ import annotations

from typing import NamedTuple

from dialkit.db import Queries

from svc_reports.archives import log_table

_EXTENDED = "vicidial_log_extended"
_IN_GROUPS = "vicidial_inbound_caller_codes"
_DIALLED = "vicidial_dial_log"


class CodedCall(NamedTuple):
    """The call that had a code; its `uniqueid` is empty where the dialer did not learn it.

    `group_id` is the in-group that it had the code in, where that is known.
    """

    uniqueid: str
    call_date: str | None
    lead_id: int | None
    caller_code: str
    group_id: str | None = None


async def find_extended(db: Queries, code: str, archived: bool) -> CodedCall | None:
    """The newest call whose last code that is."""
    columns = "uniqueid, call_date, lead_id, caller_code"
    return await _newest(db, columns, log_table(_EXTENDED, archived), code)


async def find_in_group(db: Queries, code: str, archived: bool) -> CodedCall | None:
    """The newest call that had the code in an in-group."""
    columns = "uniqueid, call_date, lead_id, caller_code, group_id"
    return await _newest(db, columns, log_table(_IN_GROUPS, archived), code)


async def find_dialled(db: Queries, code: str, archived: bool) -> CodedCall | None:
    """The newest call that was sent out with the code."""
    columns = "COALESCE(uniqueid, ''), call_date, lead_id, caller_code"
    return await _newest(db, columns, log_table(_DIALLED, archived), code)


async def find_group(db: Queries, code: str, uniqueid: str, archived: bool) -> str | None:
    """The in-group in which that call had the code."""
    log = log_table(_IN_GROUPS, archived)
    sql = f"SELECT group_id FROM {log} WHERE caller_code = %s AND uniqueid = %s"  # noqa: S608
    group_id: str | None = await db.fetch_value(sql, code, uniqueid)
    return group_id


async def find_last_code(db: Queries, uniqueid: str, archived: bool) -> str | None:
    """The code that the call had last."""
    code: str | None = await db.fetch_value(
        f"SELECT caller_code FROM {log_table(_EXTENDED, archived)} WHERE uniqueid = %s",  # noqa: S608
        uniqueid,
    )
    return code


async def _newest(db: Queries, columns: str, table: str, code: str) -> CodedCall | None:
    row = await db.fetch_one(
        f"""
        SELECT {columns}
        FROM {table}
        WHERE caller_code = %s
        ORDER BY call_date DESC, uniqueid DESC
        LIMIT 1
        """,  # noqa: S608
        code,
    )
    return CodedCall(*row) if row else None
