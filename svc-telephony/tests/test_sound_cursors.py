"""The cursor of a page of sounds."""

from base64 import urlsafe_b64encode
from typing import Any

import orjson
import pytest
from dialkit.errors import InvalidInput
from svc_telephony.system.sound_pages import Place, end_of, place_at
from svc_telephony.system.sounds import Sound

LAST = Sound("welcome.wav", "wav", 160044, 10, 1736350245, "", "GOOD")
NO_CURSOR = {"cursor": ["Not a cursor of this list"]}


def made_of(packed: bytes) -> str:
    """A cursor as anyone can make it."""
    return urlsafe_b64encode(packed).decode().rstrip("=")


def refusal(cursor: str, stage: str = "date") -> Any:
    with pytest.raises(InvalidInput) as refused:
        place_at(cursor, stage)
    return refused.value.details


@pytest.mark.parametrize(("stage", "value"), [("name", 0), ("date", 1736350245), ("size", 160044)])
def test_a_cursor_tells_the_value_and_the_name_of_the_last_file(stage: str, value: int) -> None:
    assert place_at(end_of(LAST, stage), stage) == Place(stage, value, "welcome.wav")


@pytest.mark.parametrize("stage", ["name", "date", "size"])
def test_a_column_without_a_value_counts_as_zero(stage: str) -> None:
    last = LAST._replace(audio_epoch=None, audio_filesize=None)

    assert place_at(end_of(last, stage), stage).value == 0


@pytest.mark.parametrize("name", ["", "\0\x1f\"'\\%", "Zoë", "日本\uffff", "x" * 250])
def test_a_name_may_hold_any_character_that_its_column_can(name: str) -> None:
    last = LAST._replace(audio_filename=name, audio_epoch=2**64 - 1)

    assert place_at(end_of(last, "date"), "date") == Place("date", 2**64 - 1, name)


def test_a_cursor_needs_no_escape_in_a_url() -> None:
    assert set(end_of(LAST, "size")) <= set(
        "-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )


@pytest.mark.parametrize("stage", ["name", "size"])
def test_a_cursor_of_another_stage_is_refused(stage: str) -> None:
    assert refusal(end_of(LAST, stage)) == {"cursor": ["Not a cursor of stage date"]}


def test_a_cursor_that_is_cut_or_longer_is_refused() -> None:
    cursor = end_of(LAST, "date")

    for end in range(len(cursor)):
        assert refusal(cursor[:end]) == NO_CURSOR
    for more in ("A", "=", "==", " ", "\n", "!", "é", cursor):
        assert refusal(cursor + more) == NO_CURSOR


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(b'["date", 1,"a"]', id="a space"),
        pytest.param(rb'["date",1,"\u0061"]', id="an escape"),
        pytest.param(b'["date",1,"a"]\n', id="a line break"),
        pytest.param(b'["date",1,"a"', id="an open end"),
        pytest.param(b'["date",1,"\xff"]', id="no UTF-8"),
        pytest.param(b"\x93\xa4date\x01\xa1a", id="another encoding"),
    ],
)
def test_a_cursor_that_is_written_otherwise_is_refused(packed: bytes) -> None:
    assert refusal(made_of(packed)) == NO_CURSOR


@pytest.mark.parametrize(
    "value",
    [
        None, 7, "date", {}, [], ["date"], ["date", 1], ["date", 1, "a", "b"],
        ["rank", 1, "a"], [None, 1, "a"], [["date"], 1, "a"],
        ["date", -1, "a"], ["date", 1.5, "a"], ["date", 2e19, "a"],
        ["date", True, "a"], ["date", "1", "a"], ["date", None, "a"],
        ["date", 1, None], ["date", 1, 7], ["date", 1, ["a"]], ["date", 1, "😀"],
        {"stage": "date", "value": 1, "audio_filename": "a"},
    ],
)  # fmt: skip
def test_a_cursor_that_no_file_can_have_is_refused(value: Any) -> None:
    assert refusal(made_of(orjson.dumps(value))) == NO_CURSOR
