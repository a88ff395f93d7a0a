"""Seconds as VICIdial writes them (contract: reports.md, agent-stats, `time_format`)."""

from __future__ import annotations

from collections.abc import Callable

Write = Callable[[int], int | str]


def minutes(seconds: int) -> str:
    """`M:SS`, minutes as many as there are."""
    whole, rest = divmod(abs(seconds), 60)
    return f"{_sign(seconds)}{whole}:{rest:02d}"


def hours(seconds: int) -> str:
    """`H:MM:SS`."""
    whole, rest = divmod(abs(seconds), 3600)
    return f"{_sign(seconds)}{whole}:{rest // 60:02d}:{rest % 60:02d}"


def _sign(seconds: int) -> str:
    """More dead time than talk time leaves less than nothing."""
    return "-" if seconds < 0 else ""


def is_duration(name: str) -> bool:
    """Whether a figure is one of those that `time_format` is about."""
    return name.endswith("_time") or name == "avg_session"


def _as_it_is(seconds: int) -> int:
    return seconds


# By `time_format`.
WRITE: dict[str, Write] = {"S": _as_it_is, "M": minutes, "H": hours, "HF": hours}
