"""What the custom fields of a list are, and what their values may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any, NamedTuple

from dialkit import fields
from dialkit.custom_fields import ENUMS, makes_column, option_values
from marshmallow import ValidationError

from svc_leads.text import LeadText, Note

_MAX_AREA_BYTES = 65_535
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?\Z")
_SHOWN_ENDS = re.compile(r"(?:FIRST_([0-9])_)?LAST_([0-9])\Z")


class Definition(NamedTuple):
    """A custom field: the column it has, and the rules of its values."""

    column: str
    kind: str
    options: frozenset[str]
    limit: int
    show_hide: str

    def value(self, given: Any, *, clean: bool) -> Any:
        """The value as its column takes it. Raises: ValidationError."""
        if given is None:
            raise ValidationError("May not be null")
        if given == "" and self.kind in ENUMS | {"DATE", "TIME"}:
            return None
        return _PARSERS[self.kind](self, given, clean)

    def shown(self, stored: Any) -> Any:
        """A stored value as it leaves: masked where the list hides it."""
        if stored is None:
            return None
        text = stored.decode("utf-8", "replace") if isinstance(stored, bytes) else str(stored)
        if self.show_hide != "DISABLED":
            return _masked(text, self.show_hide)
        return text.replace("!N", "\n") if self.kind in {"AREA", "HIDEBLOB"} else text


def usable(rows: Iterable[tuple[Any, ...]]) -> dict[str, Definition]:
    """The fields that have a column, by name in lower case.

    A row: field_label, field_type, field_options, field_max, field_encrypt, field_show_hide,
    field_duplicate; in the order of the form.
    """
    return {
        label.lower(): Definition(
            label,
            kind,
            frozenset(option_values(kind, options or "")),
            limit or 0,
            show_hide or "DISABLED",
        )
        for label, kind, options, limit, encrypted, show_hide, duplicate in rows
        if makes_column(label, kind) and encrypted == "N" and duplicate == "N"
    }


def parse_values(
    given: Mapping[str, Any], definitions: Mapping[str, Definition], list_id: int, *, clean: bool
) -> dict[str, Any]:
    """Values by column. Raises: ValidationError by name."""
    values: dict[str, Any] = {}
    problems: dict[str, list[str]] = {}
    for name, value in given.items():
        definition = definitions.get(name.lower())
        if definition is None:
            problems[name] = [f"Not a field of list {list_id}"]
        elif definition.column in values:
            problems[name] = ["Given more than once"]
        else:
            try:
                values[definition.column] = definition.value(value, clean=clean)
            except ValidationError as error:
                problems[name] = list(error.messages)
    if problems:
        raise ValidationError(problems)
    return values


def _text(definition: Definition, given: Any, clean: bool) -> str:
    return _checked(LeadText(definition.limit), given, clean)


def _area(_definition: Definition, given: Any, clean: bool) -> str:
    text = _checked(Note(_MAX_AREA_BYTES), given, clean)
    if len(text.encode()) > _MAX_AREA_BYTES:
        raise ValidationError(f"Longer than {_MAX_AREA_BYTES} bytes")
    return text


def _checked(field: LeadText, given: Any, clean: bool) -> str:
    text: str = field.deserialize(field.cleaned(given) if clean else given)
    return text


def _one_option(definition: Definition, given: Any, _clean: bool) -> str:
    text = fields.as_text(given)
    if text not in definition.options:
        raise ValidationError(f"Must be one of: {', '.join(sorted(definition.options))[:200]}")
    return text


def _many_options(definition: Definition, given: Any, clean: bool) -> str:
    chosen = given if isinstance(given, list) else fields.as_text(given).split(",")
    options = (_one_option(definition, one, clean) for one in chosen if one != "")
    return ",".join(dict.fromkeys(options))  # the column has room for each of them once


def _date(_definition: Definition, given: Any, _clean: bool) -> str:
    return fields.parse_date(fields.as_text(given)).isoformat()


def _time(_definition: Definition, given: Any, _clean: bool) -> str:
    text = fields.as_text(given)
    try:
        if _TIME.match(text):
            return time.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise ValidationError("Must be a time, HH:MM or HH:MM:SS")


_PARSERS = {
    "TEXT": _text,
    "HIDDEN": _text,
    "READONLY": _text,
    "AREA": _area,
    "HIDEBLOB": _area,
    "SELECT": _one_option,
    "RADIO": _one_option,
    "SOURCESELECT": _one_option,
    "MULTI": _many_options,
    "CHECKBOX": _many_options,
    "DATE": _date,
    "TIME": _time,
}


def _masked(text: str, show_hide: str) -> str:
    match = _SHOWN_ENDS.match(show_hide)
    first, last = (int(match[1] or 0), int(match[2])) if match else (0, 0)
    if first + last >= len(text):
        return text if match else "X" * len(text)
    hidden = "X" * (len(text) - first - last)
    return text[:first] + hidden + text[len(text) - last :]
