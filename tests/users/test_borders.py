"""What is special to the borders of svc-users; tests/deploy/test_borders.py has the rest."""

import pytest
from support.borders import borders_of, check_is_denied
from support.database import TestDatabase

BORDERS = borders_of("svc-users")


@pytest.mark.parametrize(
    "code",
    [
        "run('UPDATE vicidial_user_groups SET group_name = %s')",
        "run('UPDATE vicidial_list SET user = %s')",
        "run('DELETE FROM vicidial_live_agents WHERE user = %s')",
        "run('INSERT INTO vicidial_remote_agents (user_start) VALUES (%s)')",
        "run('DELETE FROM vicidial_remote_agents')",
        "db.insert('vicidial_live_inbound_agents', values)",
        "run('REPLACE INTO system_settings (auto_user_add_value) VALUES (%s)')",
        "run('UPDATE phones SET pass = %s')",
        "run(f'INSERT INTO servers ({names}) VALUES (1)')",
        "run('INSERT INTO {table} (user) SELECT %s'.format(table=ranks))",
        "run('UPDATE {} SET {changes} WHERE user = %s'.format(table, changes=changes))",
        "run(f'DELETE FROM {rank.table} WHERE user = %s')",
        "run('DELETE FROM vicidial_admin_log')",
        "run('ALTER TABLE vicidial_users ADD a INT')",
        "run('TRUNCATE vicidial_campaign_agents')",
    ],
)
def test_the_reader_sees_what_crosses_the_border(code: str) -> None:
    assert BORDERS.crossed_by(BORDERS.read("x", code))


@pytest.mark.parametrize(
    "code",
    [
        "run('INSERT INTO vicidial_users ({columns}) SELECT {columns}'.format(columns=names))",
        "run('UPDATE vicidial_live_agents SET {changes} WHERE user = %s{limit}')",
        "run(f'UPDATE vicidial_remote_agents SET {assignments(columns)} WHERE user_start = %s')",
        "run('UPDATE system_settings SET auto_user_add_value = %s')",
        "db.insert('vicidial_users', columns)",
    ],
)
def test_the_reader_lets_pass_what_stays_within(code: str) -> None:
    module = BORDERS.read("x", code)

    assert module.writes
    assert not BORDERS.crossed_by(module)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE custom_555 (lead_id INT)",
        "ALTER TABLE vicidial_users ADD extra INT",
        "UPDATE vicidial_list SET user = 'x'",
        "UPDATE vicidial_campaigns SET active = 'N'",
        "UPDATE vicidial_user_groups SET group_name = 'x'",
        "UPDATE vicidial_inbound_groups SET active = 'N'",
        "UPDATE phones SET pass = 'x'",
        "DELETE FROM vicidial_agent_log",
        "DELETE FROM vicidial_auto_calls",
        "DELETE FROM parked_channels",
        "UPDATE vicidial_admin_log SET event_sql = ''",
        "SELECT event_sql FROM vicidial_admin_log",
        "SELECT data FROM vicidial_api_log",
    ],
)
def test_its_account_may_do_nothing_but_work_on_its_rows(db: TestDatabase, sql: str) -> None:
    check_is_denied(db, "svc-users", sql)
