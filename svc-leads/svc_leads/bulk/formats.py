"""The forms that rows come in: CSV, JSON lines, a JSON array."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from aiohttp import web
from dialkit.body import JSON, MalformedJson, check_charset, load_json
from dialkit.errors import BadRequest, UnsupportedMediaType

from svc_leads.bulk.json_elements import JsonElements
from svc_leads.bulk.records import MAX_ROW, CsvRecords, Lines
from svc_leads.bulk.schemas import LEAD_ROW

# Under what errors of a row as a whole are told, which no lead field is called.
ROW = "row"
_JSON_LINES = {"application/x-ndjson", "application/ndjson", "application/jsonl"}
_CSV = "text/csv"
_CUSTOM = "custom."
_KNOWN = LEAD_ROW.fields.keys() | LEAD_ROW.aliases.keys()


class Format(Protocol):
    """A form of rows."""

    def feed(self, block: bytes) -> Iterator[bytes | None]:
        """The rows that this block completes; None for one that is too long."""

    def close(self) -> Iterator[bytes | None]:
        """The row that the body's end completes."""

    def fields(self, row: bytes) -> dict[str, Any]:
        """The row's fields. Raises: BadRequest, InvalidInput; MalformedJson: nothing can follow."""

    @property
    def names_custom_fields(self) -> bool:
        """Whether it is known beforehand that rows have custom values."""


def format_of(request: web.Request, options: Mapping[str, Any]) -> Format:
    """The form that the request says its body has. Raises: UnsupportedMediaType."""
    check_charset(request)
    if request.content_type == JSON:
        return JsonArray()
    if request.content_type in _JSON_LINES:
        return JsonLines()
    if request.content_type == _CSV:
        return Csv(options["delimiter"], ignore_unknown=options["ignore_unknown"] == "Y")
    raise UnsupportedMediaType("Unsupported media type")


class JsonArray(JsonElements):
    """One array of objects."""

    names_custom_fields = False

    def fields(self, row: bytes) -> dict[str, Any]:
        """The fields of an object."""
        return _fields_of_object(row)


class JsonLines(Lines):
    """An object a line."""

    names_custom_fields = False

    def feed(self, block: bytes) -> Iterator[bytes | None]:
        """The lines that this block completes, but the empty ones."""
        return (row for row in super().feed(block) if row is None or row.strip())

    def close(self) -> Iterator[bytes | None]:
        """The last line."""
        return (row for row in super().close() if row is None or row.strip())

    def fields(self, row: bytes) -> dict[str, Any]:
        """The fields of an object; a line that is none spoils no other."""
        try:
            return _fields_of_object(row)
        except MalformedJson as error:
            raise BadRequest(error.message) from None


def _fields_of_object(row: bytes) -> dict[str, Any]:
    fields = load_json(row, what="Row")
    if not isinstance(fields, dict):
        raise BadRequest("Row must be a JSON object")
    return fields


class Csv:
    """Records under a header line of field names."""

    def __init__(self, delimiter: str, *, ignore_unknown: bool) -> None:
        self._records = CsvRecords(delimiter)
        self._delimiter = delimiter
        self._ignore_unknown = ignore_unknown
        self._header: list[str] | None = None
        self._lead_names: list[str] = []
        self._custom_names: list[str] = []

    def feed(self, block: bytes) -> Iterator[bytes | None]:
        """The records that this block completes, but the header and empty lines."""
        for record in self._records.feed(block):
            yield from self._data(record)

    def close(self) -> Iterator[bytes | None]:
        """The last record. Raises: BadRequest, when there is not even a header."""
        for record in self._records.close():
            yield from self._data(record)
        if self._header is None:
            raise BadRequest("No header line")

    def fields(self, row: bytes) -> dict[str, Any]:
        """The fields of a record; empty cells are left out."""
        cells, header = self._cells(row), self._header or []
        if len(cells) != len(header):
            raise BadRequest(f"Row has {len(cells)} cells, the header has {len(header)}")
        fields: dict[str, Any] = {
            name: cell for name, cell in zip(self._lead_names, cells, strict=True) if cell and name
        }
        if self.names_custom_fields:
            pairs = zip(self._custom_names, cells, strict=True)
            custom = {name: cell for name, cell in pairs if cell and name}
            fields |= {"custom_fields": custom} if custom else {}
        return fields

    @property
    def names_custom_fields(self) -> bool:
        """Whether the header has columns of custom fields."""
        return any(self._custom_names)

    def _data(self, record: bytes | None) -> Iterator[bytes | None]:
        if record is not None and not record.strip(b"\r"):
            return
        if self._header is None:
            self._read_header(record)
        else:
            yield record

    def _read_header(self, record: bytes | None) -> None:
        if record is None:
            raise BadRequest(f"Header line is longer than {MAX_ROW} bytes")
        header = [name.strip(" ") for name in self._cells(record)]
        custom = [name.removeprefix(_CUSTOM) if name.startswith(_CUSTOM) else "" for name in header]
        lead = [name if name in _KNOWN else "" for name in header]
        unknown = [
            name for name, *known in zip(header, lead, custom, strict=True) if not any(known)
        ]
        if unknown and not self._ignore_unknown:
            raise BadRequest(f"Unknown column: {unknown[0]}")
        used = [name for name in header if name not in unknown]
        used += ["custom_fields"] if any(custom) else []
        repeated = [name for name in used if used.count(name) > 1]
        if repeated:
            raise BadRequest(f"Column given more than once: {repeated[0]}")
        self._header, self._lead_names, self._custom_names = header, lead, custom

    def _cells(self, record: bytes) -> list[str]:
        try:
            text = record.decode()
            return next(csv.reader((text,), delimiter=self._delimiter, strict=True))
        except UnicodeDecodeError:
            raise BadRequest("Row is not valid UTF-8") from None
        except csv.Error as error:
            raise BadRequest(f"Row is not valid CSV: {error}") from None
