"""Names that VICIdial keeps in one text column (contract: users.md, "Lists in text columns")."""

from __future__ import annotations

from collections.abc import Iterable

_END = "-"
_ALL_CAMPAIGNS = "-all-campaigns-"


def names_of(text: str | None) -> list[str]:
    """The names in `" SALES SUPPORT -"`."""
    return [name for name in (text or "").split() if name != _END]


def text_of(names: Iterable[str]) -> str:
    """The text for names, which are words; `""` for none."""
    joined = " ".join(names)
    return f" {joined} {_END}" if joined else ""


def allows_all_campaigns(names: Iterable[str]) -> bool:
    """Whether one of a user group's allowed campaigns stands for all of them."""
    return any(name.casefold() == _ALL_CAMPAIGNS for name in names)
