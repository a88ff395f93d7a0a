"""AMI header lines that no text breaks out of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_telephony.dial_queue.headers import (
    caller_id,
    header,
    last_unbroken,
    local_channel,
    unbroken,
)

BREAKS = "\r\n\0"
# What ends a line or a header, beside what may stand in one.
TEXTS = st.text(st.one_of(st.sampled_from(f"{BREAKS};,:<>\"'\\|"), st.characters()))
NAMES = st.sampled_from(["Channel", "Callerid", "Variable", "Exten", "VDACnote"])


@given(NAMES, TEXTS)
def test_whatever_text_comes_in_a_header_stays_one_line(name: str, text: str) -> None:
    line = header(name, text)

    assert not set(BREAKS) & set(line)
    assert line.startswith(f"{name}: ")


@given(TEXTS)
def test_only_what_breaks_a_line_is_lost(text: str) -> None:
    kept = "".join(character for character in text if character not in BREAKS)

    assert unbroken(text) == kept
    assert header("Exten", text) == f"Exten: {kept}"


@given(st.lists(TEXTS, min_size=1, max_size=10))
def test_headers_sent_one_after_another_are_as_many(texts: list[str]) -> None:
    sent = "\r\n".join(header("Variable", text) for text in texts)

    assert len(sent.split("\r\n")) == sent.count("\n") + 1 == sent.count("\r") + 1 == len(texts)


@given(TEXTS, TEXTS)
def test_a_caller_id_of_any_text_makes_one_header(code: str, number: str) -> None:
    assert not set(BREAKS) & set(header("Callerid", caller_id(code, number)))


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("Exten", "138366", "Exten: 138366"),
        ("Priority", 1, "Priority: 1"),
        ("Channel", "Local/9\r\nAction: Command@default",
         "Channel: Local/9Action: Command@default"),
        ("Channel", "Local/9\0@default\n", "Channel: Local/9@default"),
        ("VDACnote", "TEST|9;1,2", "VDACnote: TEST|9;1,2"),
        ("Context", "", "Context: "),
    ],
)  # fmt: skip
def test_a_header_is_name_and_value(name: str, value: str | int, line: str) -> None:
    assert header(name, value) == line


def test_the_last_texts_of_a_row_are_fit_for_headers() -> None:
    row = (7, "a\r\n", None, "b\r\nc\0", None)

    assert last_unbroken(row, 2) == [7, "a\r\n", None, "bc", ""]


def test_a_channel_dials_a_number_in_a_context() -> None:
    assert local_channel("95551234567", "default") == "Local/95551234567@default"


@pytest.mark.parametrize("number", ["15559876543", ""])
def test_a_caller_id_shows_code_and_number(number: str) -> None:
    shown = f'"V1081530450000000999" <{number}>'

    assert caller_id("V1081530450000000999", number) == shown
