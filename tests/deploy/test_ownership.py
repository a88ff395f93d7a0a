"""The ownership table names what there is, and is read as it is written."""

from pathlib import Path

import pytest
from dialkit.settings import SERVICES
from support.ownership import own

from deploy.db.facts import facts, facts_by_table
from deploy.db.grants import EVERY_SERVICE, read_ownership


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ("", {}),
        ("svc-users(status)", {"svc-users": ["status"]}),
        ("svc-users(status server_ip),svc-reports(address3)",
         {"svc-users": ["status", "server_ip"], "svc-reports": ["address3"]}),
    ],
)  # fmt: skip
def test_several_services_may_change_columns_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changes: str, columns: dict[str, list[str]]
) -> None:
    own(monkeypatch, tmp_path, ["vicidial_list", "svc-leads", "", "", changes])

    assert [one.changes for one in read_ownership()] == [columns]


def test_several_services_may_add_and_remove_rows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    changes = "svc-users(INSERT status DELETE),svc-reports(INSERT)"
    own(monkeypatch, tmp_path, ["vicidial_list", "svc-leads", "", "", changes])

    (one,) = read_ownership()

    assert one.changes == {"svc-users": ["status"]}
    assert one.row_rights == {"svc-users": ["INSERT", "DELETE"], "svc-reports": ["INSERT"]}


@pytest.mark.parametrize("changes", ["svc-users", "svc-users status", "a(b)(c)"])
def test_columns_that_are_badly_written_are_not_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changes: str
) -> None:
    own(monkeypatch, tmp_path, ["vicidial_list", "svc-leads", "", "", changes])

    with pytest.raises(ValueError, match="unpack"):
        read_ownership()


def test_it_names_tables_of_vicidial_once() -> None:
    vicidials = {table for table, *_ in facts("tables")} | {"vicidial_list_archive"}
    named = [ownership.table for ownership in read_ownership() if not ownership.is_pattern]

    assert set(named) <= vicidials
    assert len(named) == len(set(named))


def test_who_changes_columns_that_vicidial_has_reads_the_table_too() -> None:
    columns = {
        table: {column for _position, column, *_ in of_table}
        for table, of_table in facts_by_table("columns").items()
    }

    for one in read_ownership():
        assert set(one.changes) <= set(one.readers) & set(SERVICES) - {one.owner}
        for named in one.changes.values():
            assert named == sorted(set(named) & columns[one.table])


def test_it_names_services_that_there_are() -> None:
    rows = read_ownership()

    assert {one.owner for one in rows} <= {*SERVICES, "vicidial", EVERY_SERVICE}
    assert {reader for one in rows for reader in one.readers} <= set(SERVICES)
    assert {one.structure for one in rows if one.structure} <= set(SERVICES)
