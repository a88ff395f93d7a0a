"""Statuses and lists of a URL: words in a string or an array."""

from __future__ import annotations

from typing import Any

import pytest
from dialkit.http import load
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_lists.alt_urls.owners import URL_COLUMNS
from svc_lists.alt_urls.schemas import NewUrl, UrlChanges, Words

FIELD = Words("[a-z]{1,5}", why="Each must be a word")
WORDS = st.lists(st.text("az", min_size=1, max_size=5), max_size=20)
NEW = {"campaign_id": "TESTCAMP", "url_type": "dispo", "url_address": "https://example.com"}


@given(WORDS, st.integers(1, 3))
def test_a_string_and_an_array_say_the_same(words: list[str], spaces: int) -> None:
    joined = " ".join(words)

    assert FIELD.deserialize(words) == joined
    assert FIELD.deserialize((" " * spaces).join(words)) == joined
    assert FIELD.deserialize(f" {joined} ") == joined


@given(st.one_of(st.text(), st.lists(st.text())))
def test_what_is_stored_is_words_with_one_space_between_them(given_value: Any) -> None:
    try:
        stored = FIELD.deserialize(given_value)
    except ValidationError:
        return
    words = stored.split(" ") if stored else []
    assert all(word.isascii() and word.islower() and len(word) <= 5 for word in words)
    assert FIELD.deserialize(words) == stored


@given(st.integers(150, 180), st.booleans())
def test_the_limit_counts_what_is_stored(count: int, in_array: bool) -> None:
    words = ["abcde"] * count
    stored = " ".join(words)

    if len(stored) <= 1000:
        assert FIELD.deserialize(words if in_array else stored) == stored
    else:
        with pytest.raises(ValidationError, match="Longer than 1000 characters"):
            FIELD.deserialize(words if in_array else stored)


@pytest.mark.parametrize(
    "value", ["a,b", "a\tb", "a\n", "a\u00a0b", "A", ["a b"], [""], [" "], ["a", None], {"a": 1},
              1.5, True, [["a"]]],
    ids=repr,
)  # fmt: skip
def test_what_is_no_word_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        FIELD.deserialize(value)


@pytest.mark.parametrize(("url_type", "statuses"), [("dispo", "---ALL---"), ("start", "")])
def test_a_new_url_has_the_contracts_defaults(url_type: str, statuses: str) -> None:
    loaded = load(NewUrl(), NEW | {"url_type": url_type, "active": None})

    assert loaded == NEW | {
        "entry_type": "campaign",
        "active": "N",
        "url_type": url_type,
        "url_rank": 1,
        "url_statuses": statuses,
        "url_description": "",
        "url_lists": "",
        "url_call_length": 0,
    }


def test_a_change_has_no_defaults() -> None:
    assert load(UrlChanges(), {}) == {}
    assert load(UrlChanges(), {"url_rank": "3"}) == {"url_rank": 3}


def test_the_types_are_those_of_the_contract() -> None:
    assert {
        key: (column.kind.table, column.name, column.kind.section)
        for key, column in URL_COLUMNS.items()
    } == {
        ("campaign", "dispo"): ("vicidial_campaigns", "dispo_call_url", "CAMPAIGNS"),
        ("campaign", "start"): ("vicidial_campaigns", "start_call_url", "CAMPAIGNS"),
        ("campaign", "noagent"): ("vicidial_campaigns", "na_call_url", "CAMPAIGNS"),
        ("ingroup", "dispo"): ("vicidial_inbound_groups", "dispo_call_url", "INGROUPS"),
        ("ingroup", "start"): ("vicidial_inbound_groups", "start_call_url", "INGROUPS"),
        ("ingroup", "noagent"): ("vicidial_inbound_groups", "na_call_url", "INGROUPS"),
        ("ingroup", "addlead"): ("vicidial_inbound_groups", "add_lead_url", "INGROUPS"),
        ("list", "noagent"): ("vicidial_lists", "na_call_url", "LISTS"),
    }
