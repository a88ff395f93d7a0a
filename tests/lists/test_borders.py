"""What is special to the borders of svc-lists; tests/deploy/test_borders.py has the rest."""

import pytest
from support.borders import CUSTOM, borders_of, check_is_denied
from support.builders import make_custom_table
from support.database import TestDatabase

BORDERS = borders_of("svc-lists")


def test_it_alters_the_custom_tables_and_no_others() -> None:
    assert BORDERS.altered == {CUSTOM}


@pytest.mark.parametrize(
    "code",
    [
        "run('UPDATE vicidial_list SET status = %s')",
        "run('DELETE FROM vicidial_hopper')",
        "run(f'INSERT INTO {table(list_id)} (lead_id) VALUES (1)')",
        "run(f'DELETE FROM {table(list_id)}')",
        "db.insert('vicidial_inbound_groups', values)",
        "run('DELETE FROM vicidial_admin_log')",
        "run('ALTER TABLE vicidial_lists ADD a INT')",
        "run('CREATE TABLE vicidial_list_archive LIKE vicidial_list')",
        "run(f'ALTER TABLE {name} ADD a INT')",
        "run(f'DROP TABLE {table(list_id)}')",
        "run(f'TRUNCATE {table(list_id)}')",
    ],
)
def test_the_reader_sees_what_crosses_the_border(code: str) -> None:
    assert BORDERS.crossed_by(BORDERS.read("x", code))


@pytest.mark.parametrize(
    "code",
    [
        "run(f'ALTER TABLE {table(list_id)} DROP COLUMN {identifier(name)}')",
        "run(f'CREATE TABLE IF NOT EXISTS {custom_fields.table(list_id)} (lead_id INT)')",
        "run('UPDATE vicidial_lists SET active = %s')",
    ],
)
def test_the_reader_lets_pass_what_stays_within(code: str) -> None:
    module = BORDERS.read("x", code)

    assert module.writes or module.alters
    assert not BORDERS.crossed_by(module)


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE custom_101",
        "TRUNCATE TABLE custom_101",
        "ALTER TABLE custom_101 RENAME TO custom_102",
        "INSERT INTO custom_101 SET lead_id = 1",
        "UPDATE custom_101 SET lead_id = 1",
        "DELETE FROM custom_101",
        "INSERT INTO vicidial_list SET phone_number = '5551234567'",
        "UPDATE vicidial_list SET status = 'NEW'",
        "DELETE FROM vicidial_list",
        "DELETE FROM vicidial_hopper",
        "UPDATE vicidial_inbound_groups SET dispo_call_url = 'ALT'",
        "UPDATE system_settings SET custom_fields_enabled = '1'",
        "UPDATE vicidial_call_times SET call_time_name = ''",
        "UPDATE vicidial_admin_log SET event_notes = ''",
        "DELETE FROM vicidial_admin_log",
    ],
)
def test_its_account_may_work_on_its_rows_and_on_structures(db: TestDatabase, sql: str) -> None:
    make_custom_table(db, 101)

    check_is_denied(db, "svc-lists", sql)
