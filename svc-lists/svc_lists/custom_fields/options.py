r"""The options of custom fields: as requests send them, as VICIdial stores them, as they are shown.

Stored are lines: `value,Label` for choices, `option=>value|Label` and others for SOURCESELECT,
`list_id,Label` for SWITCH. Choices may also be sent as `a,b,c`, each its own label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dialkit.custom_fields import option_lines, option_values
from dialkit.fields import PRINTABLE, not_allowed
from marshmallow import ValidationError

from svc_lists.text import is_letter_or_digit

CHOICES = frozenset({"SELECT", "RADIO", "MULTI", "CHECKBOX"})
_ANY_BREAK = re.compile(r"\r\n?")
_NOT_SCRIPT = re.compile(rf'[^{PRINTABLE}\n]|["\\]')
_NOT_PLAIN = re.compile(rf"""[^{PRINTABLE}\n]|['"\\;<>]""")
_NOT_LABEL = re.compile(rf"""[^{PRINTABLE}]|['"\\;<>,|]""")
_VALUE_MARKS = " -./:=?@_"
_VALUE_LIMIT, _LABEL_LIMIT = 100, 255
_LIST_ID = re.compile(r"[0-9]{1,19}\Z")
_BUTTON_START = "SubmitRefresh"


def have_values(field_type: str) -> bool:
    """Whether the options of that type are values to choose from."""
    return field_type in CHOICES or field_type == "SOURCESELECT"


def are_used(field_type: str) -> bool:
    """Whether a field of that type does anything with its options."""
    return have_values(field_type) or field_type in {"SCRIPT", "SWITCH", "BUTTON"}


def stored(field_type: str, given: str) -> str:
    """What a request sends, as VICIdial stores it."""
    text = _ANY_BREAK.sub("\n", given)
    if field_type not in CHOICES | {"SOURCESELECT", "SWITCH"}:
        return text
    if field_type in CHOICES and "\n" not in text:
        lines = [f"{value},{value}" for value in text.split(",")] if text else []
    else:
        lines = option_lines(text)
    return lines[0] + "\n" if len(lines) == 1 else "\n".join(lines)


def shown(field_type: str | None, text: str | None) -> str | None:
    """Stored options as they leave: `a,b,c` where every label is its value."""
    if field_type not in CHOICES or not text:
        return text
    pairs = [line.partition(",") for line in option_lines(text)]
    if any(value != label for value, _, label in pairs):
        return text
    return ",".join(value for value, _, _ in pairs)


def check(field_type: str, text: str, list_id: int) -> None:
    """Raise ValidationError for stored options that the type does not allow."""
    if field_type in CHOICES:
        _check_choices(option_lines(text))
    elif field_type == "SOURCESELECT":
        _check_source_lines(option_lines(text))
    elif field_type == "SWITCH":
        _check_switch_lines(option_lines(text), list_id)
    elif field_type == "SCRIPT":
        _refuse(_NOT_SCRIPT, text)
    else:
        _refuse(_NOT_PLAIN, text)
    if field_type == "BUTTON" and not text.startswith(_BUTTON_START):
        raise ValidationError(f"Must begin with {_BUTTON_START}")


def _check_choices(lines: list[str]) -> None:
    if not lines:
        raise ValidationError("At least one option is needed")
    values = []
    for line in lines:
        value, comma, label = line.partition(",")
        if not comma:
            raise ValidationError(f"Must be value,Label: {line[:_VALUE_LIMIT]}")
        _check_value(value)
        _check_label(label)
        values.append(value)
    _refuse_alike(values)


def _check_source_lines(lines: list[str]) -> None:
    for line in lines:
        key, _, rest = line.partition("=>")
        if key == "option":
            value, bar, label = rest.partition("|")
            if not bar:
                raise ValidationError("Must be option=>value|Label")
            if value:
                _check_value(value)
            _check_label(label)
        elif key not in {"source", "value"}:
            raise ValidationError("Lines must begin with source=>, value=> or option=>")
        else:
            _refuse(_NOT_PLAIN, rest)
    values = option_values("SOURCESELECT", "\n".join(lines))
    if not values:
        raise ValidationError("At least one option=> is needed")
    _refuse_alike(values)


def _check_switch_lines(lines: list[str], list_id: int) -> None:
    list_ids = set()
    for line in lines:
        number, _, label = line.partition(",")
        if not _LIST_ID.match(number):
            raise ValidationError("Must be lines of list_id,Label")
        _check_label(label)
        list_ids.add(int(number))
    if list_id not in list_ids:
        raise ValidationError(f"One of the lines must be of list {list_id}")


def _check_value(value: str) -> None:
    if not 0 < len(value) <= _VALUE_LIMIT:
        raise ValidationError(f"Values must be 1 to {_VALUE_LIMIT} characters")
    if value != value.strip(" "):
        raise ValidationError(f"Values may not begin or end with a space: {value!r}")
    for character in value:
        if not (is_letter_or_digit(character) or character in _VALUE_MARKS):
            raise ValidationError(not_allowed(character))


def _check_label(label: str) -> None:
    if not 0 < len(label) <= _LABEL_LIMIT:
        raise ValidationError(f"Labels must be 1 to {_LABEL_LIMIT} characters")
    _refuse(_NOT_LABEL, label)


def _refuse(pattern: re.Pattern[str], text: str) -> None:
    if refused := pattern.search(text):
        raise ValidationError(not_allowed(refused.group()))


def _refuse_alike(values: Iterable[str]) -> None:
    """ENUM takes values as equal that differ in case only."""
    seen: set[str] = set()
    for value in values:
        if value.lower() in seen:
            raise ValidationError(f"Given more than once: {value}")
        seen.add(value.lower())
