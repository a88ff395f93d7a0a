"""Statements that cross the borders of a service, and some that stay within them."""

from collections.abc import Sequence
from typing import NamedTuple


class Cases(NamedTuple):
    """Of one service.

    `crossing` and `within` is code, for the reader of support.borders; `denied` are statements
    that the service's account may not run.
    """

    crossing: Sequence[str]
    within: Sequence[str]
    denied: Sequence[str]


_LEADS = Cases(
    crossing=[
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
    within=[
        "run(f'REPLACE INTO {table(list_id)} (lead_id) VALUES (%s)')",
        "run(f'UPDATE {store.LEADS} SET a = 1')",
        "db.insert_many(LEADS, columns, rows)",
    ],
    denied=[
        "CREATE TABLE custom_555 (lead_id INT)",
        "ALTER TABLE vicidial_list ADD extra INT",
    ],
)
_LISTS = Cases(
    crossing=[
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
    within=[
        "run(f'ALTER TABLE {table(list_id)} DROP COLUMN {identifier(name)}')",
        "run(f'CREATE TABLE IF NOT EXISTS {custom_fields.table(list_id)} (lead_id INT)')",
        "run('UPDATE vicidial_lists SET active = %s')",
    ],
    denied=[
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
_USERS = Cases(
    crossing=[
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
    within=[
        "run('INSERT INTO vicidial_users ({columns}) SELECT {columns}'.format(columns=names))",
        "run('UPDATE vicidial_live_agents SET {changes} WHERE user = %s{limit}')",
        "run(f'UPDATE vicidial_remote_agents SET {assignments(columns)} WHERE user_start = %s')",
        "run('UPDATE system_settings SET auto_user_add_value = %s')",
        "db.insert('vicidial_users', columns)",
    ],
    denied=[
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
_TELEPHONY = Cases(
    crossing=[
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
    within=[
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
    denied=[
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
CASES = {
    "svc-leads": _LEADS,
    "svc-lists": _LISTS,
    "svc-users": _USERS,
    "svc-telephony": _TELEPHONY,
}
