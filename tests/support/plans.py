"""Plans of the statements that a service sends: which of them read a whole log table."""

import re
from collections.abc import Iterable
from typing import Any

from support.database import TestDatabase
from support.statements import Statement, as_the_service, rows_read, steps

# What the contract calls large (reports.md, "Tables"): logs, their archives, and leads.
_LARGE = re.compile(
    r"vicidial_list(_archive)?|\w+(_log|_log_extended|_caller_codes|_call_notes)(_archive|_[0-6])?"
)
_SELECT = re.compile(r"\s*\(*SELECT\b")
_READS = re.compile(r"\s*(\(*SELECT|UPDATE|DELETE|INSERT)\b")
_NAMED = re.compile(
    r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(?:information_schema\.)?`?(\w+)`?(?:\s+AS\s+`?(\w+)`?)?"
)
# Of a smaller table the optimizer may well read all rows.
FEW_ROWS = 500
_SHARE = 0.25


def large_tables(db: TestDatabase) -> dict[str, int]:
    """How many rows each large table has."""
    rows = db.rows(
        "SELECT table_name, table_rows FROM information_schema.tables WHERE table_schema = %s",
        db.name,
    )
    return {table: count for table, count in rows if _LARGE.fullmatch(table)}


def full_scans(db: TestDatabase, statements: Iterable[Statement]) -> list[str]:
    """What the server does for those that read a large table from end to end, or much of it.

    That it expects to read much is believed unless a LIMIT ends it early: then it is measured.
    """
    sizes = large_tables(db)
    found = dict[str, None]()
    with as_the_service(db, "svc-reports") as cursor:
        for statement in _different(statements):
            for step in _steps(cursor, statement):
                if _reads_much(db, sizes, statement, step):
                    told = {name: step[name] for name in ("table", "type", "key", "rows", "Extra")}
                    found[f"{told} of {' '.join(statement.sql.split())}"] = None
    return list(found)


def _different(statements: Iterable[Statement]) -> list[Statement]:
    """Each once, with the values that it was sent with."""
    return list({repr(one): one for one in statements if _READS.match(one.sql)}.values())


def _steps(cursor: Any, statement: Statement) -> list[dict[str, Any]]:
    """The plan, with tables by their names instead of their aliases."""
    tables = {alias or table: table for table, alias in _NAMED.findall(statement.sql)}
    return [
        step | {"table": tables[step["table"]]}
        for step in steps(cursor, statement)
        if step["table"] is not None and not step["table"].startswith("<")
    ]


def _reads_much(
    db: TestDatabase, sizes: dict[str, int], statement: Statement, step: dict[str, Any]
) -> bool:
    size = sizes.get(step["table"], 0)
    # As text, with what a filter by a second index leaves of them: `237 (8%)`.
    rows = int((step["rows"] or "0").split()[0])
    if size < FEW_ROWS or rows <= size * _SHARE:
        return False
    if step["type"] == "ALL" or "LIMIT" not in statement.sql or not _SELECT.match(statement.sql):
        return True
    return rows_read(db, statement, "svc-reports") > size * _SHARE
