"""What is special to the borders of svc-leads; tests/deploy/test_borders.py has the rest."""

import pytest
from support.borders import borders_of, check_is_denied
from support.database import TestDatabase

BORDERS = borders_of("svc-leads")


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


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE custom_555 (lead_id INT)",
        "ALTER TABLE vicidial_list ADD extra INT",
    ],
)
def test_its_account_may_do_nothing_but_work_on_rows(db: TestDatabase, sql: str) -> None:
    check_is_denied(db, "svc-leads", sql)
