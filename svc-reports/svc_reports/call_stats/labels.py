"""Texts that the collation takes for equal, under one label (contract: reports.md, C7)."""

from __future__ import annotations

from dialkit.collation import folded


class Labels:
    """The first spelling of each text; NULL is the empty text."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def key(self, text: str | None) -> str:
        """What stands for a text and for its equals, in counts and in orders."""
        spelling = text or ""
        key = folded(spelling)
        self._first.setdefault(key, spelling)
        return key

    def __getitem__(self, key: str) -> str:
        return self._first[key]
