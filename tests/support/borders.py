"""What a service reads and writes by the words of its SQL, and what it may do to tables.

No grant takes a pattern for the custom tables, so an account may do more than its service should:
svc-leads may change rows of the whole schema, svc-lists the structure of all tables. So their
statements are read here, to be compared with the ownership table.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pymysql
import pytest
from support.database import TestDatabase

from deploy.db.facts import facts
from deploy.db.grants import read_ownership

CUSTOM = "custom_<list_id>"
UNKNOWN = "?"
TABLE = re.compile(
    # `vicidial_id` is a column.
    r"\b(?:vicidial_(?!id\b)\w+|system_settings|user_call_log|parked_channels|phones_alias|"
    rf"recording_log(?:_archive)?|live_(?:sip_)?channels|"
    rf"{CUSTOM})"
)
# Others are words as well (`phones`, `servers`): they are tables where SQL says so.
TABLES = {table for table, *_ in facts("tables")}

_IN_SQL = (rf"\b(?:FROM|JOIN|INTO)\s+({'|'.join(TABLES)})\b",)
_PLACE = re.compile(r"\{\w*\}")
_NAMED = rf"({CUSTOM}|\w+|\{UNKNOWN})"
_UPDATES = (rf"\bUPDATE(?:\s+IGNORE)?\s+{_NAMED}\s[^;]*?\bSET\b",)
_ADDS_OR_REMOVES = (
    rf"\b(?:INSERT|REPLACE)(?:\s+IGNORE)?\s+INTO\s+{_NAMED}",
    rf"\bDELETE\s+(?:\w+\s+)?FROM\s+{_NAMED}",
)
_STRUCTURE = (
    rf"\b(?:CREATE|ALTER)\s+TABLE(?:\s+IF(?:\s+NOT)?\s+EXISTS)?\s+{_NAMED}",
    rf"\b(?:CREATE|DROP)\s+(?:\w+\s+)?INDEX\s+\S+\s+ON\s+{_NAMED}",
)
_ENDS = (
    rf"\b(?:DROP|RENAME)\s+TABLE(?:\s+IF\s+EXISTS)?\s+{_NAMED}",
    rf"\bTRUNCATE(?:\s+TABLE)?\s+{_NAMED}",
)
# Which argument of a call (of a method: with a dot) names a table.
_INSERTS = {".insert": 0, ".insert_many": 0, "insert_unless": 0, "copy_row": 1}
_REFERENCES = {"Reference": 1}
# The log, or its archive.
_LOGS = {"log_table": 0}
# What VICIdial's log calls a change is no SQL, though it reads alike: `ADMIN API DELETE ...`.
_CODE_OF_LOG = "ADMIN API "
_DENIED = {1044, 1045, 1142, 1143, 1227}


class Module(NamedTuple):
    """What a module's code does to tables, and what its docstring says.

    `updates` are tables whose rows it changes, `adds_or_removes` those that it puts rows into or
    takes rows out of, `alters` those whose structure it makes or changes, `ends` those that it
    empties or drops; `mentions` are all that it names.
    """

    name: str
    mentions: set[str]
    updates: set[str]
    adds_or_removes: set[str]
    alters: set[str]
    ends: set[str]
    says_writes: set[str]
    says_alters: set[str]
    says_reads: set[str]

    @property
    def writes(self) -> set[str]:
        """The tables whose rows it adds, changes or removes."""
        return self.updates | self.adds_or_removes

    @property
    def says_something(self) -> bool:
        """Whether its docstring names tables."""
        return bool(self.says_writes or self.says_alters or self.says_reads)


class Borders:
    """The modules of a service, and the tables that the ownership table gives it."""

    def __init__(self, service: str) -> None:
        self.service = service
        ownership = read_ownership()
        self.owned = {one.table for one in ownership if one.owner == service}
        self.changed = {one.table for one in ownership if service in one.changes}
        self.filled = {one.table for one in ownership if service in one.row_rights}
        self.altered = {one.table for one in ownership if one.structure == service}
        self.readable = self.owned | {one.table for one in ownership if service in one.readers}
        self.known = self.readable | self.changed | self.filled

        folder = Path(str(import_module(service.replace("-", "_")).__file__)).parent
        sources = {
            str(path.relative_to(folder)): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*.py"))
        }
        self._constants = dict(table_constants(map(ast.parse, sources.values())))
        self.modules = [self.read(name, source) for name, source in sources.items()]
        self.stores = [one for one in self.modules if one.says_something]

    def read(self, name: str, source: str) -> Module:
        """The tables of a module's SQL, and those of its docstring."""
        tree = ast.parse(source)
        texts = list(sql_texts(tree, self._constants))
        docstring = ast.get_docstring(tree) or ""
        inserted = set(named_in_calls(_INSERTS, tree, self._constants))
        referred = set(named_in_calls(_REFERENCES, tree, self._constants))
        logs = set(named_in_calls(_LOGS, tree, self._constants)) - {UNKNOWN}
        logs |= {f"{log}_archive" for log in logs}
        return Module(
            name,
            mentions=found((TABLE.pattern, *_IN_SQL, *_UPDATES), texts)
            | inserted
            | referred
            | logs,
            updates=found(_UPDATES, texts),
            adds_or_removes=found(_ADDS_OR_REMOVES, texts) | inserted,
            alters=found(_STRUCTURE, texts),
            ends=found(_ENDS, texts),
            says_writes=claimed("writes", docstring),
            says_alters=claimed("alters", docstring),
            says_reads=claimed("reads", docstring),
        )

    def crossed_by(self, module: Module) -> set[str]:
        """The tables whose rows or structure it changes though it may not."""
        return (
            (module.updates - self.owned - self.changed)
            | (module.adds_or_removes - self.owned - self.filled)
            | (module.alters - self.altered)
            | module.ends
        )


@cache
def borders_of(service: str) -> Borders:
    """Those of a service, whose code is read once."""
    return Borders(service)


def check_is_denied(db: TestDatabase, service: str, sql: str) -> None:
    """Run a statement as the service: the server must deny it."""
    with (
        closing(db.connect_as(service)) as connection,
        connection.cursor() as cursor,
        pytest.raises(pymysql.err.MySQLError) as refused,
    ):
        cursor.execute(sql)
    assert refused.value.args[0] in _DENIED


def found(patterns: Iterable[str], texts: Iterable[str]) -> set[str]:
    """The tables that the patterns name in the texts."""
    return {table for text in texts for one in patterns for table in re.findall(one, text)}


def table_constants(trees: Iterable[ast.Module]) -> Iterator[tuple[str, str]]:
    """The names that modules give to tables: `LEADS = "vicidial_list"`."""
    for tree in trees:
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                value, target = str(node.value.value), ast.unparse(node.targets[0])
                if TABLE.fullmatch(value) or value in TABLES:
                    yield target, value


def sql_texts(tree: ast.AST, constants: Mapping[str, str]) -> Iterator[str]:
    """Each string of the code, docstrings aside; what is filled in at run time is a `?`."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    within = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if id(node) in docstrings | within:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = _PLACE.sub(UNKNOWN, node.value)  # of `"... {limit}".format(...)`
        elif isinstance(node, ast.JoinedStr):
            text = "".join(filled(part, constants) for part in node.values)
        else:
            continue
        text = text.replace(f"custom_{UNKNOWN}", CUSTOM)
        if not text.startswith(_CODE_OF_LOG):
            yield text


def filled(part: ast.expr, constants: Mapping[str, str]) -> str:
    """A piece of an f-string: its text, or the table that it stands for, or a `?`."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    return named_table(part.value, constants) or UNKNOWN


def named_table(node: ast.expr, constants: Mapping[str, str]) -> str | None:
    """The table that an expression names; the custom tables have a helper that does."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Call):
        return CUSTOM if last_name(node.func) == "table" else None
    return constants.get(last_name(node))


def last_name(node: ast.expr) -> str:
    """`LEADS` of `store.LEADS`."""
    return ast.unparse(node).rpartition(".")[2]


def named_in_calls(
    places: Mapping[str, int], tree: ast.AST, constants: Mapping[str, str]
) -> Iterator[str]:
    """The tables that calls name at those places: `db.insert("table", ...)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            method = isinstance(node.func, ast.Attribute)
            place = places.get(f".{last_name(node.func)}" if method else last_name(node.func))
            if place is not None:
                yield named_table(node.args[place], constants) or UNKNOWN


def claimed(word: str, docstring: str) -> set[str]:
    """The tables that follow the word in a docstring: `Writes a, b; reads c.`"""
    found_after = re.findall(rf"\b[{word[0].upper()}{word[0]}]{word[1:]}\b([^.;]*)", docstring)
    sentences = ",".join(found_after)
    listed = {part.strip() for part in re.split(r",|\band\b", sentences)}
    return set(TABLE.findall(sentences)) | (listed & TABLES)
