"""The printed GRANT statements make an account that serves all services."""

import re
from pathlib import Path

import pytest
from support.database import TestDatabase
from support.ownership import own

from deploy.db.grants import main

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
