"""What demo rows are, and how VICIdial keeps several names in one column."""

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
Rows = list[Row]


def column_text(names: Sequence[str]) -> str:
    """The text of such a column: `" SALES SUPPORT -"`, or nothing for no names."""
    return f" {' '.join(names)} -" if names else ""
