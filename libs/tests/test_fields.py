"""The contract's kinds of values: what they take, what they make of it, what they refuse."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dialkit import fields
from dialkit.secret import Secret
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

PUNCTUATION = " ()-.+"
NOT_PRINTABLE = ["\t", "\n", "\x00", "\x7f", "\x85", "\u2028", "\u202e", "\ufdd0", "\ufeff", "😀"]


@given(st.integers(-(10**19), 10**19))
def test_an_integer_may_come_as_digits(number: int) -> None:
    field = fields.Integer(-(10**19), 10**19)

    assert field.deserialize(number) == field.deserialize(str(number)) == number


@given(st.integers())
def test_an_integer_out_of_range_is_refused(number: int) -> None:
    field = fields.Integer(1, 100)

    if 1 <= number <= 100:
        assert field.deserialize(number) == number
    else:
        assert "Must be" in refusal(field, number)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(True, id="boolean"),
        pytest.param(1.0, id="float"),
        pytest.param("1.0", id="decimal text"),
        pytest.param(" 7 ", id="spaces"),
        pytest.param("1_0", id="underscore"),
        pytest.param("+7", id="plus"),
        pytest.param("\u0667", id="other digits"),
        pytest.param("7\n", id="line break"),
        pytest.param("", id="empty"),
        pytest.param([7], id="array"),
        pytest.param({"a": 7}, id="object"),
    ],
)
def test_what_is_no_whole_number_is_refused(value: Any) -> None:
    assert refusal(fields.Integer(-100, 100), value) == "Must be a whole number"


@given(st.text())
def test_text_is_taken_whole_or_refused(text: str) -> None:
    field = fields.Text(20)

    try:
        taken = field.deserialize(text)
    except ValidationError:
        assert len(text.strip(" ")) > 20 or has_odd_character(text)
    else:
        assert taken == text.strip(" ")
        assert not has_odd_character(text)
        assert len(taken) <= 20


@pytest.mark.parametrize("character", NOT_PRINTABLE, ids=ascii)
def test_a_character_that_is_not_printable_or_does_not_fit_is_named(character: str) -> None:
    why = refusal(fields.Text(20), f"a{character}b")

    assert why.startswith("Character not allowed: ")
    assert character in why or f"U+{ord(character):04X}" in why
    assert why.isprintable()


@given(st.text(), st.characters())
def test_what_is_not_printable_is_found_and_what_is_named(named: str, character: str) -> None:
    found = fields.unprintable_or(named).search(character)

    assert bool(found) is (character in named or has_odd_character(character))


@pytest.mark.parametrize("character", "]^-[\\'\"&~|")
def test_a_character_that_a_kind_of_text_refuses_is_named(character: str) -> None:
    class Plain(fields.Text):
        refused = fields.unprintable_or("]^-[\\'\"&~|")

    assert refusal(Plain(20), f"a{character}b") == f"Character not allowed: {character}"
    assert refusal(Plain(20), "a\tb") == "Character not allowed: U+0009"
    assert Plain(20).deserialize("a_b") == "a_b"
    assert fields.Text(20).deserialize(f"a{character}b") == f"a{character}b"


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "May not be empty"), ("  ", "May not be empty"), ("a" * 6, "Longer than 5 characters")],
)
def test_the_length_of_text_is_limited(text: str, why: str) -> None:
    assert refusal(fields.Text(5, least=1), text) == why


def test_the_limit_counts_characters_and_not_bytes() -> None:
    assert fields.Text(5).deserialize("äöü中文") == "äöü中文"


def test_an_integer_is_taken_for_text() -> None:
    assert fields.Text(5).deserialize(555) == "555"
    assert refusal(fields.Text(5), True) == "Must be a string"
    assert refusal(fields.Text(5), 5.5) == "Must be a string"


@given(st.text("0123456789" + PUNCTUATION, max_size=30))
def test_a_phone_number_loses_punctuation_and_nothing_else(text: str) -> None:
    digits = "".join(character for character in text if character.isdigit())

    if 6 <= len(digits) <= 16:
        assert fields.Phone(6, 16).deserialize(text) == digits
    else:
        assert refusal(fields.Phone(6, 16), text) == "Must be 6 to 16 digits"


@pytest.mark.parametrize(
    "number",
    [
        "555123456x",
        "\u0665\u0665\u0665\u0661\u0662\u0663\u0664\u0665\u0666",
        "5551234567\n",
        "555,1234567",
        "\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2",
    ],
)
def test_a_phone_number_has_no_other_characters(number: str) -> None:
    assert refusal(fields.Phone(6, 16), number) == "Must be 6 to 16 digits"


@given(st.text(st.one_of(st.sampled_from(PUNCTUATION), st.characters())))
def test_only_punctuation_is_dropped_from_any_text(text: str) -> None:
    assert fields.without_punctuation(text) == "".join(
        character for character in text if character not in PUNCTUATION
    )


def test_a_phone_number_may_come_as_a_number() -> None:
    assert fields.Phone(6, 16).deserialize(5551234567) == "5551234567"


@pytest.mark.parametrize("value", ["y", "YES", "", 1, True, None, ["Y"], {"Y": 1}])
def test_a_flag_is_y_or_n(value: Any) -> None:
    field = fields.Flag(allow_none=False)

    assert (field.deserialize("Y"), field.deserialize("N")) == ("Y", "N")
    assert refusal(field, value) in {"Must be one of: Y, N", "May not be null"}


def test_a_word_may_have_other_spellings() -> None:
    field = fields.Choice(("LONG_NAME",), also={"SHORT": "LONG_NAME"})

    assert field.deserialize("SHORT") == field.deserialize("LONG_NAME") == "LONG_NAME"
    assert refusal(field, "OTHER") == "Must be one of: LONG_NAME"


@given(st.text("-_09AZaz", max_size=12))
def test_a_password_comes_in_as_it_is_and_as_a_secret(text: str) -> None:
    field = fields.Password(2, 10)

    if 2 <= len(text) <= 10:
        assert field.deserialize(text) == text
        assert repr(field.deserialize(text)) == "'***'"
    else:
        assert refusal(field, text) == "Must be 2 to 10 characters of A-Z a-z 0-9 - _"


@given(
    st.text(min_size=2, max_size=10).filter(lambda text: not re.fullmatch("[-_0-9A-Za-z]+", text))
)
def test_a_password_that_cannot_be_typed_in_is_refused_without_being_shown(text: str) -> None:
    why = refusal(fields.Password(2, 10), text)

    assert why == "Must be 2 to 10 characters of A-Z a-z 0-9 - _"


@pytest.mark.parametrize(
    "text", [" ab", "ab ", "ab\n", "a b", "a.b", "äb", "a\u0663", "a;b", "a\0"]
)
def test_nothing_is_cut_off_a_password(text: str) -> None:
    assert refusal(fields.Password(2, 10), text).startswith("Must be 2 to 10 characters")


def test_a_password_may_be_empty_or_digits() -> None:
    assert fields.Password(0, 10).deserialize("") == ""
    assert fields.Password(2, 10).deserialize(1234) == "1234"
    assert isinstance(fields.Password(2, 10).deserialize(1234), Secret)


@pytest.mark.parametrize("value", [12.5, True, ["secret"], {"secret": 1}])
def test_a_password_of_another_type_is_not_shown_either(value: Any) -> None:
    assert refusal(fields.Password(2, 10), value) == "Must be a string"


NAMES = fields.NameFilter(fields.Text(4), limit=3, most=20)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A", ["A"]),
        ("A|B", ["A", "B"]),
        ("B,A|C", ["B", "A", "C"]),
        (" A , B C ", ["A", "B C"]),
        ("|A,,B|", ["A", "B"]),
        (" | ,", []),
        ("", []),
        ("A,A", ["A", "A"]),
        ("AAAA|BBBB|CCCC", ["AAAA", "BBBB", "CCCC"]),
        (101, ["101"]),
    ],
)
def test_names_of_a_filter_stand_between_bars_or_commas(text: Any, names: list[str]) -> None:
    assert NAMES.deserialize(text) == names


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A|B|C|D", "More than 3 names"),
        ("A|BBBBB", "Longer than 4 characters"),
        ("A" + "," * 20, "Longer than 20 characters"),
        ("A|B\nC", "Character not allowed: U+000A"),
        ("A|😀", "Character not allowed: 😀"),
        (["A"], "Must be a string"),
    ],
)
def test_a_filter_that_is_refused_says_why(text: Any, why: str) -> None:
    assert refusal(NAMES, text) == why


def test_each_name_of_a_filter_is_what_its_field_says() -> None:
    numbers = fields.NameFilter(fields.Pattern("[0-9]+", why="Must be digits"), limit=3, most=20)

    assert numbers.deserialize("1|02") == ["1", "02"]
    assert refusal(numbers, "1|B") == "Must be digits"


@given(st.lists(st.text("AB 1", min_size=1, max_size=4), max_size=5), st.sampled_from("|,"))
def test_names_of_a_filter_are_taken_in_their_order(names: list[str], separator: str) -> None:
    expected = [name.strip() for name in names if name.strip()]
    text = separator.join(names)

    if len(text.strip()) > 20 or len(expected) > 3:
        assert refusal(NAMES, text) in ("Longer than 20 characters", "More than 3 names")
    else:
        assert NAMES.deserialize(text) == expected


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_is_read_as_it_is_written(day: date) -> None:
    assert fields.Date().deserialize(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["2025-02-29", "2025-13-01", "20250108", "2025-1-8", "2025-W02-3", "0000-00-00", "0999-12-31",
     "2025-01-08 10:00:00", "2025-01-0\u0668", "", "today"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    assert refusal(fields.Date(), text) == "Must be a date, YYYY-MM-DD"


@given(
    st.datetimes(
        min_value=datetime.fromisoformat("1000-01-02 00:00:00"),
        max_value=datetime.fromisoformat("9999-12-29 00:00:00"),
    )
)
def test_a_date_time_has_three_spellings(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    text = moment.isoformat(sep=" ")
    read = fields.LocalDateTime().deserialize

    assert read(text) == read(text.replace(" ", "+")) == read(text.replace(" ", "T")) == moment
    assert read(f"{text.replace(' ', 'T')}Z") == moment.replace(tzinfo=UTC)


def test_an_offset_of_a_query_string_may_have_lost_its_plus() -> None:
    read = fields.LocalDateTime().deserialize

    assert read("2025-01-08T15:30:00 05:30") == read("2025-01-08T15:30:00+05:30")
    assert read("2025-01-08T15:30:00-05:00").utcoffset() == timedelta(hours=-5)


def test_fractions_of_seconds_are_understood() -> None:
    read = fields.LocalDateTime().deserialize

    assert read("2025-01-08t15:30:00.123456789z") == datetime(2025, 1, 8, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2025-01-08", "2025-01-08 15:30", "2025-02-29 10:00:00", "2025-01-08 25:00:00",
     "2025-01-08 15:60:00", "2025-01-08 15:30:00+25:00", "2025-01-08  15:30:00",
     "0000-00-00 00:00:00", "9999-12-31 23:59:59", "2025-01-08 15:30:00 EST", "now", ""],
)  # fmt: skip
def test_what_is_no_date_time_is_refused(text: str) -> None:
    assert refusal(fields.LocalDateTime(), text).startswith("Must be a date-time")


class Example(fields.NewBody):
    """Two names of one field."""

    aliases = {"second_name": "name"}  # noqa: RUF012
    name = fields.Text(10)


def test_an_alias_is_another_name_of_a_field() -> None:
    assert Example().load({"second_name": "x"}) == {"name": "x"}
    assert Example().load({"second_name": "x", "name": "x"}) == {"name": "x"}


def test_two_names_with_two_values_are_refused_on_the_second() -> None:
    with pytest.raises(ValidationError) as refused:
        Example().load({"name": "x", "second_name": "y"})

    assert refused.value.messages == {"second_name": ["Differs from name, which is the same field"]}


def test_a_null_is_absent_in_something_new_and_refused_in_a_change() -> None:
    class Change(fields.Body):
        name = fields.Text(10)

    assert Example().load({"name": None, "second_name": None}) == {}
    with pytest.raises(ValidationError) as refused:
        Change().load({"name": None})
    assert refused.value.messages == {"name": ["May not be null"]}


def test_an_unknown_field_is_refused_and_an_unknown_parameter_ignored() -> None:
    class Filter(fields.Query):
        name = fields.Text(10)

    assert Filter().load({"other": "x"}) == {}
    with pytest.raises(ValidationError) as refused:
        Example().load({"other": "x"})
    assert refused.value.messages == {"other": ["Unknown field"]}


class WithUser(fields.NewBody):
    """A body with a field `user` of its own."""

    user = fields.Text(20)


class SometimesWithUser(WithUser):
    """One that goes by what else is given."""

    def keeps_user(self, given: Mapping[str, Any]) -> bool:
        return "agent_user" not in given


@pytest.mark.parametrize(
    ("schema", "given", "keeps"),
    [
        pytest.param(Example(), {"user": "x"}, False, id="no such field"),
        pytest.param(Example(), {}, False, id="no such field and none given"),
        pytest.param(WithUser(), {"user": "x"}, True, id="own field"),
        pytest.param(WithUser(), {"user": None}, True, id="own field, null"),
        pytest.param(WithUser(), {}, True, id="own field and none given"),
        pytest.param(SometimesWithUser(), {"user": "x"}, True, id="own rule, own field"),
        pytest.param(SometimesWithUser(), {"user": "x", "agent_user": 1}, False, id="own rule"),
    ],
)
def test_a_body_keeps_user_where_that_is_a_field_of_its_own(
    schema: fields.Fields, given: dict[str, Any], keeps: bool
) -> None:
    assert schema.keeps_user(given) is keeps


def refusal(field: Any, value: Any) -> str:
    """Why the field refuses the value."""
    with pytest.raises(ValidationError) as refused:
        field.deserialize(value)
    (why,) = refused.value.messages
    return str(why)


def has_odd_character(text: str) -> bool:
    """Whether a character is none of utf8mb3's printable ones, by another way than the field's."""
    return any(
        ord(character) > 0xFFFD
        or ord(character) < 0x20
        or 0x7F <= ord(character) < 0xA0
        or 0xD800 <= ord(character) <= 0xDFFF
        or 0xFDD0 <= ord(character) <= 0xFDEF
        or character == "\ufeff"
        or 0x2028 <= ord(character) <= 0x202E
        or 0x2066 <= ord(character) <= 0x206F
        for character in text.strip(" ")
    )
