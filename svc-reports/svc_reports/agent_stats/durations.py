"""Seconds as VICIdial writes them (contract: reports.md, agent-stats, `time_format`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_DURATIONS_TOO = ("avg_session",)


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


def _only_durations(write: Callable[[int], str]) -> Callable[[str, Any], Any]:
    def shown(name: str, value: Any) -> Any:
        is_duration = name.endswith("_time") or name in _DURATIONS_TOO
        return write(value) if is_duration else value

    return shown


SHOWN: dict[str, Callable[[str, Any], Any]] = {
    "S": lambda _name, value: value,
    "M": _only_durations(minutes),
    "H": _only_durations(hours),
    "HF": _only_durations(hours),
}
