"""What a row list is made of, whichever format it leaves in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from dialkit.db import Row

from svc_reports.ranges import Range

Key = tuple[Any, ...]


class Listing(ABC):
    """Rows of logs in a fixed order, read page by page.

    `fields` are the names of what `shown` gives, `span` is the range, given or default, and
    `headers` come on top of an answer's.
    """

    fields: Sequence[str]
    span: Range | None = None
    headers: Mapping[str, str] = {}

    @abstractmethod
    async def rows(self, after: Key | None, limit: int) -> list[Row]:
        """The next rows after that key, or the first; fewer than `limit` only at the end."""

    @abstractmethod
    def key(self, row: Row) -> Key:
        """What the order goes by: text and numbers, which the cursor carries."""

    @abstractmethod
    async def shown(self, rows: Sequence[Row]) -> list[Row]:
        """The rows as they leave, with what is looked up for a whole page."""
