"""Text as VICIdial's tables compare it, for what Python compares in their place."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """The text without case, accents and trailing spaces: equal ones are equal in the database."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return text.casefold().rstrip(" ")
