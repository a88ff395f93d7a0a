"""Values with commas between them, and updates that may be deletions."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit.errors import InvalidInput, NothingToUpdate
from dialkit.fields import Text
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_telephony.text import Word
from svc_telephony.values import Several, asks_to_delete

WORDS = Several(Word(1, 3), limit=4, most=10)


@given(st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=4, unique=True))
def test_values_come_as_text_or_array(values: list[str]) -> None:
    text = ",".join(values)

    if len(text) <= 10:
        assert WORDS.deserialize(values) == WORDS.deserialize(text) == values
    else:
        assert refusal(WORDS, values) == refusal(WORDS, text)


WORD = "Must be 1 to 3 characters of 0-9 A-Z a-z - _"


@pytest.mark.parametrize(
    ("given", "values"),
    [
        pytest.param("a", ["a"], id="one"),
        pytest.param(5, ["5"], id="one as a number"),
        pytest.param(" b , a ", ["b", "a"], id="spaces, and an order of its own"),
        pytest.param([1, "02"], ["1", "02"], id="numbers in an array"),
        pytest.param(["a "], ["a"], id="spaces in an array"),
        pytest.param("1,2,3,4", ["1", "2", "3", "4"], id="as many as there may be"),
        pytest.param("aaa,bbb,cc", ["aaa", "bbb", "cc"], id="as long as they may be"),
        pytest.param("aaa , bbb , cc", ["aaa", "bbb", "cc"], id="spaces do not count"),
    ],
)
def test_each_is_taken_as_its_field_says(given: Any, values: list[str]) -> None:
    assert WORDS.deserialize(given) == values


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param("", f"'': {WORD}", id="empty"),
        pytest.param([], "May not be empty", id="array empty"),
        pytest.param("a,,b", f"'': {WORD}", id="one empty"),
        pytest.param("a,b,", f"'': {WORD}", id="last one empty"),
        pytest.param("a,abcd", f"'abcd': {WORD}", id="one too long"),
        pytest.param(["a,b"], f"'a,b': {WORD}", id="comma in one"),
        pytest.param("a\n", f"'a\\n': {WORD}", id="line break"),
        pytest.param(["a", None], "None: May not be null", id="one null"),
        pytest.param(["a", ["b"]], "['b']: Must be a string", id="array in an array"),
        pytest.param(["a", True], "True: Must be a string", id="one of another type"),
        pytest.param("a,b,a", "Given more than once: a", id="one twice"),
        pytest.param(["a", " a"], "Given more than once: a", id="one twice but for a space"),
        pytest.param("a,b,A", "Given more than once: a", id="two spellings"),
        pytest.param(["B", "a", "b"], "Given more than once: B", id="the first of them is told"),
        pytest.param([1, "1"], "Given more than once: 1", id="number and text"),
        pytest.param("1,2,3,4,5", "More than 4", id="too many"),
        pytest.param("aaa,bbb,ccc", "Must be 1 to 10 characters in all", id="too long"),
        pytest.param(5000, f"'5000': {WORD}", id="number too long"),
        pytest.param(1.5, "Must be an array, or one string with commas", id="decimal"),
        pytest.param(True, "Must be an array, or one string with commas", id="boolean"),
        pytest.param({"a": 1}, "Must be an array, or one string with commas", id="object"),
        pytest.param(None, "May not be null", id="null"),
    ],
)
def test_what_is_refused_says_why(given: Any, why: str) -> None:
    assert refusal(WORDS, given) == why


def test_what_the_database_holds_equal_is_given_twice() -> None:
    names = Several(Text(10), limit=4, most=40)

    assert refusal(names, "Zoë,zoe") == "Given more than once: Zoë"
    assert refusal(names, ["STRASSE", "straße"]) == "Given more than once: STRASSE"


def test_together_they_have_a_least_and_a_most_length() -> None:
    words = Several(Word(1, 3), limit=4, least=3, most=10)

    assert [words.deserialize(given) for given in ("a,b", ["abc"], "abc,abd,ab")] == [
        ["a", "b"], ["abc"], ["abc", "abd", "ab"],
    ]  # fmt: skip
    assert {refusal(words, given) for given in ("a", ["ab"], "abc,abd,abe")} == {
        "Must be 3 to 10 characters in all"
    }


@pytest.mark.parametrize(
    ("body", "deletes", "left"),
    [
        pytest.param({"delete": "Y"}, True, {}, id="deletion"),
        pytest.param({"delete": "Y", "id": 1}, True, {"id": 1}, id="deletion of a key"),
        pytest.param({"name": "x"}, False, {"name": "x"}, id="change"),
        pytest.param({"name": ""}, False, {"name": ""}, id="a field emptied"),
        pytest.param({"name": "x", "id": 1}, False, {"name": "x", "id": 1}, id="change of a key"),
        pytest.param({"name": "x", "delete": "N"}, False, {"name": "x"}, id="no deletion"),
    ],
)
def test_the_flag_tells_a_deletion_and_is_taken_out(
    body: dict[str, Any], deletes: bool, left: dict[str, Any]
) -> None:
    assert asks_to_delete(body, "delete", key=("id",)) is deletes

    assert body == left


@pytest.mark.parametrize("body", [{}, {"delete": "N"}, {"id": 1}, {"id": 1, "delete": "N"}])
def test_the_key_alone_updates_nothing(body: dict[str, Any]) -> None:
    with pytest.raises(NothingToUpdate) as refused:
        asks_to_delete(body, "delete", key=("id",))

    assert refused.value.message == "No updates defined"


def test_whatever_stands_beside_a_deletion_is_named() -> None:
    body = {"name": "x", "delete": "Y", "id": 1, "active": "N"}

    with pytest.raises(InvalidInput) as refused:
        asks_to_delete(body, "delete", key=("id",))

    why = ["Not allowed beside delete=Y"]
    assert refused.value.details == {"name": why, "active": why}


def test_without_a_key_every_field_is_an_update() -> None:
    with pytest.raises(InvalidInput) as refused:
        asks_to_delete({"delete": "Y", "id": 1}, "delete")

    assert list(refused.value.details or {}) == ["id"]
    assert asks_to_delete({"id": 1}, "delete") is False


def refusal(field: Any, value: Any) -> str:
    """Why the field refuses the value."""
    with pytest.raises(ValidationError) as refused:
        field.deserialize(value)
    (why,) = refused.value.messages
    return str(why)
