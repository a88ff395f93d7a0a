"""What svc-leads reads and writes: by its database account, and by the words of its SQL."""

from pathlib import Path

import pytest
import svc_leads
from support.borders import NOT_ON_ROWS, Borders, Module, check_is_denied
from support.database import TestDatabase

BORDERS = Borders("svc-leads", svc_leads)
EACH_WITH_SQL = pytest.mark.parametrize("module", BORDERS.with_sql, ids=lambda module: module.name)


def test_the_reader_finds_what_there_is_to_find() -> None:
    names = {module.name for module in BORDERS.stores}

    assert {"leads/store.py", "hopper/store.py", "internal/store.py", "lists.py"} <= names
    assert set.union(*(module.writes for module in BORDERS.modules)) == BORDERS.owned
    assert set.union(*(module.mentions for module in BORDERS.modules)) == BORDERS.readable


@pytest.mark.parametrize(
    "code",
    [
        "run('INSERT INTO vicidial_lists (a) VALUES (%s)')",
        "run(f'INSERT IGNORE INTO vicidial_lists ({names}) SELECT 1')",
        "run('''\n    UPDATE vicidial_lists\n    SET a = 1\n    ''')",
        "run('UPDATE vicidial_lists AS l JOIN vicidial_list AS d ON d.a = l.a SET l.b = 1')",
        "run(f'DELETE FROM vicidial_lists WHERE {where}')",
        "run('DELETE l FROM vicidial_lists AS l JOIN vicidial_list AS d')",
        "db.insert('vicidial_lists', values)",
        "db.insert_many(tables[0], columns, rows)",
        "run(f'UPDATE {table} SET a = 1')",
        "run(f'ALTER TABLE {table(list_id)} ADD a INT')",
        "run('CREATE TABLE IF NOT EXISTS custom_101 (a INT)')",
        "run('CREATE INDEX a ON vicidial_list (a)')",
        "run('TRUNCATE vicidial_hopper')",
        "run('DROP TABLE IF EXISTS vicidial_hopper')",
    ],
)
def test_the_reader_sees_what_crosses_the_border(code: str) -> None:
    assert BORDERS.crossed_by(BORDERS.read("x", code))


@pytest.mark.parametrize(
    "code",
    [
        "run(f'REPLACE INTO {table(list_id)} (lead_id) VALUES (%s)')",
        "run(f'UPDATE {store.LEADS} SET a = 1')",
        "db.insert_many(LEADS, columns, rows)",
        "log('ADMIN API DELETE NUMBER FROM FILTER PHONE GROUP x')",
        "run('SELECT a FROM vicidial_list WHERE b = 1 FOR UPDATE')",
    ],
)
def test_the_reader_lets_pass_what_stays_within(code: str) -> None:
    assert not BORDERS.crossed_by(BORDERS.read("x", code))


@EACH_WITH_SQL
def test_it_writes_only_its_own_tables(module: Module) -> None:
    assert not BORDERS.crossed_by(module)


@EACH_WITH_SQL
def test_it_reads_only_what_the_ownership_table_lets_it_read(module: Module) -> None:
    assert module.mentions <= BORDERS.readable


@pytest.mark.parametrize("module", BORDERS.stores, ids=lambda module: module.name)
def test_the_docstring_of_a_store_names_its_tables(module: Module) -> None:
    assert (module.says_writes, module.says_alters) == (module.writes, set())
    assert module.mentions == module.says_writes | module.says_reads


def test_every_store_says_what_it_reads_and_writes() -> None:
    stores = {module.name for module in BORDERS.modules if Path(module.name).name == "store.py"}

    assert stores <= {module.name for module in BORDERS.stores}


@pytest.mark.parametrize(
    "sql",
    [
        *NOT_ON_ROWS,
        "CREATE TABLE custom_555 (lead_id INT)",
        "ALTER TABLE vicidial_list ADD extra INT",
    ],
)
def test_its_account_may_do_nothing_but_work_on_rows(db: TestDatabase, sql: str) -> None:
    check_is_denied(db, "svc-leads", sql)
