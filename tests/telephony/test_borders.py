"""What is special to the borders of svc-telephony; tests/deploy/test_borders.py has the rest."""

import pytest
from support.borders import borders_of, check_is_denied
from support.database import TestDatabase

BORDERS = borders_of("svc-telephony")


@pytest.mark.parametrize(
    "code",
    [
        "run('UPDATE vicidial_list SET called_count = %s')",
        "db.insert('vicidial_list', lead)",
        "run('UPDATE vicidial_campaign_cid_areacodes SET call_count_today = %s')",
        "run('UPDATE vicidial_manager SET status = %s WHERE man_id = %s')",
        "run('UPDATE vicidial_auto_calls SET status = %s')",
        "run('UPDATE vicidial_live_agents SET comments = %s')",
        "run(f'UPDATE groups_alias SET {assignments(columns)} WHERE group_alias_id = %s')",
        "run('INSERT INTO servers (server_id) VALUES (%s)')",
        "run('DELETE FROM servers WHERE server_ip = %s')",
        "run('REPLACE INTO system_settings (reload_timestamp) VALUES (%s)')",
        "db.insert('vicidial_call_menu', menu)",
        "run('UPDATE vicidial_inbound_groups SET active = %s')",
        "run(f'DELETE FROM {log.table} WHERE caller_code = %s')",
        "db.insert_many(tables[0], columns, rows)",
        "db.insert(log_table, row)",
        "run('DELETE FROM vicidial_admin_log')",
        "run('ALTER TABLE phones ADD a INT')",
        "run('TRUNCATE vicidial_dial_log')",
    ],
)
def test_the_reader_sees_what_crosses_the_border(code: str) -> None:
    assert BORDERS.crossed_by(BORDERS.read("x", code))


@pytest.mark.parametrize(
    "code",
    [
        "run(f'UPDATE phones SET {assignments(columns)} WHERE extension = %s')",
        "run('DELETE FROM phones_alias WHERE alias_id = %s')",
        "run('INSERT INTO vicidial_inbound_dids ({columns}) SELECT {columns}'.format(columns=x))",
        "run('UPDATE servers SET rebuild_conf_files = %s WHERE server_ip = %s')",
        "run('UPDATE system_settings SET reload_timestamp = %s')",
        "db.insert('vicidial_manager', order)",
        "db.insert('vicidial_auto_calls', call)",
        "run('DELETE FROM vicidial_auto_calls WHERE callerid = %s')",
        "run('DELETE FROM vicidial_rt_monitor_log WHERE caller_code = %s')",
        "db.insert('groups_alias', columns)",
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
        "ALTER TABLE phones ADD extra INT",
        "INSERT INTO vicidial_list SET phone_number = '5551234567'",
        "UPDATE vicidial_list SET status = 'CTCALL'",
        "UPDATE vicidial_campaigns SET active = 'N'",
        "UPDATE vicidial_campaign_cid_areacodes SET call_count_today = 1",
        "UPDATE vicidial_users SET active = 'N'",
        "UPDATE vicidial_live_agents SET comments = ''",
        "DELETE FROM vicidial_live_agents",
        "UPDATE vicidial_inbound_groups SET active = 'N'",
        "UPDATE vicidial_call_menu SET menu_name = ''",
        "UPDATE vicidial_conferences SET extension = ''",
        "UPDATE vicidial_voicemail SET pass = ''",
        "UPDATE vicidial_manager SET status = 'DEAD'",
        "DELETE FROM vicidial_manager",
        "UPDATE vicidial_auto_calls SET status = 'LIVE'",
        "UPDATE vicidial_dial_log SET lead_id = 1",
        "DELETE FROM vicidial_user_dial_log",
        "DELETE FROM user_call_log",
        "DELETE FROM vicidial_report_log",
        "SELECT * FROM groups_alias",
        "DELETE FROM groups_alias",
        "DELETE FROM servers",
        "UPDATE servers SET active = 'N'",
        "UPDATE system_settings SET active_voicemail_server = ''",
        "UPDATE vicidial_admin_log SET event_sql = ''",
        "SELECT event_sql FROM vicidial_admin_log",
        "SELECT data FROM vicidial_api_log",
    ],
)
def test_its_account_may_do_nothing_but_work_on_its_rows(db: TestDatabase, sql: str) -> None:
    check_is_denied(db, "svc-telephony", sql)
