"""Whether type, options, length and default of a custom field fit together (contract: "Types")."""

from __future__ import annotations

import re
from typing import Any

from dialkit.custom_fields import ENUMS
from marshmallow import ValidationError

from svc_lists.custom_fields import options
from svc_lists.custom_fields.column import LISTS_OF_VALUES, TEXTS, Definition

DECIDING = frozenset({"field_type", "field_options", "field_max", "field_default"})
MAX_LENGTH = 999
OPTIONS_LIMIT = 5000
_OFFSET = re.compile(r"-?[0-9]{1,4}\Z")


def settle(field: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The field as the request wants it: options and default in the form that is stored."""
    wanted = field | given
    if "field_options" in given:
        text = options.stored(wanted["field_type"] or "TEXT", given["field_options"])
        wanted["field_options"] = text
    if "field_default" in given:
        default = given["field_default"]
        wanted["field_default"] = "NULL" if default in {None, ""} else default
    return wanted


def check(definition: Definition, list_id: int) -> None:
    """Raise ValidationError by field for what does not fit together."""
    of_options = _options_problem(definition, list_id)
    problems = {
        "field_options": of_options,
        "field_max": _length_problem(definition),
        "field_default": None if of_options else _default_problem(definition),
    }
    found = {field: [why] for field, why in problems.items() if why}
    if found:
        raise ValidationError(found)


def _options_problem(definition: Definition, list_id: int) -> str | None:
    if len(definition.options) > OPTIONS_LIMIT:
        return f"Longer than {OPTIONS_LIMIT} characters as stored"
    try:
        options.check(definition.field_type, definition.options, list_id)
    except ValidationError as error:
        return str(error.messages[0])
    return None


def _length_problem(definition: Definition) -> str | None:
    """VICIdial may have stored any length."""
    if definition.field_type in TEXTS and not 1 <= definition.length <= MAX_LENGTH:
        return f"Must be 1 to {MAX_LENGTH}"
    return None


def _default_problem(definition: Definition) -> str | None:
    kind, default = definition.field_type, definition.default
    if default is None:
        return None
    if kind in TEXTS and len(default) > definition.length:
        return f"Longer than field_max, {definition.length} characters"
    if kind in {"DATE", "TIME"} and not _OFFSET.match(default):
        unit = "days from today" if kind == "DATE" else "minutes from now"
        return f"Must be -9999 to 9999, {unit}"
    if kind in ENUMS | LISTS_OF_VALUES and default not in definition.values:
        return "Must be one of the values of field_options"
    return None
