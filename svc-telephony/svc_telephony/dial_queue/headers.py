"""AMI header lines, which no text of the database or of a request may break out of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_BREAKS = str.maketrans("", "", "\r\n\0")


def unbroken(text: str | None) -> str:
    """The text without CR, LF and NUL; empty for NULL."""
    return (text or "").translate(_BREAKS)


def last_unbroken(row: Sequence[Any], number: int) -> list[Any]:
    """A row whose last columns, that many, are texts for header lines."""
    return [*row[:-number], *map(unbroken, row[-number:])]


def header(name: str, value: str | int) -> str:
    """One header line of a `cmd_line_*` column."""
    return f"{name}: {unbroken(str(value))}"


def local_channel(number: str, context: str) -> str:
    """The channel that dials a number in that part of the dial plan."""
    return f"Local/{number}@{context}"


def caller_id(code: str, number: str) -> str:
    """What a call shows: the code that finds it again, and the number."""
    return f'"{code}" <{number}>'
