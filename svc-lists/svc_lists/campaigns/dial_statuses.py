"""The statuses that a campaign dials: one text, ` NEW DROP -`, in VICIdial's column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dialkit import fields
from dialkit.errors import InvalidInput
from marshmallow import ValidationError
from marshmallow import fields as ma

_LIMIT = 255
_END = " -"


class DialStatuses(ma.Field[str]):
    """Statuses in an array or in a text with spaces; loaded as the column's text."""

    _status = fields.Status()

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        statuses: Any = _split(value) if isinstance(value, str) else value
        if not isinstance(statuses, list):
            raise ValidationError("Must be an array of statuses, or a text with spaces")
        column = joined(_once(self._status.deserialize(status) or "" for status in statuses))
        if len(column) > _LIMIT:
            raise ValidationError(f"Longer than {_LIMIT} characters")
        return column


def _split(text: str) -> list[str]:
    """The statuses of a request's text; VICIdial writes a lone dash for none."""
    if not text.strip(" "):
        raise ValidationError("May not be empty")
    return [] if text.strip(" ") == "-" else words(text)


def words(column: str | None) -> list[str]:
    """The statuses of the column; it ends with a ` -`, which is none."""
    return [word for word in (column or "").removesuffix(_END).split(" ") if word]


def shown(column: str | None) -> str | None:
    """The statuses as answers show them."""
    return None if column is None else " ".join(words(column))


def joined(statuses: Iterable[str]) -> str:
    """The column's text."""
    return "".join(f" {status}" for status in statuses) + _END


def changed(column: str | None, *, add: str | None = None, remove: str | None = None) -> str:
    """The column's text with a status more in front, then with one less. Raises: InvalidInput."""
    statuses = words(column)
    if add is not None:
        there = [status for status in statuses if _same(status, add)]
        statuses = [*(there[:1] or [add]), *_without(statuses, add)]
    if remove is not None:
        left = _without(statuses, remove)
        if left == statuses:
            raise InvalidInput({"dial_status_remove": ["Not a dial status of the campaign"]})
        statuses = left
    text = joined(statuses)
    if len(text) > _LIMIT:
        raise InvalidInput({"dial_status_add": [f"Longer than {_LIMIT} characters in all"]})
    return text


def _same(one: str, other: str) -> bool:
    """Whether the database takes them for one."""
    return one.casefold() == other.casefold()


def _without(statuses: Iterable[str], gone: str) -> list[str]:
    return [status for status in statuses if not _same(status, gone)]


def _once(statuses: Iterable[str]) -> list[str]:
    """The statuses without repeats."""
    first: dict[str, str] = {}
    for status in statuses:
        first.setdefault(status.casefold(), status)
    return list(first.values())
