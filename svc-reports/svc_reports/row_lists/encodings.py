"""Rows as CSV (RFC 4180) and as NDJSON (contract: reports.md, C5)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import orjson
from dialkit.db import Row

# A spreadsheet would run it.
_FORMULA = re.compile(r"[=@\t\r]|[-+](?![0-9]+\Z)")
_INTERRUPTED = {"success": False, "error": "Export interrupted"}


class Encoding(Protocol):
    """How rows leave: what comes before the first, the rows, and a last word if they break off."""

    content_type: str
    head: bytes
    interrupted: bytes

    def encode(self, rows: Iterable[Row]) -> bytes:
        """The rows as bytes."""


class Csv:
    """Lines of values, the names of the fields first."""

    content_type = "text/csv; charset=utf-8; header=present"
    interrupted = b""

    def __init__(self, fields: Sequence[str]) -> None:
        self.head = self.encode([tuple(fields)])

    def encode(self, rows: Iterable[Row]) -> bytes:
        """The rows as lines."""
        return _csv([_harmless(value) for value in row] for row in rows)


class Ndjson:
    """A JSON object a line."""

    content_type = "application/x-ndjson; charset=utf-8"
    head = b""
    interrupted = orjson.dumps(_INTERRUPTED, option=orjson.OPT_APPEND_NEWLINE)

    def __init__(self, fields: Sequence[str]) -> None:
        self._fields = fields

    def encode(self, rows: Iterable[Row]) -> bytes:
        """The rows as lines."""
        # Not joined: orjson's texts keep 8 KB each.
        lines, fields = bytearray(), self._fields
        for row in rows:
            line = dict(zip(fields, row, strict=True))
            lines += orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
        return bytes(lines)


ENCODINGS: dict[str, type[Csv | Ndjson]] = {"csv": Csv, "ndjson": Ndjson}


def _csv(rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
