"""What text svc-telephony takes."""

import pytest
from dialkit import fields
from marshmallow import ValidationError
from svc_telephony.text import Email, Name, Word


@pytest.mark.parametrize(
    "character", [*';,"<>[]\\|', "\r", "\n", "\0", "\t", "\x7f", "\u2028", "😀"]
)
def test_no_name_breaks_out_of_a_line(character: str) -> None:
    with pytest.raises(ValidationError, match="Character not allowed"):
        Name(50).deserialize(f"a{character}b")


@pytest.mark.parametrize("name", ["Ext 8001", "Zoë's phone (2)", "a+b=c/d & e%", "日本"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert Name(50).deserialize(name) == name


@pytest.mark.parametrize("address", ["", "a@b.c", "x" * 94 + "@y.com"])
def test_an_address_is_taken(address: str) -> None:
    assert Email().deserialize(address) == address


@pytest.mark.parametrize(
    "address", ["a@bc", "a b@c.de", "a@b@c.de", "@b.cde", "abcde@", "abcdef", "x" * 95 + "@y.com",
                "a,b@c.de", "a;b@c.de", "<a@b.cd>"]
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Email().deserialize(address)


@pytest.mark.parametrize(
    "space", [*" \t\r\n\v\f\0", *"\x85\xa0\u1680\u2003\u2028\u202f\u205f\u3000\ufeff"]
)
def test_no_address_has_white_space_in_it(space: str) -> None:
    for address in (f"a{space}b@example.com", f"ab@exam{space}ple.com"):
        with pytest.raises(ValidationError):
            Email().deserialize(address)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        (Word(2, 20), "Must be 2 to 20 characters of 0-9 A-Z a-z - _"),
        (Word(1, 20, characters="0-9*#", or_empty=True),
         "Must be 1 to 20 characters of 0-9 * #, or empty"),
        (Word(0, 20, characters="- .,_0-9A-Za-z"),
         "Must be 0 to 20 characters of 0-9 A-Z a-z - space . , _"),
    ],
)  # fmt: skip
def test_a_word_tells_what_it_may_be(word: fields.Pattern, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        word.deserialize("!")

    assert refused.value.messages == [why]


@pytest.mark.parametrize("line_end", ["\n", "\r", "\0"])
def test_a_word_matches_as_a_whole(line_end: str) -> None:
    with pytest.raises(ValidationError):
        Word(2, 20).deserialize(f"8001{line_end}")
