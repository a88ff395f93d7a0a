"""What text svc-lists takes (contract: lists.md, "Rules of this file").

VICIdial pastes these columns unescaped into SQL and JavaScript: a quote stored here breaks its
pages.
"""

from __future__ import annotations

from typing import Any

from dialkit import fields
from dialkit.db import Queries
from dialkit.errors import InvalidInput
from marshmallow import ValidationError

MAX_URL_BYTES = 65_000


class Plain(fields.Text):
    """PLAIN: printable, without quotes, backslash, `;`, `<` and `>`."""

    refused = fields.unprintable_or("'\"\\;<>")


class Url(Plain):
    """URL: PLAIN of `least` characters or more, or empty."""

    def __init__(self, *, least: int = 0, or_empty: bool = True, **options: Any) -> None:
        super().__init__(MAX_URL_BYTES, least=least, **options)
        self._or_empty = or_empty

    def sized(self, text: str) -> str:
        """The text, if it has an allowed length."""
        if self._or_empty and not text:
            return text
        if len(text.encode()) > self.limit:
            raise ValidationError(f"Longer than {self.limit} bytes")
        return super().sized(text)


def transfer_number(**options: Any) -> fields.Pattern:
    """One of the five numbers that agents transfer calls to."""
    return fields.Pattern(
        "[-_0-9A-Za-z]{0,50}", why="Must be at most 50 of A-Z a-z 0-9 - _", **options
    )


class Letters(fields.Text):
    """Letters, digits, and the characters `others`; which letters, `check_letters` decides."""

    def __init__(self, limit: int, *, least: int = 0, others: str, **options: Any) -> None:
        super().__init__(limit, least=least, **options)
        self._others = others

    def allowed(self, text: str) -> str:
        """The text, if all its characters are allowed."""
        for character in text:
            if not (is_letter_or_digit(character) or character in self._others):
                raise ValidationError(fields.not_allowed(character))
        return text


def is_letter_or_digit(character: str) -> bool:
    """A digit of ASCII, or a letter of any script of the Basic Multilingual Plane."""
    if character.isascii():
        return character.isalnum()
    return character.isalpha() and character <= "\uffff"


async def check_letters(db: Queries, **texts: str) -> None:
    """Refuse letters beyond ASCII where the system is not set up for them.

    Raises: InvalidInput. Reads system_settings, only for a text that has such letters.
    """
    foreign = {
        name: next(character for character in text if not character.isascii())
        for name, text in texts.items()
        if not text.isascii()
    }
    if foreign and await db.fetch_value("SELECT use_non_latin FROM system_settings") != "1":
        raise InvalidInput({name: [fields.not_allowed(one)] for name, one in foreign.items()})
