"""What each service reads and writes: by its database account, and by the words of its SQL."""

from pathlib import Path

import pytest
from support.border_cases import CASES
from support.borders import CUSTOM, Borders, borders_of, check_is_denied
from support.builders import make_custom_table
from support.database import TestDatabase

from deploy.local.programs import SERVICES

BORDERS = [borders_of(service) for service in SERVICES]
EACH = pytest.mark.parametrize("borders", BORDERS, ids=lambda borders: borders.service)
# Of whichever service: VICIdial's tables are the same.
read = BORDERS[0].read
# Modules that say in their docstrings which tables their SQL is about.
STORES = {"store.py", "references.py", "lists.py"}


def each(kind: str) -> pytest.MarkDecorator:
    """For each service its cases of that kind."""
    cases = [(service, case) for service, of in CASES.items() for case in getattr(of, kind)]
    return pytest.mark.parametrize(("service", "case"), cases)


def test_every_service_has_its_cases() -> None:
    assert list(CASES) == list(SERVICES)


@EACH
def test_the_reader_finds_what_there_is_to_find(borders: Borders) -> None:
    modules = borders.modules

    assert set.union(*(one.writes for one in modules)) == (
        borders.owned | borders.changed | borders.filled
    )
    assert set.union(*(one.alters for one in modules)) == borders.altered
    assert set.union(*(one.mentions for one in modules)) == borders.known


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("run('SELECT 1 FROM phones WHERE login = %s')", {"phones"}),
        ("run('SELECT channel_group FROM parked_channels')", {"parked_channels"}),
        ("run('SELECT 1 FROM vicidial_users AS u JOIN servers AS s')",
         {"vicidial_users", "servers"}),
        ("run('SELECT 1\\n    FROM conferences\\n')", {"conferences"}),
        ("SERVER = Reference('Server', 'servers', 'server_ip')", {"servers"}),
        ("refuse('None of the phones of your servers')", set()),
        ("def find():\n    '''FROM phones to servers.'''", set()),
        ("fields = {'phones': 1, 'servers': 2}", set()),
    ],
)  # fmt: skip
def test_the_reader_tells_tables_from_words(code: str, tables: set[str]) -> None:
    assert read("x", code).mentions == tables


@pytest.mark.parametrize(
    ("docstring", "tables"),
    [
        ("SQL.\n\nReads vicidial_users, phones,\nphones_alias.",
         {"vicidial_users", "phones", "phones_alias"}),
        ("Writes vicidial_users; reads servers.", {"servers"}),
        ("Reads phones and servers; for other servers it reads vicidial_users of all phones.",
         {"phones", "servers", "vicidial_users"}),
        ("Phones and servers, as svc-users reads them.", set()),
    ],
)  # fmt: skip
def test_the_reader_tells_tables_from_words_of_docstrings(docstring: str, tables: set[str]) -> None:
    assert read("x", f"'''{docstring}'''").says_reads == tables


@pytest.mark.parametrize(
    "code",
    [
        "log('ADMIN API DELETE NUMBER FROM FILTER PHONE GROUP x')",
        "run('SELECT a FROM vicidial_list WHERE b = 1 FOR UPDATE')",
    ],
)
def test_the_reader_tells_changes_from_words(code: str) -> None:
    module = read("x", code)

    assert not module.writes | module.alters | module.ends


@each("crossing")
def test_the_reader_sees_what_crosses_the_border(service: str, case: str) -> None:
    borders = borders_of(service)

    assert borders.crossed_by(borders.read("x", case))


@each("within")
def test_the_reader_lets_pass_what_stays_within(service: str, case: str) -> None:
    borders = borders_of(service)
    module = borders.read("x", case)

    assert module.writes or module.alters
    assert not borders.crossed_by(module)


def test_svc_lists_alters_the_custom_tables_and_no_others() -> None:
    assert borders_of("svc-lists").altered == {CUSTOM}


@EACH
def test_it_changes_only_what_the_ownership_table_gives_it(borders: Borders) -> None:
    assert not {one.name: tables for one in borders.modules if (tables := borders.crossed_by(one))}


@EACH
def test_it_reads_only_what_the_ownership_table_lets_it_read(borders: Borders) -> None:
    known = borders.known

    assert not {one.name: tables for one in borders.modules if (tables := one.mentions - known)}


@EACH
def test_every_store_says_what_it_reads_and_writes(borders: Borders) -> None:
    stores = {one.name for one in borders.modules if Path(one.name).name in STORES}

    assert stores
    assert stores <= {one.name for one in borders.stores}


@EACH
def test_what_a_docstring_says_is_what_the_sql_does(borders: Borders) -> None:
    said = {one.name: (one.says_writes, one.says_alters) for one in borders.stores}
    named = {one.name: one.says_writes | one.says_alters | one.says_reads for one in borders.stores}

    assert said == {one.name: (one.writes, one.alters) for one in borders.stores}
    assert named == {one.name: one.mentions for one in borders.stores}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE vicidial_list",
        "TRUNCATE TABLE vicidial_hopper",
        "RENAME TABLE vicidial_lists TO other",
        "CREATE INDEX extra ON vicidial_list (email)",
        "CREATE TRIGGER t BEFORE INSERT ON vicidial_list FOR EACH ROW SET NEW.status = 'X'",
        "CREATE VIEW v AS SELECT * FROM vicidial_list",
        "CREATE PROCEDURE p() SELECT 1",
        "CREATE DATABASE other",
        "GRANT SELECT ON vicidial_list TO CURRENT_USER",
        "SELECT * FROM mysql.user",
        "SET GLOBAL max_connections = 1",
        "SELECT * FROM vicidial_list INTO OUTFILE 'leads.csv'",
    ],
)
def test_no_account_may_do_more_than_work_on_its_own(
    db: TestDatabase, service: str, sql: str
) -> None:
    check_is_denied(db, service, sql)


@each("denied")
def test_an_account_may_do_nothing_but_work_on_its_rows_and_structures(
    db: TestDatabase, service: str, case: str
) -> None:
    make_custom_table(db, 101)

    check_is_denied(db, service, case)
