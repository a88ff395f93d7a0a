"""What svc-leads reads and writes: by its database account, and by the words of its SQL.

Its account may change rows of the whole schema, since no grant takes a pattern for the custom
tables. So its statements are read here, and compared with the ownership table.
"""

import ast
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pymysql
import pytest
import svc_leads
from support.database import TestDatabase

from deploy.db.grants import read_ownership

PACKAGE = Path(svc_leads.__file__).parent
CUSTOM = "custom_<list_id>"
OWNED = {one.table for one in read_ownership() if one.owner == "svc-leads"}
READABLE = OWNED | {one.table for one in read_ownership() if "svc-leads" in one.readers}

TABLE = re.compile(r"\b(?:vicidial_\w+|system_settings|user_call_log|custom_<list_id>)")
UNKNOWN = "?"
NAMED = rf"(custom_<list_id>|\w+|\{UNKNOWN})"
WRITES = (
    re.compile(rf"\b(?:INSERT|REPLACE)(?: IGNORE)?\s+INTO\s+{NAMED}"),
    re.compile(rf"\bUPDATE\s+{NAMED}\s+(?:AS\s+\w+\s+)?SET\b"),
    re.compile(rf"\bDELETE\s+(?:\w+\s+)?FROM\s+{NAMED}"),
    re.compile(rf"\b(?:TRUNCATE|DROP|ALTER|CREATE)(?:\s+TABLE)?\s+{NAMED}"),
)
INSERTS = {"insert", "insert_many"}
DENIED = {1044, 1142, 1227}


class Module(NamedTuple):
    """What a module's code says about tables, and what its docstring says."""

    name: str
    mentions: set[str]
    writes: set[str]
    says_writes: set[str]
    says_reads: set[str]


def read_module(name: str, source: str) -> Module:
    """The tables of a module's SQL, and those of its docstring."""
    tree = ast.parse(source)
    docstring = ast.get_docstring(tree) or ""
    texts = list(sql_texts(tree))
    found = {table for text in texts for table in TABLE.findall(text)}
    written = {table for text in texts for verb in WRITES for table in verb.findall(text)}
    says_writes, says_reads = claims(docstring)
    return Module(
        name,
        found,
        written | set(inserted(tree)),
        says_writes,
        says_reads,
    )


def sql_texts(tree: ast.AST) -> Iterator[str]:
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
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(filled(part) for part in node.values).replace("custom_?", CUSTOM)


def filled(part: ast.expr) -> str:
    """A piece of an f-string: its text, or a `?`; the custom table has a helper that names it."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    return CUSTOM if ast.unparse(part.value).startswith("table(") else UNKNOWN


def inserted(tree: ast.AST) -> Iterator[str]:
    """The tables of `db.insert("table", ...)` and `db.insert_many("table", ...)`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in INSERTS
            and node.args
        ):
            name = ast.unparse(node.args[0])
            yield "vicidial_list" if name.endswith("LEADS") else name.strip("'")


def claims(docstring: str) -> tuple[set[str], set[str]]:
    """The tables after "Writes" and after "reads"."""
    written, read = (
        " ".join(re.findall(rf"\b[{word[0].upper()}{word[0]}]{word[1:]}\b([^.;]*)", docstring))
        for word in ("writes", "reads")
    )
    return set(TABLE.findall(written)), set(TABLE.findall(read))


MODULES = [
    read_module(str(path.relative_to(PACKAGE)), path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
]
WITH_SQL = [module for module in MODULES if module.mentions or module.writes]
STORES = [module for module in WITH_SQL if module.says_writes or module.says_reads]


def test_the_reader_finds_what_there_is_to_find() -> None:
    names = {module.name for module in STORES}

    assert {"leads/store.py", "hopper/store.py", "internal/store.py", "lists.py"} <= names
    assert set.union(*(module.writes for module in MODULES)) == OWNED
    assert set.union(*(module.mentions for module in MODULES)) == READABLE


@pytest.mark.parametrize(
    "code",
    [
        "run('INSERT INTO vicidial_lists (a) VALUES (%s)')",
        "run(f'INSERT IGNORE INTO vicidial_lists ({names}) SELECT 1')",
        "run('''\n    UPDATE vicidial_lists\n    SET a = 1\n    ''')",
        "run(f'DELETE FROM vicidial_lists WHERE {where}')",
        "run('DELETE l FROM vicidial_lists AS l JOIN vicidial_list AS d')",
        "db.insert('vicidial_lists', values)",
        "run(f'UPDATE {table} SET a = 1')",
    ],
)
def test_the_reader_sees_what_crosses_the_border(code: str) -> None:
    assert not read_module("x", code).writes <= OWNED


@pytest.mark.parametrize("module", WITH_SQL, ids=lambda module: module.name)
def test_it_writes_only_its_own_tables(module: Module) -> None:
    assert module.writes <= OWNED


@pytest.mark.parametrize("module", WITH_SQL, ids=lambda module: module.name)
def test_it_reads_only_what_the_ownership_table_lets_it_read(module: Module) -> None:
    assert module.mentions <= READABLE


@pytest.mark.parametrize("module", STORES, ids=lambda module: module.name)
def test_the_docstring_of_a_store_names_its_tables(module: Module) -> None:
    assert module.says_writes == module.writes
    assert module.mentions == module.says_writes | module.says_reads


def test_every_store_says_what_it_reads_and_writes() -> None:
    stores = {module.name for module in MODULES if Path(module.name).name == "store.py"}

    assert stores <= {module.name for module in STORES}


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE custom_555 (lead_id INT)",
        "DROP TABLE vicidial_list",
        "TRUNCATE TABLE vicidial_hopper",
        "ALTER TABLE vicidial_list ADD extra INT",
        "CREATE INDEX extra ON vicidial_list (email)",
        "CREATE TRIGGER t BEFORE INSERT ON vicidial_list FOR EACH ROW SET NEW.status = 'X'",
        "CREATE VIEW v AS SELECT * FROM vicidial_list",
        "CREATE PROCEDURE p() SELECT 1",
        "CREATE DATABASE other",
        "GRANT SELECT ON vicidial_list TO CURRENT_USER",
        "SELECT * FROM mysql.user",
        "SET GLOBAL max_connections = 1",
        "SELECT * FROM vicidial_list INTO OUTFILE 'leads.csv'",
    ],
)
def test_its_account_may_do_nothing_but_work_on_rows(db: TestDatabase, sql: str) -> None:
    with (
        closing(db.connect_as("svc-leads")) as connection,
        connection.cursor() as cursor,
        pytest.raises(pymysql.err.MySQLError) as refused,
    ):
        cursor.execute(sql)

    assert refused.value.args[0] in DENIED | {1045}
