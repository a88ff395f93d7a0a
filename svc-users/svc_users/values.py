"""The kinds of values that svc-users takes (contract: users.md, "Rules of this service")."""

from __future__ import annotations

from typing import Any

from dialkit import fields
from marshmallow import ValidationError
from marshmallow.fields import Field

# Of names of 20 characters, a TEXT column holds 3,000.
_MAX_NAMES = 3000
_name = fields.Text(20, least=1)


class Bit(fields.Choice):
    """A column that is `enum('0','1')`: the strings, or the numbers 0 and 1."""

    def __init__(self, **options: Any) -> None:
        super().__init__(("0", "1"), **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
        text = str(value) if type(value) is int else value
        return super()._deserialize(text, attr, data, **options)


class YesNo(fields.Choice):
    """A switch of a query: `Y` or `N`, also written out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(("Y", "N"), also={"YES": "Y", "NO": "N"}, **options)


class Names(Field[list[str]]):
    """A JSON array of names, or one string with `|` between them; repeats are dropped."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[str]:
        if isinstance(value, str):
            value = value.split("|") if value.strip(" ") else []
        if not isinstance(value, list):
            raise ValidationError("Must be an array of names, or one string with | between them")
        if len(value) > _MAX_NAMES:
            raise ValidationError(f"More than {_MAX_NAMES} names")
        return list(dict.fromkeys(str(_name.deserialize(one)) for one in value))


def name_filter() -> fields.NameFilter:
    """Names in a query string, however many; one that nobody has finds nothing."""
    return fields.NameFilter(most=10_000)
