"""`python -m deploy.setup accounts` gives each service its account on an existing VICIdial."""

import re
from contextlib import closing

import pymysql
import pytest
from dialkit.settings import SERVICES
from pymysql.constants import ER
from support.setup import (
    ARCHIVE,
    NAMES,
    RunSetup,
    Vicidial,
    login_of,
    passwords,
    rights,
    said_rights,
    start_setup,
    until,
)

from deploy.setup.folder import SecretFolder


def test_each_service_gets_the_account_that_the_folder_names(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    folder.write("svc-users", "db-user", "svc_people")

    made = run_setup("accounts", "--folder", folder.path, *vicidial.options)

    assert (made.code, made.err) == (0, "")
    assert made.out.splitlines() == [
        f"No rights on what this database lacks: {ARCHIVE}",
        "svc-leads: 'svc_leads'@'%' made",
        "svc-lists: 'svc_lists'@'%' made",
        "svc-users: 'svc_people'@'%' made",
        "svc-telephony: 'svc_telephony'@'%' made",
        "svc-reports: 'svc_reports'@'%' made",
    ]
    assert vicidial.accounts() == sorted({*NAMES, "svc_people"} - {"svc_users"})
    assert all(vicidial.lets_in(*login_of(folder, service)) for service in SERVICES)


def test_a_password_may_be_of_any_characters_that_the_driver_can_send(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    folder.write("svc-leads", "db-password", "p\u00e4ssw\u00f6rd")

    run_setup("accounts", "--folder", folder.path, *vicidial.options, "svc-leads")
    folder.write("svc-leads", "db-password", "\u20ac")
    refused = run_setup("accounts", "--folder", folder.path, *vicidial.options, "svc-leads")

    assert vicidial.lets_in("svc_leads", "p\u00e4ssw\u00f6rd")
    assert refused.code == 1
    assert "db-password: Must be characters of Latin-1." in refused.err


@pytest.mark.parametrize("service", SERVICES)
def test_it_may_do_what_the_ownership_table_says(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup, service: str
) -> None:
    run_setup("accounts", "--folder", folder.path, *vicidial.options, service)

    assert rights(vicidial, login_of(folder, service)[0]) == said_rights(service)


def test_a_service_works_with_its_account(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    vicidial.database.insert("vicidial_list", phone_number="5551234567")
    run_setup("accounts", "--folder", folder.path, *vicidial.options)
    login = login_of(folder, "svc-reports")

    with closing(vicidial.connect(*login, database=vicidial.name)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT phone_number FROM vicidial_list")
        read = cursor.fetchall()
        with pytest.raises(pymysql.err.OperationalError) as refused:
            cursor.execute("DELETE FROM vicidial_list")

    assert read == (("5551234567",),)
    assert refused.value.args[0] == ER.TABLEACCESS_DENIED_ERROR


def test_a_run_that_is_repeated_changes_nothing(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    run_setup("accounts", "--folder", folder.path, *vicidial.options)
    before = {name: vicidial.grants(name) for name in NAMES}

    again = run_setup("accounts", "--folder", folder.path, *vicidial.options)

    assert again.code == 0
    assert again.out.splitlines()[1] == (
        "svc-leads: 'svc_leads'@'%' has its password and rights again"
    )
    assert {name: vicidial.grants(name) for name in vicidial.accounts()} == before
    assert all(vicidial.lets_in(*login_of(folder, service)) for service in SERVICES)


def test_what_was_lost_comes_back(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    run_setup("accounts", "--folder", folder.path, *vicidial.options)
    before = vicidial.grants("svc_lists")
    vicidial.database.execute(f"REVOKE ALL ON {vicidial.name}.vicidial_dnc FROM svc_lists")
    vicidial.database.execute("SET PASSWORD FOR svc_lists = PASSWORD('another')")

    run_setup("accounts", "--folder", folder.path, *vicidial.options)

    assert vicidial.grants("svc_lists") == before
    assert vicidial.lets_in(*login_of(folder, "svc-lists"))


def test_a_run_that_was_killed_is_finished_by_the_next(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    process = start_setup("accounts", "--folder", folder.path, *vicidial.options)
    until(lambda: "svc_leads" in vicidial.accounts())
    process.kill()
    process.communicate()

    again = run_setup("accounts", "--folder", folder.path, *vicidial.options)

    assert again.code == 0
    for service in SERVICES:
        assert rights(vicidial, login_of(folder, service)[0]) == said_rights(service)


def test_what_an_older_vicidial_lacks_is_left_out_and_named(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    older = f"{vicidial.name}_older"
    database = vicidial.database
    database.execute(f"CREATE DATABASE {older}")
    try:
        for table in ("vicidial_list", "vicidial_live_agents", "phones"):
            database.execute(f"CREATE TABLE {older}.{table} LIKE {vicidial.name}.{table}")
        database.execute(f"ALTER TABLE {older}.vicidial_live_agents DROP campaign_grade")

        made = run_setup(
            "accounts", "--folder", folder.path, *vicidial.options, f"--database={older}"
        )
        given = vicidial.grants("svc_users")
    finally:
        database.execute(f"DROP DATABASE {older}")

    assert made.code == 0
    named = made.out.splitlines()[0].partition(": ")[2].split(", ")
    assert {"vicidial_confbridges", "vicidial_live_agents.campaign_grade"} <= set(named)
    assert not {"vicidial_list", "vicidial_live_agents", "phones"} & set(named)
    assert {grant.partition(" TO ")[0] for grant in given} == {
        f"GRANT SELECT ON `{older}`.`vicidial_list`",
        f"GRANT SELECT ON `{older}`.`phones`",
        f"GRANT SELECT, UPDATE (`campaign_weight`) ON `{older}`.`vicidial_live_agents`",
    }


def test_a_database_that_is_no_vicidials_gets_no_accounts(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    refused = run_setup(
        "accounts", "--folder", folder.path, *vicidial.options, "--database=elsewhere"
    )

    assert refused == (
        1,
        "",
        "deploy.setup accounts: There are no tables of VICIdial in the database elsewhere:"
        " name the right one with --database\n",
    )
    assert vicidial.accounts() == []


def test_on_a_replica_only_reports_get_an_account_and_only_read(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    made = run_setup("accounts", "--folder", folder.path, *vicidial.options, "--replica")

    assert made.code == 0
    assert vicidial.accounts() == ["svc_reports_replica"]
    given = rights(vicidial, "svc_reports_replica")
    reads = {table for table, may in said_rights("svc-reports").items() if "SELECT" in may}
    assert given == {table: {"SELECT"} for table in reads}
    assert vicidial.lets_in(
        folder.read("svc-reports", "report-db-user"),
        folder.read("svc-reports", "report-db-password"),
    )


def test_accounts_come_from_the_hosts_that_are_named(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    run_setup("accounts", "--folder", folder.path, *vicidial.options, "--account-host=10.0.%")

    hosts = vicidial.database.rows("SELECT host FROM mysql.user WHERE user = 'svc_leads'")
    assert hosts == [("10.0.%",)]


def test_it_waits_for_a_server_that_starts(folder: SecretFolder, vicidial: Vicidial) -> None:
    vicidial.database.stop()

    with start_setup("accounts", "--folder", folder.path, *vicidial.options) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        vicidial.database.start()
        said = process.stdout.read()

    assert first == (
        f"Waiting for the database at 127.0.0.1:{vicidial.database.port} (up to 120 s) ...\n"
    )
    assert process.returncode == 0, said
    assert vicidial.lets_in(*login_of(folder, "svc-leads"))


def test_its_patience_ends(folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup) -> None:
    vicidial.database.stop()
    try:
        refused = run_setup(
            "accounts", "--folder", folder.path, *vicidial.options, "--patience=0.1"
        )
    finally:
        vicidial.database.start()

    assert refused.code == 1
    assert refused.err.startswith("deploy.setup accounts: Can't connect to MySQL server on")
    assert f"check --host and --port {vicidial.database.port}" in refused.err


def test_the_server_is_named_as_it_is_for_the_programs(
    folder: SecretFolder,
    vicidial: Vicidial,
    run_setup: RunSetup,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = vicidial.database.server
    for name, value in {
        "DB_HOST": server.host,
        "DB_PORT": str(server.port),
        "DB_NAME": vicidial.name,
        "DB_ADMIN_PASSWORD": server.password,
    }.items():
        monkeypatch.setenv(name, value)

    made = run_setup("accounts", "--folder", folder.path, "--admin-user", server.user)

    assert made.code == 0
    assert vicidial.accounts() == NAMES


def test_reports_replica_is_not_taken_for_the_dialers_database(
    folder: SecretFolder,
    vicidial: Vicidial,
    run_setup: RunSetup,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DB_HOST", vicidial.database.host)

    refused = run_setup("accounts", "--folder", folder.path, "--replica")

    assert refused.err == (
        "deploy.setup accounts: Which server? Name it with --host, or with REPORT_DB_HOST\n"
    )


def test_a_wrong_password_is_one_line_without_it(
    folder: SecretFolder,
    vicidial: Vicidial,
    run_setup: RunSetup,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DB_ADMIN_PASSWORD", "not-the-password")
    host, port, *_ = vicidial.options

    refused = run_setup("accounts", "--folder", folder.path, host, port)

    assert (refused.code, refused.out) == (1, "")
    assert re.fullmatch(
        r"deploy\.setup accounts: Access denied for user 'root'@'\S+' \(using password: YES\):"
        r" check --admin-user and its password\n",
        refused.err,
    )


def test_no_password_of_the_administrator_is_told_so(
    folder: SecretFolder, run_setup: RunSetup
) -> None:
    refused = run_setup("accounts", "--folder", folder.path, "--host=127.0.0.1")

    assert refused.err == (
        "deploy.setup accounts: No password of root: name its file with --admin-password-file,"
        " or set DB_ADMIN_PASSWORD\n"
    )


def test_an_administrator_that_may_not_is_told_what_it_needs(
    folder: SecretFolder,
    vicidial: Vicidial,
    run_setup: RunSetup,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vicidial.database.execute("CREATE USER svc_weak IDENTIFIED BY 'weak-password'")
    vicidial.database.execute(f"GRANT SELECT ON {vicidial.name}.* TO svc_weak")
    monkeypatch.setenv("DB_ADMIN_PASSWORD", "weak-password")
    host, port, database, *_ = vicidial.options

    refused = run_setup(
        "accounts", "--folder", folder.path, host, port, database, "--admin-user=svc_weak"
    )

    assert refused.code == 1
    assert "svc_weak may not do that. The administrator's account needs CREATE USER" in refused.err
    assert vicidial.accounts() == ["svc_weak"]


def test_no_password_is_said_nor_kept_in_the_servers_log(
    folder: SecretFolder, vicidial: Vicidial, run_setup: RunSetup
) -> None:
    database = vicidial.database
    database.execute("SET GLOBAL log_output = 'TABLE', general_log = ON")
    try:
        made = run_setup("accounts", "--folder", folder.path, *vicidial.options)
    finally:
        database.execute("SET GLOBAL general_log = OFF")
    logged = "\n".join(
        str(row[0]) for row in database.rows("SELECT argument FROM mysql.general_log")
    )
    database.execute("TRUNCATE mysql.general_log")

    assert "CREATE USER" in logged
    assert [one for one in passwords(folder) if one in logged + made.out + made.err] == []
