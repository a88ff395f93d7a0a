"""Averages and percentages, rounded half up, with whole numbers only (contract: reports.md, C7)."""

from __future__ import annotations


def rounded(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, half up; 0 where nothing can be divided."""
    if not denominator:
        return 0
    return (2 * numerator + denominator) // (2 * denominator)


def average(total: int, count: int) -> float:
    """The average with one decimal."""
    return rounded(10 * total, count) / 10


def percentage(part: int, whole: int) -> float:
    """The percentage with one decimal."""
    return rounded(1000 * part, whole) / 10
