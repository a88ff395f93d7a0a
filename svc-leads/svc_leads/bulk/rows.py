"""A row on its way in: its fields checked as those of POST /leads are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dialkit.body import without_nulls
from dialkit.errors import Details, flatten
from dialkit.fields import one_name_each
from marshmallow import ValidationError

from svc_leads.bulk.reading import RawRow
from svc_leads.bulk.schemas import DEFAULTS, LEAD_ROW
from svc_leads.custom_values.values import Checked
from svc_leads.lists import ListRow
from svc_leads.text import clean

# All that a field checks is in there; the public way there costs as much again.
_CHECKS = {name: field._deserialize for name, field in LEAD_ROW.fields.items()}  # noqa: SLF001
_REQUIRED = tuple(name for name, field in LEAD_ROW.fields.items() if field.required)


@dataclass(slots=True)
class Row:
    """A row and what has become of it; one with a `refusal` is not added."""

    number: int
    fields: dict[str, Any]
    refusal: dict[str, Any] | None = None
    list_row: ListRow | None = None
    alt_phones: list[tuple[str, str, str]] = field(default_factory=list)
    custom: Checked | None = None
    columns: dict[str, Any] = field(default_factory=dict)

    def refuse(self, errors: Mapping[str, Any] | None) -> None:
        """It is invalid, and why."""
        self.refusal = invalid(errors or {})


def invalid(errors: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a row with errors."""
    return {"result": "invalid", "errors": errors}


class RowParser:
    """Checks rows field by field: a Schema would take four times as long."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._defaults = {name: options[name] for name in DEFAULTS if name in options}
        self._required = [name for name in _REQUIRED if name not in self._defaults]
        self._clean = options["clean_text"] == "Y"

    def parse(self, raw: RawRow) -> Row:
        """The row with its fields as columns take them, or with its errors."""
        fields, errors = ({}, raw.errors) if raw.errors else self._parse(raw.fields)
        row = Row(raw.number, self._defaults | fields)
        if errors:
            row.refuse(errors)
        return row

    def _parse(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], Details]:
        try:
            named = one_name_each(without_nulls(given), LEAD_ROW.aliases)
        except ValidationError as error:
            return {}, error.messages_dict
        if self._clean:
            named = clean(named, LEAD_ROW.fields)
        fields, errors = _check(named)
        errors |= {
            name: ["Required"]
            for name in self._required
            if name not in fields and name not in errors
        }
        return fields, dict(flatten(errors))


def _check(named: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    fields: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, value in named.items():
        if name not in _CHECKS:
            errors[name] = ["Unknown field"]
            continue
        try:
            fields[name] = _CHECKS[name](value, name, named)
        except ValidationError as error:
            errors[name] = error.messages
    return fields, errors
