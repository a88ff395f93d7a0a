"""The printed SQL makes an account for each service, or one that serves them all."""

import re
from pathlib import Path

import pytest
from dialkit.settings import SERVICES
from support.database import TestDatabase
from support.ownership import own
from support.setup import ARCHIVE, NAMES, RunSetup, Vicidial, rights, said_rights

from deploy.db.grants import main
from deploy.setup.folder import SecretFolder

ALL_ROWS = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_the_printed_grants_serve_an_account_of_all_services(
    db: TestDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    account = f"'{db.name}.all'@'%'"
    monkeypatch.setattr("sys.argv", ["grants", account, db.name])
    main()
    printed = capsys.readouterr().out.splitlines()

    given = _given(db, account, printed)

    assert any("CREATE, ALTER" in grant for grant in given)
    assert _rights_on(given, "vicidial_users") == ALL_ROWS
    assert _rights_on(given, "vicidial_live_agents") == {
        "SELECT", "UPDATE of campaign_grade", "UPDATE of campaign_weight",
    }  # fmt: skip
    assert [line for line in printed if line.startswith("-- ")] == [
        f"-- where it exists: GRANT SELECT ON `{db.name}`.`vicidial_list_archive` TO {account};",
        "-- where it exists: GRANT SELECT, INSERT, UPDATE, DELETE ON"
        f" `{db.name}`.`vicidial_list_archive` TO {account};",
    ]


def test_the_grants_for_a_replica_let_reports_read_and_nothing_more(
    db: TestDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    account = f"'{db.name}.replica'@'%'"
    monkeypatch.setattr("sys.argv", ["grants", "--replica", account, db.name])
    main()
    printed = capsys.readouterr().out.splitlines()

    given = _given(db, account, printed)

    assert _rights_on(given, "vicidial_log") == {"SELECT"}
    assert _rights_on(given, "recording_log_archive") == {"SELECT"}
    assert not [line for line in printed if "phones" in line.split("`")]
    assert not [line for line in printed if "INSERT" in line or "UPDATE" in line]


def test_an_account_that_serves_an_owner_and_one_of_some_columns_may_do_all(
    db: TestDatabase,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    account, table = f"'{db.name}.both'@'%'", "vicidial_remote_agents"
    row = [table, "svc-telephony", "svc-users", "", "svc-users(status server_ip)"]
    own(monkeypatch, tmp_path, row)
    monkeypatch.setattr("sys.argv", ["grants", account, db.name])
    main()
    printed = capsys.readouterr().out.splitlines()

    given = _given(db, account, printed)

    scope = f"ON `{db.name}`.`{table}` TO {account};"
    assert printed == [
        f"GRANT SELECT, INSERT, UPDATE, DELETE {scope}",
        f"GRANT SELECT, UPDATE (`status`, `server_ip`) {scope}",
    ]
    assert _rights_on(given, table) == ALL_ROWS | {"UPDATE of server_ip", "UPDATE of status"}


@pytest.fixture
def printed(vicidial: Vicidial, run_setup: RunSetup) -> str:
    """What `make grants` prints for that database."""
    return run_setup("grants", f"--database={vicidial.name}").out


def test_what_make_grants_prints_gives_each_service_its_account(
    vicidial: Vicidial, printed: str
) -> None:
    _run(vicidial, printed)

    assert vicidial.accounts() == NAMES
    for service in SERVICES:
        assert rights(vicidial, service.replace("-", "_")) == said_rights(service)


def test_it_gives_what_accounts_gives(
    vicidial: Vicidial, printed: str, folder: SecretFolder, run_setup: RunSetup
) -> None:
    _run(vicidial, printed)
    by_hand = {name: vicidial.grants(name) for name in NAMES}
    vicidial.forget_accounts()

    run_setup("accounts", "--folder", folder.path, *vicidial.options)

    assert {name: vicidial.grants(name) for name in NAMES} == by_hand


def test_where_the_archive_exists_its_lines_give_rights_on_it(
    vicidial: Vicidial, printed: str
) -> None:
    vicidial.database.execute(f"CREATE TABLE {ARCHIVE} LIKE vicidial_list")
    try:
        _run(vicidial, printed.replace("-- where it exists: ", ""))
        given = {name: rights(vicidial, name).get(ARCHIVE) for name in NAMES}
    finally:
        vicidial.database.execute(f"DROP TABLE {ARCHIVE}")

    assert given == {
        "svc_leads": ALL_ROWS,
        "svc_lists": {"SELECT"},
        "svc_reports": {"SELECT"},
        "svc_telephony": None,
        "svc_users": None,
    }


def test_each_account_is_let_in_with_the_password_that_takes_the_placeholders_place(
    vicidial: Vicidial, printed: str
) -> None:
    filled = re.sub(r"'replace-me-\w+'", "'the password'", printed)

    _run(vicidial, filled)

    assert [vicidial.lets_in(name, "the password") for name in NAMES] == [True] * len(NAMES)


def test_a_placeholder_that_was_forgotten_is_no_password_that_others_know(
    printed: str, run_setup: RunSetup
) -> None:
    again = run_setup("grants").out

    placeholders = re.findall(r"replace-me-\w{24}", printed + again)
    assert len(set(placeholders)) == 2 * len(SERVICES)


def test_accounts_that_are_there_keep_their_passwords(vicidial: Vicidial, printed: str) -> None:
    vicidial.database.execute("CREATE USER svc_leads IDENTIFIED BY 'its own'")

    _run(vicidial, printed)

    assert vicidial.lets_in("svc_leads", "its own")
    assert rights(vicidial, "svc_leads") == said_rights("svc-leads")


def test_for_a_replica_it_prints_the_account_of_reports_alone(
    vicidial: Vicidial, run_setup: RunSetup
) -> None:
    _run(vicidial, run_setup("grants", "--replica", f"--database={vicidial.name}").out)

    assert vicidial.accounts() == ["svc_reports_replica"]
    assert {"SELECT"} == set.union(*rights(vicidial, "svc_reports_replica").values())


def _run(vicidial: Vicidial, printed: str) -> None:
    """Run SQL as a client does: a statement ends with a semicolon, a comment with its line."""
    lines = [line for line in printed.splitlines() if not line.startswith("-- ")]
    *statements, after = "\n".join(lines).split(";\n")
    for statement in [*statements, after.rstrip(";")]:
        vicidial.database.execute(statement.strip())


def _given(db: TestDatabase, account: str, printed: list[str]) -> list[str]:
    """What the server grants a new account for the lines, but for those of what may be missing."""
    db.execute(f"CREATE OR REPLACE USER {account}")
    for line in printed:
        if not line.startswith("-- "):
            db.execute(line.rstrip(";"))
    return [str(row[0]) for row in db.rows(f"SHOW GRANTS FOR {account}")]


def _rights_on(given: list[str], table: str) -> set[str]:
    """`SELECT`, and for a right on columns `UPDATE of status`."""
    (grant,) = [grant for grant in given if f".`{table}` TO" in grant]
    rights = re.findall(r"([A-Z]+)(?: \(([^)]+)\))?", grant.partition(" ON ")[0])[1:]
    return {
        f"{right} of {column}" if column else right
        for right, columns in rights
        for column in columns.replace("`", "").split(", ")
    }
