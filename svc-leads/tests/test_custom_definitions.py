"""Custom fields: which there are, what they take, how they are shown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_leads.custom_values.definitions import Definition, parse_values, usable

from deploy.db.facts import facts_by_table

OPTIONS = "en,English\r\n\r\nde,German\nfr,French\n"
LEAD_COLUMNS = [name for _, name, *_ in facts_by_table("columns")["vicidial_list"]]


def field(kind: str = "TEXT", *, limit: int = 20, show_hide: str = "DISABLED") -> Definition:
    row = ("Field", kind, OPTIONS, limit, "N", show_hide, "N")
    return usable([row])["field"]


def value_of(definition: Definition, given_value: Any) -> Any:
    return parse_values({"FIELD": given_value}, {"field": definition}, 101, clean=False)["Field"]


@pytest.mark.parametrize("name", LEAD_COLUMNS)
def test_columns_of_a_lead_have_none_of_their_own(name: str) -> None:
    assert usable([(name.upper(), "TEXT", "", 20, "N", "DISABLED", "N")]) == {}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("a", "DISPLAY", "", 20, "N", "DISABLED", "N"), id="display"),
        pytest.param(("a", "SCRIPT", "", 20, "N", "DISABLED", "N"), id="script"),
        pytest.param(("a", "SWITCH", "", 20, "N", "DISABLED", "N"), id="switch"),
        pytest.param(("a", "BUTTON", "", 20, "N", "DISABLED", "N"), id="button"),
        pytest.param(("a", "TEXT", "", 20, "Y", "DISABLED", "N"), id="encrypted"),
        pytest.param(("a", "TEXT", "", 20, "N", "DISABLED", "Y"), id="duplicate"),
        pytest.param((None, "TEXT", "", 20, "N", "DISABLED", "N"), id="no name"),
        pytest.param(("", "TEXT", "", 20, "N", "DISABLED", "N"), id="empty name"),
        pytest.param(("a`b", "TEXT", "", 20, "N", "DISABLED", "N"), id="backtick"),
        pytest.param(("a b", "TEXT", "", 20, "N", "DISABLED", "N"), id="space"),
        pytest.param(("a\n", "TEXT", "", 20, "N", "DISABLED", "N"), id="line break"),
    ],
)
def test_fields_without_a_column_of_their_own(row: tuple[Any, ...]) -> None:
    assert usable([row]) == {}


def test_fields_keep_their_order_and_spelling() -> None:
    rows = [(name, "TEXT", None, None, "N", None, "N") for name in ("Zip", "age")]

    assert [(name, found.column) for name, found in usable(rows).items()] == [
        ("zip", "Zip"),
        ("age", "age"),
    ]


@pytest.mark.parametrize("kind", ["SELECT", "RADIO", "MULTI", "CHECKBOX"])
def test_options_are_what_stands_before_the_comma(kind: str) -> None:
    assert field(kind).options == {"en", "de", "fr"}


def test_options_of_a_source_select() -> None:
    text = "source=>color\nvalue=>\noption=>web|Web\nvalue=>red\noption=>fair|Fair\noption=>web|W"

    found = usable([("a", "SOURCESELECT", text, 20, "N", "DISABLED", "N")])["a"]

    assert found.options == {"web", "fair"}


@given(chosen=st.lists(st.sampled_from(["en", "de", "fr"])))
def test_many_options_always_fit_their_column(chosen: list[str]) -> None:
    """Which is as long as all of them with quotes and commas."""
    stored = value_of(field("MULTI"), chosen)

    assert stored == value_of(field("CHECKBOX"), ",".join(chosen))
    assert set(stored.split(",")) - {""} == set(chosen)
    assert len(stored) <= len("'en','de','fr'")


@given(value=st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(),
                       st.lists(st.text()), st.dictionaries(st.text(), st.text())))  # fmt: skip
@pytest.mark.parametrize("kind", ["TEXT", "AREA", "SELECT", "MULTI", "DATE", "TIME"])
def test_any_value_is_taken_as_text_or_refused(kind: str, value: object) -> None:
    try:
        stored = value_of(field(kind), value)
    except ValidationError:
        return
    assert stored is None or isinstance(stored, str)


def test_all_faults_are_told_by_name() -> None:
    given_values = {"Field": "x" * 21, "other": "x", "nope": None}

    with pytest.raises(ValidationError) as refused:
        parse_values(given_values, {"field": field()}, 101, clean=False)

    assert refused.value.messages_dict == {
        "Field": ["Longer than 20 characters"],
        "other": ["Not a field of list 101"],
        "nope": ["Not a field of list 101"],
    }


@pytest.mark.parametrize(
    ("show_hide", "stored", "shown"),
    [
        ("DISABLED", "12345", "12345"),
        ("X_OUT_ALL", "12345", "XXXXX"),
        ("X_OUT_ALL", "", ""),
        ("LAST_1", "12345", "XXXX5"),
        ("LAST_4", "123", "123"),
        ("FIRST_1_LAST_4", "123456", "1X3456"),
        ("FIRST_1_LAST_4", "12345", "12345"),
        ("SOMETHING_NEW", "12345", "XXXXX"),
        ("LAST_2", None, None),
        ("LAST_2", b"12345", "XXX45"),
    ],
)
def test_masked_values(show_hide: str, stored: str | bytes | None, shown: str | None) -> None:
    assert field(show_hide=show_hide).shown(stored) == shown


@given(text=st.text(), show_hide=st.sampled_from(["X_OUT_ALL", "LAST_1", "LAST_4"]))
def test_a_mask_keeps_the_length(text: str, show_hide: str) -> None:
    shown = field(show_hide=show_hide).shown(text)

    assert len(shown) == len(text)
