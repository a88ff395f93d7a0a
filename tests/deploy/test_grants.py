"""A service can do with its account what the ownership table says, and nothing else."""

import re
from contextlib import closing

import pymysql
import pytest
from support.database import TestDatabase

from deploy.db.facts import facts
from deploy.db.grants import grants, main, read_ownership

_DENIED = 1142


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


def test_what_is_not_listed_is_closed(db: TestDatabase) -> None:
    assert _error(db, "svc-reports", "SELECT user FROM vicidial_users") == _DENIED


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
    given = grants("asterisk", "svc-reports", "'x'@'%'", absent=["vicidial_list_archive"])

    assert given == [
        "GRANT SELECT ON `asterisk`.`vicidial_list` TO 'x'@'%'",
        "GRANT SELECT ON `asterisk`.`vicidial_list_alt_phones` TO 'x'@'%'",
        "GRANT INSERT ON `asterisk`.`vicidial_admin_log` TO 'x'@'%'",
        "GRANT INSERT ON `asterisk`.`vicidial_api_log` TO 'x'@'%'",
    ]


def test_the_printed_grants_serve_an_account_of_all_services(
    db: TestDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    account = f"'{db.name}.all'@'%'"
    monkeypatch.setattr("sys.argv", ["grants", account, db.name])
    main()
    printed = capsys.readouterr().out.splitlines()
    db.execute(f"CREATE OR REPLACE USER {account}")

    for line in printed:
        if not line.startswith("-- "):
            db.execute(line.rstrip(";"))

    given = {row[0] for row in db.rows(f"SHOW GRANTS FOR {account}")}
    assert any("CREATE, ALTER" in grant for grant in given)
    assert [line for line in printed if line.startswith("-- ")] == [
        f"-- where it exists: GRANT SELECT ON `{db.name}`.`vicidial_list_archive` TO {account};",
        "-- where it exists: GRANT SELECT, INSERT, UPDATE, DELETE ON"
        f" `{db.name}`.`vicidial_list_archive` TO {account};",
    ]


def test_ownership_names_tables_of_vicidial_once() -> None:
    vicidials = {table for table, *_ in facts("tables")} | {"vicidial_list_archive"}
    named = [ownership.table for ownership in read_ownership() if not ownership.is_pattern]

    assert set(named) <= vicidials
    assert len(named) == len(set(named))


def _run(db: TestDatabase, service: str, sql: str) -> None:
    with closing(db.connect_as(service)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)


def _error(db: TestDatabase, service: str, sql: str) -> int:
    """The number of the error that the server refuses the statement with."""
    with pytest.raises(pymysql.err.MySQLError) as refused:
        _run(db, service, sql)
    return int(refused.value.args[0])
