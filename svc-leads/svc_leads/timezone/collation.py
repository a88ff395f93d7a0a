"""Text as VICIdial's tables compare it."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text without case, accents and trailing spaces: equal ones are equal in the database."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return text.casefold().rstrip(" ")
