"""A service can do with its account what the ownership table says, and nothing else."""

import re
from contextlib import closing

import pymysql
import pytest
from support.database import TestDatabase

from deploy.db.facts import facts_by_table
from deploy.db.grants import grants, read_ownership

_DENIED = 1142
_COLUMN_DENIED = 1143


def test_svc_leads_reads_and_writes_leads(db: TestDatabase) -> None:
    _run(db, "svc-leads", "INSERT INTO vicidial_list SET phone_number = '5551234567'")
    _run(db, "svc-leads", "UPDATE vicidial_list SET status = 'NA'")

    assert db.rows("SELECT phone_number, status FROM vicidial_list") == [("5551234567", "NA")]


def test_svc_leads_reads_and_writes_custom_tables_that_come_later(db: TestDatabase) -> None:
    db.account("svc-leads")
    db.execute("CREATE TABLE custom_101 (lead_id INT UNSIGNED NOT NULL PRIMARY KEY)")

    _run(db, "svc-leads", "INSERT INTO custom_101 VALUES (1)")

    assert db.rows("SELECT lead_id FROM custom_101") == [(1,)]


def test_svc_leads_changes_no_structure(db: TestDatabase) -> None:
    assert _error(db, "svc-leads", "DROP TABLE vicidial_dnc") == _DENIED
    assert _error(db, "svc-leads", "CREATE TABLE custom_101 (lead_id INT)") == _DENIED


def test_svc_lists_creates_and_alters_tables(db: TestDatabase) -> None:
    _run(db, "svc-lists", "CREATE TABLE custom_101 (lead_id INT UNSIGNED NOT NULL PRIMARY KEY)")
    _run(
        db, "svc-lists", "ALTER TABLE custom_101 ADD COLUMN color VARCHAR(10), ADD COLUMN size INT"
    )
    _run(db, "svc-lists", "ALTER TABLE custom_101 MODIFY color VARCHAR(20), DROP COLUMN size")

    columns = [row[:2] for row in db.rows("SHOW COLUMNS FROM custom_101")]
    assert columns == [("lead_id", "int(10) unsigned"), ("color", "varchar(20)")]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE custom_101",
        "TRUNCATE TABLE custom_101",
        "RENAME TABLE custom_101 TO custom_102",
        "ALTER TABLE custom_101 RENAME TO custom_102",
    ],
)
def test_svc_lists_loses_no_table(db: TestDatabase, sql: str) -> None:
    db.execute("CREATE TABLE custom_101 (lead_id INT UNSIGNED NOT NULL PRIMARY KEY)")

    assert _error(db, "svc-lists", sql) == _DENIED
    assert db.count("custom_101") == 0


def test_svc_lists_reads_custom_tables_and_does_not_write_them(db: TestDatabase) -> None:
    db.execute("CREATE TABLE custom_101 (lead_id INT UNSIGNED NOT NULL PRIMARY KEY)")

    _run(db, "svc-lists", "SELECT lead_id FROM custom_101")

    assert _error(db, "svc-lists", "INSERT INTO custom_101 VALUES (1)") == _DENIED
    assert db.count("custom_101") == 0


def test_only_svc_lists_changes_structures() -> None:
    services = {one.owner for one in read_ownership() if one.owner.startswith("svc-")}
    shaping = {
        service
        for service in services | {"svc-reports"}
        for grant in grants("asterisk", service, "'x'@'%'")
        if {"CREATE", "ALTER"} & set(re.split("[ ,]+", grant))
    }

    assert shaping == {"svc-lists"}


def test_svc_lists_reads_the_log_of_changes_that_it_cannot_change(db: TestDatabase) -> None:
    db.insert(
        "vicidial_admin_log", user="api", event_date="2025-01-08 10:00:00", ip_address="",
        event_section="LISTS", record_id="101", event_code="ADMIN API ADD LIST",
    )  # fmt: skip

    _run(db, "svc-lists", "SELECT record_id FROM vicidial_admin_log")
    _run(db, "svc-lists", "INSERT INTO vicidial_admin_log SELECT NULL, event_date, user, '', '',"
         " 'MODIFY', '', '', '', '', '' FROM vicidial_admin_log")  # fmt: skip

    assert _error(db, "svc-lists", "UPDATE vicidial_admin_log SET user = 'x'") == _DENIED
    assert _error(db, "svc-lists", "DELETE FROM vicidial_admin_log") == _DENIED
    assert db.rows("SELECT user FROM vicidial_admin_log") == [("api",), ("api",)]


def test_a_reader_reads_and_does_not_write(db: TestDatabase) -> None:
    db.insert("vicidial_list", phone_number="5551234567")

    _run(db, "svc-reports", "SELECT lead_id FROM vicidial_list")

    assert _error(db, "svc-reports", "DELETE FROM vicidial_list") == _DENIED
    assert db.count("vicidial_list") == 1


# Of tables that are the dialer's: which columns a service changes.
CHANGED = {
    ("svc-users", "vicidial_live_agents"): {"campaign_weight", "campaign_grade"},
    ("svc-users", "vicidial_live_inbound_agents"): {"group_weight", "group_grade"},
    ("svc-users", "vicidial_remote_agents"): {
        "number_of_lines", "server_ip", "conf_exten", "status", "campaign_id", "closer_campaigns",
    },
    ("svc-users", "system_settings"): {"auto_user_add_value"},
    ("svc-telephony", "system_settings"): {"reload_timestamp"},
    ("svc-telephony", "servers"): {"rebuild_conf_files"},
}  # fmt: skip
EACH_CHANGED = pytest.mark.parametrize(("service", "table"), CHANGED)


@EACH_CHANGED
def test_a_service_changes_some_columns_of_the_dialers_tables(
    db: TestDatabase, service: str, table: str
) -> None:
    refused_with = {}

    with closing(db.connect_as(service)) as connection, connection.cursor() as cursor:
        for _position, column, *_ in facts_by_table("columns")[table]:
            try:
                cursor.execute(f"UPDATE {table} SET `{column}` = `{column}`")
            except pymysql.err.OperationalError as refused:
                refused_with[column] = refused.args[0]

    columns = {column for _position, column, *_ in facts_by_table("columns")[table]}
    assert refused_with == dict.fromkeys(columns - CHANGED[service, table], _COLUMN_DENIED)


@EACH_CHANGED
def test_who_changes_some_columns_adds_and_removes_no_rows(
    db: TestDatabase, service: str, table: str
) -> None:
    before = db.rows(f"SELECT * FROM {table}")
    columns = ", ".join(f"{column} = 1" for column in sorted(CHANGED[service, table]))
    change = f"ON DUPLICATE KEY UPDATE {columns}"

    assert _error(db, service, f"INSERT INTO {table} SET {columns}") == _DENIED
    assert _error(db, service, f"INSERT INTO {table} SET {columns} {change}") == _DENIED
    assert _error(db, service, f"REPLACE INTO {table} SET {columns}") == _DENIED
    assert _error(db, service, f"DELETE FROM {table}") == _DENIED
    assert db.rows(f"SELECT * FROM {table}") == before


# Of other tables of the dialer's: what svc-telephony does with whole rows.
ROWS = {
    "vicidial_manager": {"INSERT"},
    "vicidial_user_dial_log": {"INSERT"},
    "user_call_log": {"INSERT"},
    "vicidial_report_log": {"INSERT"},
    "groups_alias": {"INSERT"},
    "vicidial_auto_calls": {"INSERT", "DELETE"},
    "vicidial_dial_log": {"INSERT", "DELETE"},
    "vicidial_dial_cid_log": {"INSERT", "DELETE"},
    "vicidial_rt_monitor_log": {"INSERT", "DELETE"},
    "vicidial_daily_rt_monitoring_log": {"INSERT", "DELETE"},
}


@pytest.mark.parametrize("table", ROWS)
def test_svc_telephony_changes_no_row_that_it_adds(db: TestDatabase, table: str) -> None:
    columns = [column for _position, column, *_ in facts_by_table("columns")[table]]
    column, nothing = columns[0], ", ".join(["NULL"] * len(columns))
    statements = {
        "INSERT": f"INSERT INTO {table} SELECT {nothing} FROM DUAL WHERE FALSE",
        "UPDATE": f"UPDATE {table} SET {column} = 1",
        "DELETE": f"DELETE FROM {table}",
    }

    for verb in ROWS[table]:
        _run(db, "svc-telephony", statements.pop(verb))

    assert "UPDATE" in statements
    for sql in statements.values():
        assert _error(db, "svc-telephony", sql) == _DENIED


def test_a_call_that_is_ordered_can_neither_be_changed_nor_taken_back(db: TestDatabase) -> None:
    _run(db, "svc-telephony", "INSERT INTO vicidial_manager (server_ip, status, callerid)"
         " VALUES ('10.0.0.5', 'NEW', 'V1081530450000000999')")  # fmt: skip

    where = "WHERE callerid = 'V1081530450000000999'"
    _run(db, "svc-telephony", f"SELECT man_id FROM vicidial_manager {where}")
    assert _error(db, "svc-telephony",
                  f"UPDATE vicidial_manager SET status = 'DEAD' {where}") == _DENIED  # fmt: skip
    assert _error(db, "svc-telephony", f"DELETE FROM vicidial_manager {where}") == _DENIED
    assert db.rows("SELECT server_ip, status FROM vicidial_manager") == [("10.0.0.5", "NEW")]


def test_a_caller_id_is_offered_and_neither_read_nor_withdrawn(db: TestDatabase) -> None:
    insert = (
        "INSERT INTO groups_alias (group_alias_id, caller_id_number) VALUES ('A1', '7275551212')"
    )
    _run(db, "svc-telephony", insert)

    update = "ON DUPLICATE KEY UPDATE caller_id_number = '1'"
    assert _error(db, "svc-telephony", f"{insert} {update}") == _DENIED
    assert _error(db, "svc-telephony", "SELECT group_alias_id FROM groups_alias") == _DENIED
    assert db.rows("SELECT group_alias_id, caller_id_number FROM groups_alias") == [
        ("A1", "7275551212")
    ]


def test_svc_users_changes_the_weight_of_a_session_that_stays_as_it_is(db: TestDatabase) -> None:
    db.insert("vicidial_live_agents", user="6666", server_ip="10.0.0.5", lead_id=7)

    _run(db, "svc-users", "UPDATE vicidial_live_agents SET campaign_weight = 3,"
         " campaign_grade = 4 WHERE user = '6666'")  # fmt: skip

    columns = "user, server_ip, lead_id, status, campaign_weight, campaign_grade"
    session = db.row(f"SELECT {columns} FROM vicidial_live_agents")
    assert session == ("6666", "10.0.0.5", 7, "PAUSED", 3, 4)


def test_what_is_not_listed_is_closed(db: TestDatabase) -> None:
    assert _error(db, "svc-reports", "SELECT login FROM phones") == _DENIED


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (
            "vicidial_admin_log",
            "user = 'api', event_date = NOW(), ip_address = '', event_section = '',"
            " record_id = '', event_code = ''",
        ),
        ("vicidial_api_log", "user = 'api', api_date = NOW(), function = 'add_lead'"),
    ],
)
def test_the_logs_only_grow(db: TestDatabase, table: str, values: str) -> None:
    _run(db, "svc-reports", f"INSERT INTO {table} SET {values}")

    assert _error(db, "svc-reports", f"SELECT user FROM {table}") == _DENIED
    assert _error(db, "svc-reports", f"DELETE FROM {table}") == _DENIED
    assert db.rows(f"SELECT user FROM {table}") == [("api",)]


@pytest.mark.parametrize("engine", ["InnoDB"])
def test_an_account_enters_no_other_database(db: TestDatabase) -> None:
    # In a grant on a whole database `_` is a wildcard unless it is escaped.
    db.execute(f"CREATE DATABASE {db.name.replace('_', 'x')}")
    try:
        assert _error(db, "svc-leads", f"USE {db.name.replace('_', 'x')}") == 1044
    finally:
        db.execute(f"DROP DATABASE {db.name.replace('_', 'x')}")


def test_a_table_that_the_database_lacks_is_left_out() -> None:
    archive = "GRANT SELECT ON `asterisk`.`vicidial_list_archive` TO 'x'@'%'"
    given = grants("asterisk", "svc-reports", "'x'@'%'")

    without = grants("asterisk", "svc-reports", "'x'@'%'", absent=["vicidial_list_archive"])

    assert archive in given
    assert without == [grant for grant in given if grant != archive]


def test_a_column_that_the_database_lacks_is_left_out() -> None:
    without = grants(
        "asterisk", "svc-users", "'x'@'%'", absent=["vicidial_live_agents.campaign_grade"]
    )

    assert [grant for grant in without if "`vicidial_live_agents`" in grant] == [
        "GRANT SELECT, UPDATE (`campaign_weight`) ON `asterisk`.`vicidial_live_agents` TO 'x'@'%'"
    ]


def _run(db: TestDatabase, service: str, sql: str) -> None:
    with closing(db.connect_as(service)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)


def _error(db: TestDatabase, service: str, sql: str) -> int:
    """The number of the error that the server refuses the statement with."""
    with pytest.raises(pymysql.err.MySQLError) as refused:
        _run(db, service, sql)
    return int(refused.value.args[0])
