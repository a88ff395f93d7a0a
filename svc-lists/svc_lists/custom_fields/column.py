"""The column that a definition has in `custom_<list_id>` (contract: "Types", "field_cost").

SQL defaults and ENUM values are literals: a server binds no parameters in table definitions.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from dialkit.custom_fields import (
    ENUMS,
    STANDARD_NAMES,
    WITHOUT_COLUMN,
    makes_column,
    option_values,
)
from marshmallow import ValidationError

TEXTS = frozenset({"TEXT", "HIDDEN", "READONLY"})
LISTS_OF_VALUES = frozenset({"MULTI", "CHECKBOX"})
_FIXED = {"AREA": "text", "HIDEBLOB": "blob", "DATE": "date", "TIME": "time"}
_FIXED_COSTS = {"AREA": 15, "HIDEBLOB": 15, "DATE": 10, "TIME": 8}
_BYTES_A_CHARACTER = 3
_MAX_COST = 32_767
_UNSAFE = re.compile(r"""[\x00-\x1f\x7f'"\\]""")


class Definition(NamedTuple):
    """What decides a field's column: its type, stored options, length, and default."""

    field_type: str
    options: str
    length: int
    default: str | None

    @property
    def values(self) -> list[str]:
        """The values that the options allow."""
        return option_values(self.field_type, self.options)


class Column(NamedTuple):
    """A column: its type in the server's own spelling, its default, what it can hold.

    That is the `values` of an ENUM, a `length` in characters, or anything.
    """

    type: str
    default: str | None = None
    values: tuple[str, ...] = ()
    length: int = 0
    from_options: bool = False

    @property
    def is_time(self) -> bool:
        """Whether it holds dates or times."""
        return self.type in {"date", "time"}

    @property
    def with_empty_text(self) -> Column:
        """A choice of its values (a date or time has none) and the empty text."""
        listed = ",".join(map(literal, (*self.values, "")))
        return Column(f"enum({listed})", values=(*self.values, ""))

    @property
    def sql(self) -> str:
        """Its definition for CREATE and ALTER."""
        if self.type in _FIXED.values():
            return self.type.upper()
        default = "NULL" if self.default is None else literal(self.default)
        return f"{self.type} DEFAULT {default}"


def definition_of(field: dict[str, Any]) -> Definition:
    """What a stored field says of its column; VICIdial's text `NULL` is no default."""
    default = field["field_default"]
    return Definition(
        field["field_type"] or "TEXT",
        field["field_options"] or "",
        field["field_max"] or 0,
        None if default in {None, "", "NULL"} else default,
    )


def column_of(name: str, definition: Definition) -> Column | None:
    """The field's column; None for what has none. Raises: ValidationError by field."""
    kind = definition.field_type
    if kind in WITHOUT_COLUMN or name.lower() in STANDARD_NAMES:
        return None
    if not makes_column(name, kind):
        raise ValidationError({"field_name": ["Is not fit for a column"]})
    if kind in _FIXED:
        return Column(_FIXED[kind])
    if kind in TEXTS:
        if definition.length < 1:
            raise ValidationError({"field_max": ["Must be 1 or more"]})
        default = _safe("field_default", definition.default)
        return Column(f"varchar({definition.length})", default, length=definition.length)
    values = [_safe("field_options", value) or "" for value in definition.values]
    if not values:
        raise ValidationError({"field_options": ["At least one option is needed"]})
    default = _safe("field_default", definition.default)
    listed = ",".join(map(literal, values))
    if kind in ENUMS:
        return Column(f"enum({listed})", default, values=tuple(values), from_options=True)
    return Column(f"varchar({len(listed)})", default, length=len(listed), from_options=True)


def cost(definition: Definition) -> int:
    """`field_cost`: how much of a row's room the field takes, as VICIdial counts it."""
    kind = definition.field_type
    if kind in TEXTS:
        width = definition.length + 1
    elif kind in ENUMS | LISTS_OF_VALUES:
        width = len(",".join(f"'{value}'" for value in definition.values))
    else:
        width = _FIXED_COSTS.get(kind, 1)
    return min(_BYTES_A_CHARACTER * width, _MAX_COST)


def literal(text: str) -> str:
    """A text in quotes. Raises: ValueError for what quotes cannot hold as it is."""
    if _UNSAFE.search(text):
        raise ValueError(f"not fit for a literal: {text!r}")
    return f"'{text}'"


def _safe(field: str, text: str | None) -> str | None:
    if text and _UNSAFE.search(text):
        raise ValidationError({field: ["Has characters that no column definition can hold"]})
    return text
