"""The helpers that write SQL."""

import pytest
from dialkit.sql import chunks, identifier, limited, session_setup, spread
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


def test_a_session_is_strict_and_its_statements_end() -> None:
    setup = session_setup(30)

    assert "STRICT_ALL_TABLES" in setup
    assert "max_statement_time = 30 " in setup
    assert "max_execution_time = 30000 " in setup


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
