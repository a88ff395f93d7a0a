"""Calls that are counted with their lengths."""

from __future__ import annotations

from dataclasses import dataclass

from svc_reports.rounding import average

# What a `Counted` is made of.
COUNTED = "COUNT(*), COALESCE(SUM(length_in_sec), 0), COUNT(length_in_sec)"


@dataclass
class Counted:
    """How many calls, their seconds, and how many of them have a length."""

    calls: int = 0
    length_s: int = 0
    with_length: int = 0

    def add(self, other: Counted) -> None:
        """Count others too."""
        self.calls += other.calls
        self.length_s += other.length_s
        self.with_length += other.with_length

    @property
    def average_length(self) -> float:
        """Of those that have a length, in seconds with one decimal."""
        return average(self.length_s, self.with_length)
