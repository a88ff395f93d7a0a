"""Ranges walked in windows."""

from datetime import datetime, timedelta

import pytest
from svc_reports.ranges import Range
from svc_reports.windows import windows

START = datetime.fromisoformat("2025-03-09 00:00:00")


@pytest.mark.parametrize(
    ("seconds", "widths"),
    [(7200, [3600, 3600]), (3601, [3600, 1]), (1, [1]), (0, [])],
)
def test_windows_follow_one_another_to_the_end(seconds: int, widths: list[int]) -> None:
    span = Range(START, START + timedelta(seconds=seconds))

    found = list(windows(span, 3600))

    assert [(one.end - one.start).total_seconds() for one in found] == widths
    assert [one.start for one in found] == [span.start, *(one.end for one in found[:-1])][
        : len(found)
    ]
