"""Text that nobody may read in a log."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from dialkit.errors import InvalidInput
from dialkit.secret import MASK, Secret
from dialkit.sql import written_out
from hypothesis import given
from hypothesis import strategies as st
from pymysql.converters import escape_item

WORD = "It-is_123"


@dataclass
class Account:
    """Who may log in."""

    login: str
    password: str = field(default=Secret(WORD))


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(repr(Secret(WORD)), id="repr"),
        pytest.param(f"{Secret(WORD)!r}", id="f-string with !r"),
        pytest.param("%r" % Secret(WORD), id="percent r"),  # noqa: UP031 - old code may
        pytest.param(str({"pass": Secret(WORD)}), id="dict"),
        pytest.param(f"{[Secret(WORD)]}", id="list in an f-string"),
        pytest.param(f"{(1, Secret(WORD))}", id="tuple in an f-string"),
        pytest.param(str(Account("agent1")), id="dataclass"),
        pytest.param(str(KeyError(Secret(WORD))), id="KeyError"),
        pytest.param(repr(ValueError("refused", Secret(WORD))), id="arguments of an exception"),
        pytest.param(repr(InvalidInput({"pass": [Secret(WORD)]}).details), id="details"),
    ],
)
def test_where_a_value_is_shown_for_people_it_is_masked(shown: str) -> None:
    assert WORD not in shown
    assert f"'{MASK}'" in shown


def test_for_what_hashes_and_stores_it_it_is_a_text_as_any_other() -> None:
    secret = Secret(WORD)

    assert (secret, len(secret), secret.encode()) == (WORD, len(WORD), WORD.encode())
    assert str(secret) == f"{secret}" == "".join([secret]) == WORD
    assert hash(secret) == hash(WORD)


def test_a_part_of_it_is_no_secret() -> None:
    assert repr(Secret(WORD)[:2]) == "'It'"


@given(st.text())
def test_the_driver_writes_the_text_itself(text: str) -> None:
    assert escape_item(Secret(text), "utf8mb3") == escape_item(text, "utf8mb3")


@pytest.mark.parametrize(
    ("params", "text"),
    [
        pytest.param([Secret(WORD)], "SELECT '***'", id="value"),
        pytest.param([Secret("")], "SELECT '***'", id="empty: not even that is told"),
        pytest.param([[Secret(WORD)]], "SELECT ('***')", id="in a list"),
        pytest.param([["a", Secret(WORD), "b"]], "SELECT ('a', '***', 'b')", id="among others"),
    ],
)
def test_a_statement_that_is_written_down_has_the_mask(params: list[Any], text: str) -> None:
    assert written_out("SELECT %s", params) == text


def test_its_neighbours_in_a_statement_keep_their_values() -> None:
    sql = "UPDATE vicidial_users SET pass = %s, email = %s WHERE user IN %s AND pass <> %s"

    text = written_out(sql, (Secret("50%s"), WORD, ["a", "b"], Secret("x")))

    assert text == (
        "UPDATE vicidial_users SET pass = '***', email = 'It-is_123'"
        " WHERE user IN ('a', 'b') AND pass <> '***'"
    )
