"""AMI header lines that no text breaks out of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_telephony.dial_queue.headers import caller_id, header, unbroken

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
def test_a_header_is_name_and_value(name: str, value: object, line: str) -> None:
    assert header(name, value) == line


def test_null_is_no_text() -> None:
    assert unbroken(None) == ""


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("V1081530450000000999", "15559876543", '"V1081530450000000999" <15559876543>'),
        ("V1081530450000000999", "", "V1081530450000000999"),
    ],
)
def test_a_caller_id_shows_code_and_number(code: str, number: str, shown: str) -> None:
    assert caller_id(code, number) == shown
