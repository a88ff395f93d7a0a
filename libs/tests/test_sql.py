"""The helpers that write SQL."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from dialkit.sql import (
    chunks,
    identifier,
    insert_unless,
    limited,
    patient,
    session_setup,
    spread,
    written_out,
)
from hypothesis import given
from hypothesis import strategies as st


def test_a_list_becomes_as_many_placeholders() -> None:
    assert spread("a = %s AND b IN %s AND c = %s", (1, [2, 3], 4)) == (
        "a = %s AND b IN (%s, %s) AND c = %s",
        [1, 2, 3, 4],
    )


def test_several_lists_keep_their_places() -> None:
    assert spread("(a IN %s OR b IN %s) LIMIT %s", (["x"], ["y", "z"], 5)) == (
        "(a IN (%s) OR b IN (%s, %s)) LIMIT %s",
        ["x", "y", "z", 5],
    )


def test_without_lists_nothing_changes() -> None:
    assert spread("a = %s", (1,)) == ("a = %s", (1,))
    assert spread("SELECT 'a%b'", ()) == ("SELECT 'a%b'", None)


@given(st.lists(st.one_of(st.integers(), st.lists(st.text(), min_size=1)), min_size=1))
def test_there_are_as_many_placeholders_as_values(params: list[int | list[str]]) -> None:
    sql, flat = spread(", ".join(["%s"] * len(params)), params)

    assert flat is not None
    assert sql.count("%s") == len(flat)
    assert list(flat) == [
        value for param in params for value in (param if isinstance(param, list) else [param])
    ]


def test_a_limited_statement_is_limited_on_both_servers() -> None:
    assert limited("SELECT x FROM (SELECT 1) AS y", 2) == (
        "/*M!100101 SET STATEMENT max_statement_time = 2 FOR */"
        " SELECT /*+ MAX_EXECUTION_TIME(2000) */ x FROM (SELECT 1) AS y"
    )


def test_a_patient_statement_is_limited_on_the_server_that_can() -> None:
    assert patient("ALTER TABLE custom_101 ADD a INT", 45) == (
        "/*M!100101 SET STATEMENT max_statement_time = 45, lock_wait_timeout = 5 FOR */"
        " ALTER TABLE custom_101 ADD a INT"
    )


def test_a_lenient_statement_is_not_strict_for_itself() -> None:
    assert patient("ALTER TABLE custom_101 MODIFY a DATE", 0.5, lenient=True) == (
        "/*M!100101 SET STATEMENT max_statement_time = 0.5, lock_wait_timeout = 5,"
        " sql_mode = 'NO_ENGINE_SUBSTITUTION' FOR */ ALTER TABLE custom_101 MODIFY a DATE"
    )


@pytest.mark.parametrize("read_only", [False, True])
def test_a_session_is_strict_and_its_statements_end(read_only: bool) -> None:
    setup = session_setup(30, read_only=read_only)

    assert "STRICT_ALL_TABLES" in setup
    assert f"max_statement_time = 30, tx_read_only = {read_only} */" in setup
    assert f"max_execution_time = 30000, transaction_read_only = {read_only} */" in setup


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("Ann", "'Ann'", id="text"),
        pytest.param("", "''", id="empty text"),
        pytest.param("it's \"so\"", r"'it\'s \"so\"'", id="quotes"),
        pytest.param("a\\b", r"'a\\b'", id="backslash"),
        pytest.param("a\r\nb\0", r"'a\r\nb\0'", id="line break and zero"),
        pytest.param("100%s %d %(a)s %", "'100%s %d %(a)s %'", id="percent"),
        pytest.param("a; b;", "'a b'", id="semicolons"),
        pytest.param("/* a */ -- b", "'/* a */ -- b'", id="comments"),
        pytest.param("a  b", "'a  b'", id="two spaces"),
        pytest.param("ä中", "'ä中'", id="letters beyond ASCII"),
        pytest.param(7, "7", id="integer"),
        pytest.param(-1.5, "-1.5e0", id="float"),
        pytest.param(Decimal("2.50"), "2.50", id="decimal"),
        pytest.param(None, "NULL", id="nothing"),
        pytest.param(date(2025, 1, 8), "'2025-01-08'", id="date"),
        pytest.param(datetime.fromisoformat("2025-01-08 10:30:00"), "'2025-01-08 10:30:00'",
                     id="date-time"),
        pytest.param(["a", "b;"], "('a', 'b')", id="list"),
        pytest.param([1], "(1)", id="list of one"),
    ],
)  # fmt: skip
def test_a_statement_is_written_out_with_its_values(value: Any, text: str) -> None:
    assert written_out("SET a = %s", (value,)) == f"SET a = {text}"


def test_several_values_keep_their_places() -> None:
    assert written_out("a = %s AND b IN %s AND c = %s", ("%s", [2, "%s"], None)) == (
        "a = '%s' AND b IN (2, '%s') AND c = NULL"
    )


def test_a_statement_of_several_lines_is_written_on_one() -> None:
    sql = """
        UPDATE vicidial_lists
        SET active = %s
        WHERE list_id = %s
    """

    assert written_out(sql, ("Y", 101)) == (
        "UPDATE vicidial_lists SET active = 'Y' WHERE list_id = 101"
    )


def test_what_is_said_to_the_server_alone_is_left_out() -> None:
    alter = "ALTER TABLE custom_101 ADD a INT"

    assert written_out(patient(alter, 45, lenient=True), ()) == alter
    assert written_out("SELECT /*+ MAX_EXECUTION_TIME(5) */ 1;", ()) == "SELECT 1"


def test_the_texts_of_a_definition_are_written_as_they_are() -> None:
    alter = "ALTER TABLE custom_101 ADD a VARCHAR(9) DEFAULT 'b  /* c */'"

    assert written_out(alter, ()) == alter


def test_percent_signs_of_a_statement_are_written_as_the_server_gets_them() -> None:
    assert written_out("SELECT 1 WHERE a LIKE '%x'", ()) == "SELECT 1 WHERE a LIKE '%x'"
    assert written_out("SELECT %s WHERE a LIKE '%%x'", (1,)) == "SELECT 1 WHERE a LIKE '%x'"


@given(st.lists(st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text(), min_size=1))))
def test_whatever_the_values_it_is_one_line_without_semicolons(params: list[Any]) -> None:
    text = written_out(f"SELECT {', '.join(['%s'] * len(params))}", params)

    assert not set(text) & set(";\r\n\0")


@pytest.mark.parametrize("name", ["vicidial_list", "custom_101", "rank", "A" * 64])
def test_a_name_is_quoted(name: str) -> None:
    assert identifier(name) == f"`{name}`"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="empty"),
        pytest.param("a" * 65, id="too long"),
        pytest.param("a`b", id="backtick"),
        pytest.param("a`; DROP TABLE vicidial_list; --", id="statement"),
        pytest.param("a b", id="space"),
        pytest.param("a.b", id="another database"),
        pytest.param("a-b", id="hyphen"),
        pytest.param("a\n", id="line break at the end"),
        pytest.param("a\x00", id="zero"),
        pytest.param("ä", id="letter beyond ASCII"),
        pytest.param("\u0663", id="digit beyond ASCII"),
        pytest.param("a%s", id="placeholder"),
        pytest.param("a\\", id="backslash"),
        pytest.param("a'", id="quote"),
    ],
)
def test_what_could_be_more_than_a_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not an identifier"):
        identifier(name)


@given(st.lists(st.integers()), st.integers(1, 7))
def test_chunks_hold_all_items_in_order(items: list[int], size: int) -> None:
    parts = list(chunks(iter(items), size))

    assert [item for part in parts for item in part] == items
    assert all(len(part) == size for part in parts[:-1])
    assert all(1 <= len(part) <= size for part in parts)


def test_an_insert_unless_something_is_found_is_one_statement() -> None:
    sql = insert_unless("phones", ["login", "pass"], "SELECT 1 FROM phones WHERE login = %s")

    assert sql == (
        "INSERT INTO `phones` (`login`, `pass`) SELECT %s, %s FROM DUAL"
        " WHERE NOT EXISTS (SELECT 1 FROM phones WHERE login = %s)"
    )
