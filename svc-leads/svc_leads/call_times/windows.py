"""The hours of a week in which calls are allowed, and the rows that say so; ids are folded."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from dialkit.collation import folded


class Window(NamedTuple):
    """From `start` until before `stop`, each as HHMM in one integer (930, 2100)."""

    start: int
    stop: int


class Windows(NamedTuple):
    """The default window, and one a day from Monday; (0, 0) stands for the default."""

    default: Window
    days: tuple[Window, ...]


class CallTime(NamedTuple):
    """A row of `vicidial_call_times`; the last two are the ids of other tables' rows."""

    id: str
    windows: Windows
    state_call_times: frozenset[str]
    holidays: frozenset[str]


class StateCallTime(NamedTuple):
    """A row of `vicidial_state_call_times`."""

    id: str
    state: str
    windows: Windows
    holidays: frozenset[str]


class Holiday(NamedTuple):
    """A row of `vicidial_call_time_holidays`."""

    id: str
    window: Window


UNSET = Window(0, 0)


def ids(text: str | None) -> frozenset[str]:
    """The ids that stand between `|`, as the database compares them."""
    return frozenset(folded(part.strip()) for part in (text or "").split("|") if part.strip())


def narrowed(windows: Windows, holiday: Window) -> Windows:
    """The windows of a holiday: what both allow."""
    return Windows(
        _both(windows.default, holiday), tuple(_both(day, holiday) for day in windows.days)
    )


def is_open(windows: Windows, local_time: datetime) -> bool:
    """Whether calls are allowed at that time where the lead is."""
    window = windows.days[local_time.weekday()]
    if window == UNSET:
        window = windows.default
    return window.start <= local_time.hour * 100 + local_time.minute < window.stop


def _both(window: Window, holiday: Window) -> Window:
    if window.stop <= 0:
        return window
    return Window(max(window.start, holiday.start), min(window.stop, holiday.stop))
