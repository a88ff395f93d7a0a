"""A range walked in windows that one statement reads (contract: reports.md, C3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from svc_reports.ranges import Range


def windows(span: Range, width_s: int) -> Iterator[Range]:
    """The range from its start on, in windows of at most that width."""
    width, start = timedelta(seconds=width_s), span.start
    while start < span.end:
        end = min(start + width, span.end)
        yield Range(start, end)
        start = end
