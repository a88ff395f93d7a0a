"""What svc-users reads and writes: by its database account, and by the words of its SQL."""

from pathlib import Path

import pytest
import svc_users
from support.borders import NOT_ON_ROWS, Borders, Module, check_is_denied
from support.database import TestDatabase

BORDERS = Borders("svc-users", svc_users)
EACH_WITH_SQL = pytest.mark.parametrize("module", BORDERS.with_sql, ids=lambda module: module.name)


def test_the_reader_finds_what_there_is_to_find() -> None:
    names = {module.name for module in BORDERS.stores}

    assert {"references.py", "users/store.py", "users/ranks_store.py", "agents/store.py"} <= names
    assert set.union(*(one.writes for one in BORDERS.modules)) == BORDERS.owned | BORDERS.changed
    assert set.union(*(one.mentions for one in BORDERS.modules)) == BORDERS.readable


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
    assert BORDERS.read("x", code).mentions == tables


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
    assert BORDERS.read("x", f"'''{docstring}'''").says_reads == tables


@EACH_WITH_SQL
def test_it_writes_only_its_own_tables_and_columns_of_some_others(module: Module) -> None:
    assert not BORDERS.crossed_by(module)


@EACH_WITH_SQL
def test_it_reads_only_what_the_ownership_table_lets_it_read(module: Module) -> None:
    assert module.mentions <= BORDERS.readable


@pytest.mark.parametrize("module", BORDERS.stores, ids=lambda module: module.name)
def test_the_docstring_of_a_store_names_its_tables(module: Module) -> None:
    assert (module.says_writes, module.says_alters) == (module.writes, set())
    assert module.mentions == module.says_writes | module.says_reads


def test_every_store_says_what_it_reads_and_writes() -> None:
    stores = {module.name for module in BORDERS.modules if Path(module.name).match("*store.py")}

    assert stores <= {module.name for module in BORDERS.stores}


@pytest.mark.parametrize(
    "sql",
    [
        *NOT_ON_ROWS,
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
