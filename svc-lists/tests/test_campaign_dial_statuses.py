"""The statuses that a campaign dials."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit.errors import InvalidInput
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_lists.campaigns.dial_statuses import DialStatuses, changed, joined, shown, words

STATUS = st.text("-_09AZaz", min_size=1, max_size=6)
STATUSES = st.lists(STATUS, max_size=30, unique_by=str.lower)


@pytest.mark.parametrize(
    ("column", "statuses", "text"),
    [
        (None, [], None),
        ("", [], ""),
        (" -", [], ""),
        (" NEW -", ["NEW"], "NEW"),
        (" DROP A NEW -", ["DROP", "A", "NEW"], "DROP A NEW"),
        ("NEW DROP", ["NEW", "DROP"], "NEW DROP"),
        ("  NEW   DROP -", ["NEW", "DROP"], "NEW DROP"),
        (" - NEW -", ["-", "NEW"], "- NEW"),
    ],
)
def test_the_column_ends_with_a_dash_that_is_no_status(
    column: str | None, statuses: list[str], text: str | None
) -> None:
    assert (words(column), shown(column)) == (statuses, text)


@given(statuses=STATUSES)
def test_what_is_joined_is_read_again(statuses: list[str]) -> None:
    assert words(joined(statuses)) == statuses


@pytest.mark.parametrize(
    ("column", "change", "result"),
    [
        pytest.param(" NEW DROP -", {"add": "B"}, " B NEW DROP -", id="in front"),
        pytest.param(" NEW DROP -", {"add": "DROP"}, " DROP NEW -", id="once"),
        pytest.param(" NEW DROP -", {"add": "drop"}, " DROP NEW -", id="once, whatever its case"),
        pytest.param(" NEW B NEW -", {"add": "NEW"}, " NEW B -", id="once, where it was twice"),
        pytest.param(" -", {"add": "B"}, " B -", id="first"),
        pytest.param(None, {"add": "B"}, " B -", id="first of a NULL"),
        pytest.param("", {"add": "B"}, " B -", id="first of an empty text"),
        pytest.param(" NEW DROP -", {"remove": "NEW"}, " DROP -", id="one less"),
        pytest.param(" NEW DROP -", {"remove": "new"}, " DROP -", id="one less, whatever its case"),
        pytest.param(" B NEW B -", {"remove": "B"}, " NEW -", id="one less that was twice"),
        pytest.param(" NEW -", {"remove": "NEW"}, " -", id="the last"),
        pytest.param(" NEWB NEW -", {"remove": "NEW"}, " NEWB -", id="not what begins alike"),
        pytest.param(" NEW A -", {"add": "B", "remove": "NEW"}, " B A -", id="add and remove"),
        pytest.param(" A -", {"add": "B", "remove": "B"}, " A -", id="add first, then remove"),
    ],
)
def test_add_and_remove(column: str | None, change: dict[str, str], result: str) -> None:
    assert changed(column, **change) == result


@pytest.mark.parametrize("column", [None, " -", " NEWB B -"])
def test_what_is_not_there_cannot_be_removed(column: str | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        changed(column, remove="NEW")

    assert refused.value.details == {"dial_status_remove": ["Not a dial status of the campaign"]}


def test_all_together_fit_the_column() -> None:
    column = joined(["A", *(f"S{number:05}" for number in range(35))])  # 249 characters

    assert len(changed(column, add="12345")) == 255
    assert len(changed(column, add="123456", remove="A")) == 254
    with pytest.raises(InvalidInput) as refused:
        changed(column, add="123456")
    assert refused.value.details == {"dial_status_add": ["Longer than 255 characters in all"]}


@pytest.mark.parametrize(
    ("value", "column"),
    [
        pytest.param(["NEW", "DROP"], " NEW DROP -", id="array"),
        pytest.param("NEW DROP", " NEW DROP -", id="text"),
        pytest.param(" NEW DROP -", " NEW DROP -", id="as the column has it"),
        pytest.param("  NEW  DROP  ", " NEW DROP -", id="more spaces"),
        pytest.param([], " -", id="none"),
        pytest.param(["NEW", "A", "new"], " NEW A -", id="repeated"),
        pytest.param([1, "-_9aZ"], " 1 -_9aZ -", id="number"),
        pytest.param([f"S{n:05}" for n in range(36)], joined(f"S{n:05}" for n in range(36)),
                     id="as many as fit"),
    ],
)  # fmt: skip
def test_an_array_or_a_text_replaces_all(value: Any, column: str) -> None:
    assert DialStatuses().deserialize(value) == column


@pytest.mark.parametrize(
    "value",
    ["", "  ", "TOOLONG", "NEW;DROP", "NEW\tDROP", "NEW\n", "NEW,DROP", ["NEW", ""], ["A B"],
     ["TOOLONG"], [None], [["NEW"]], [True], {"NEW": 1}, 7, True, None,
     [f"S{number:05}" for number in range(37)]],
    ids=repr,
)  # fmt: skip
def test_what_is_no_status_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        DialStatuses().deserialize(value)
