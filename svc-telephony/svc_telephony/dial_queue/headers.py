"""AMI header lines, which no text of the database or of a request may break out of."""

from __future__ import annotations

_BREAKS = str.maketrans("", "", "\r\n\0")


def unbroken(text: str | None) -> str:
    """The text without CR, LF and NUL; empty for NULL."""
    return (text or "").translate(_BREAKS)


def header(name: str, value: str | int) -> str:
    """One header line of a `cmd_line_*` column."""
    return f"{name}: {unbroken(str(value))}"


def caller_id(code: str, number: str) -> str:
    """What a call shows: the code that finds it again, and the number, where there is one."""
    return f'"{code}" <{number}>' if number else code
