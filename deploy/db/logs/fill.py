"""INSERTs of as many rows as wanted, computed by the server from what it has."""

import sys
from collections.abc import Iterable, Mapping
from itertools import accumulate
from time import perf_counter
from typing import Any, NamedTuple

import pymysql

from deploy.db.sql import identifier

# What takes longer is worth a line.
_LONG_S = 1.0


class Fill(NamedTuple):
    """Rows of a table: the SQL of each column's value, and what follows FROM.

    With `ignore`, rows that are there already stay as they are.
    """

    table: str
    values: Mapping[str, str]
    source: str
    ignore: bool = False

    def statement(self) -> str:
        """The INSERT."""
        columns = ", ".join(map(identifier, self.values))
        insert = f"INSERT {'IGNORE ' if self.ignore else ''}INTO {identifier(self.table)}"
        select = ", ".join(self.values.values())
        return f"{insert} ({columns}) SELECT {select} FROM {self.source}"  # noqa: S608 - our own text


def run_fills(connection: "pymysql.Connection[Any]", fills: Iterable[Fill]) -> None:
    """Insert the rows, and say on stderr how long the long ones took."""
    for fill in fills:
        started = perf_counter()
        with connection.cursor() as cursor:
            rows = cursor.execute(fill.statement())
        connection.commit()
        seconds = perf_counter() - started
        if seconds >= _LONG_S:
            print(f"  {fill.table}: {rows:,} rows in {seconds:.1f} s", file=sys.stderr)


def holds_rows(connection: "pymysql.Connection[Any]", table: str) -> bool:
    """Whether there are any."""
    with connection.cursor() as cursor:
        return bool(cursor.execute(f"SELECT 1 FROM {identifier(table)} LIMIT 1"))  # noqa: S608


def weighted(choices: Mapping[str, int], by: str = "chance") -> str:
    """SQL: one of the texts by one of the call's hashes; the numbers are percentages."""
    *limits, _hundred = accumulate(choices.values())
    texts = ", ".join(f"'{text}'" for text in choices)
    return f"ELT(1 + INTERVAL({by} % 100, {', '.join(map(str, limits))}), {texts})"


def by_status(values: Mapping[str, str | int], otherwise: str | int) -> str:
    """SQL: what belongs to the call's `status`."""
    cases = " ".join(f"WHEN '{status}' THEN {value!r}" for status, value in values.items())
    return f"CASE status {cases} ELSE {otherwise!r} END"
