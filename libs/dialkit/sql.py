"""The few helpers that stores need to write SQL; identifiers pass only through `identifier`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from pymysql.converters import escape_item

from dialkit.secret import MASK, Secret

T = TypeVar("T")

_WILDCARDS = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_IDENTIFIER = re.compile(r"[A-Za-z0-9_]{1,64}\Z")
_LOCK_WAIT_S = 5
_HINT = re.compile(r"/\*[M!+].*?\*/ ?")


def session_setup(statement_timeout_s: float, *, read_only: bool = False) -> str:
    """The statement that each new connection begins with."""
    # Each server reads the clauses in its own kind of comment: MariaDB, then MySQL.
    return (
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'"
        f" /*M!100101 , max_statement_time = {statement_timeout_s}, tx_read_only = {read_only} */"
        f" /*!50720 , max_execution_time = {int(statement_timeout_s * 1000)},"
        f" transaction_read_only = {read_only} */"
    )


def limited(sql: str, seconds: float) -> str:
    """A SELECT that the server ends after that time (it raises StatementTooSlow)."""
    select = f"SELECT /*+ MAX_EXECUTION_TIME({int(seconds * 1000)}) */"
    hinted = sql.replace("SELECT", select, 1)
    return f"/*M!100101 SET STATEMENT max_statement_time = {seconds} FOR */ {hinted}"


def patient(sql: str, seconds: float, *, lenient: bool = False) -> str:
    """A definition that MariaDB ends after that time; MySQL limits nothing but SELECTs.

    It waits a little for others to leave the table: all who come later wait behind it.
    """
    settings = f"max_statement_time = {seconds}, lock_wait_timeout = {_LOCK_WAIT_S}"
    if lenient:
        settings += ", sql_mode = 'NO_ENGINE_SUBSTITUTION'"
    return f"/*M!100101 SET STATEMENT {settings} FOR */ {sql}"


def spread(sql: str, params: Sequence[Any]) -> tuple[str, Sequence[Any] | None]:
    """The statement for the driver: a list as parameter becomes `(%s, %s, ...)`."""
    if not any(isinstance(param, list) for param in params):
        return sql, tuple(params) or None
    pieces, flat = sql.split("%s"), []
    for place, param in enumerate(params):
        if isinstance(param, list):
            pieces[place] += f"({', '.join(['%s'] * len(param))})"
            flat.extend(param)
        else:
            pieces[place] += "%s"
            flat.append(param)
    return "".join(pieces), flat


def written_out(sql: str, params: Sequence[Any]) -> str:
    """The statement with its values, on one line and without `;`: to be read, not to be run.

    What is secret is masked.
    """
    line = " ".join(filter(None, map(str.strip, sql.splitlines())))
    text, values = spread(_HINT.sub("", line), params)
    if values:
        text %= tuple(escape_item(_shown(value), "utf8mb3") for value in values)
    return text.replace(";", "")


def _shown(value: Any) -> Any:
    return MASK if isinstance(value, Secret) else value


@lru_cache(1024)
def identifier(name: str) -> str:
    """A name of a table or column in backticks; it must come from code or from the database."""
    if not _IDENTIFIER.match(name):
        raise ValueError(f"not an identifier: {name!r}")
    return f"`{name}`"


def literal(text: str) -> str:
    """The text for a place in a pattern of LIKE where it stands for itself."""
    return text.translate(_WILDCARDS)


def assignments(columns: Iterable[str]) -> str:
    """The columns of an UPDATE, each with a place for its value."""
    return ", ".join(f"{identifier(column)} = %s" for column in columns)


def insert_unless(table: str, columns: Iterable[str], found: str) -> str:
    """An INSERT of one row, unless the query `found` finds one: both in one statement."""
    names = [identifier(column) for column in columns]
    return (
        f"INSERT INTO {identifier(table)} ({', '.join(names)})"  # noqa: S608
        f" SELECT {', '.join(['%s'] * len(names))} FROM DUAL WHERE NOT EXISTS ({found})"
    )


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
