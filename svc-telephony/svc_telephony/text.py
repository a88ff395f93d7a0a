"""What text svc-telephony takes (contract: telephony.md, "Rules of this file").

VICIdial copies these columns into Asterisk's `.conf` files and AMI header lines: a line break, `;`
or `,` there is an injection.
"""

from __future__ import annotations

import re
from typing import Any

from dialkit import fields
from marshmallow import ValidationError

_AT_SIGN = re.compile(r"[^@\s]+@[^@\s]+\Z")


class Name(fields.Text):
    """NAME: printable, and nothing that a `.conf` file or a caller id could take for its own."""

    refused = fields.unprintable_or(';,"<>[]\\|')


class Email(Name):
    """An e-mail address of 5 to 100 characters, or empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(100, **options)

    def sized(self, text: str) -> str:
        """The text, if it is an address, or empty."""
        if text and not (len(text) >= 5 and _AT_SIGN.match(text)):
            raise ValidationError("Must be an e-mail address of 5 to 100 characters")
        return super().sized(text)


class Word(fields.Pattern):
    """`least` to `most` characters of `[-_0-9A-Za-z]`, or of `characters`."""

    def __init__(
        self,
        least: int,
        most: int,
        *,
        characters: str = "-_0-9A-Za-z",
        or_empty: bool = False,
        **options: Any,
    ) -> None:
        pattern = f"[{characters}]{{{least},{most}}}"
        why = f"Must be {least} to {most} characters of {_listed(characters)}"
        if or_empty:
            pattern, why = f"({pattern})?", f"{why}, or empty"
        super().__init__(pattern, why=why, **options)


def user_group(**options: Any) -> Name:
    """A user group, or `---ALL---`."""
    return Name(20, least=1, **options)


def _listed(characters: str) -> str:
    """The inside of a character class for people: ranges first, then the signs, with spaces."""
    ranges = re.findall(r"\w-\w", characters)
    signs = re.sub(r"\w-\w", "", characters).replace("\\", "")
    return " ".join([*ranges, *(("space" if sign == " " else sign) for sign in signs)])
