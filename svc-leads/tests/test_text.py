"""TEXT, NOTE and CODE, whatever comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError
from svc_leads.text import Code, LeadText, Note, Status, clean, shown_note

LIMIT = 10_000
CLASSES = [LeadText(LIMIT), Code(LIMIT), Note(LIMIT)]
NAMES = ["TEXT", "CODE", "NOTE"]
# What the classes are about comes often.
ANY_TEXT = st.text(st.one_of(st.sampled_from("\"\\;|<>`$'!N \r\n\t0"), st.characters()))


@pytest.mark.parametrize("field", CLASSES, ids=NAMES)
@given(text=ANY_TEXT)
def test_what_is_cleaned_is_accepted(field: LeadText, text: str) -> None:
    cleaned = field.cleaned(text)

    assert field.deserialize(cleaned) == cleaned


@pytest.mark.parametrize("field", CLASSES, ids=NAMES)
@given(text=ANY_TEXT)
def test_cleaning_takes_nothing_from_what_is_accepted(field: LeadText, text: str) -> None:
    try:
        accepted = field.deserialize(text)
    except ValidationError:
        return
    assert field.cleaned(text) == accepted


@pytest.mark.parametrize("field", CLASSES, ids=NAMES)
@given(text=ANY_TEXT)
def test_nothing_accepted_can_harm(field: LeadText, text: str) -> None:
    try:
        accepted = field.deserialize(text)
    except ValidationError:
        return
    assert not set(accepted) & set('"\\;|<>`\r\n\t\0')
    assert all(follower in "0123456789 " for follower in after_dollars(accepted))
    assert all(ord(character) <= 0xFFFF for character in accepted)
    assert accepted == accepted.strip(" ")
    assert len(accepted.encode("utf-8")) <= 3 * len(accepted)


@given(text=ANY_TEXT)
def test_code_has_no_quotes_and_dollars(text: str) -> None:
    assert not set(Code(LIMIT).cleaned(text)) & {"'", "$"}


@given(lines=st.lists(st.text("ab é").map(str.strip)), ending=st.sampled_from(["\n", "\r\n", "\r"]))
def test_lines_of_a_note_come_back(lines: list[str], ending: str) -> None:
    stored = Note(LIMIT).deserialize(ending.join(lines))

    assert shown_note(stored) == "\n".join(lines)


@given(text=ANY_TEXT)
def test_a_shown_note_is_stored_as_it_was(text: str) -> None:
    stored = Note(LIMIT).cleaned(text)

    assert Note(LIMIT).deserialize(shown_note(stored)) == stored


@pytest.mark.parametrize("value", [None, 7, True, ["a;"], {"a": ";"}], ids=repr)
def test_cleaning_leaves_what_is_no_text(value: object) -> None:
    assert [field.cleaned(value) for field in CLASSES] == [value] * 3


def test_only_texts_are_cleaned() -> None:
    declared = {"name": LeadText(5), "status": Status()}

    cleaned = clean({"name": "a;b", "status": "A;B", "other": "a;b"}, declared)

    assert cleaned == {"name": "ab", "status": "A;B", "other": "a;b"}


@pytest.mark.parametrize(
    ("given_status", "status"),
    [("CALLBACK", "CALLBK"), ("CALLBK", "CALLBK"), ("A-_z09", "A-_z09"), (7, "7")],
)
def test_status(given_status: object, status: str) -> None:
    assert Status().deserialize(given_status) == status


@pytest.mark.parametrize("refused", ["", "callback", "TOOLONG", "A B", "A\n", "é", None, True])
def test_what_is_no_status(refused: object) -> None:
    with pytest.raises(ValidationError):
        Status().deserialize(refused)


def after_dollars(text: str) -> list[str]:
    """What stands behind each dollar: empty at the end, which `in` finds in any string."""
    return [text[place + 1 : place + 2] or "end" for place, one in enumerate(text) if one == "$"]
