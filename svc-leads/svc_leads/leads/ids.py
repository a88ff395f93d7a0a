"""Ids of leads: in paths, and lists of them in bodies."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit import fields
from dialkit.http import path_number
from marshmallow import ValidationError
from marshmallow import fields as ma

MAX_LEAD_ID = 4_294_967_295


def path_lead_id(request: web.Request) -> int:
    """The lead that the path names. Raises: NotFound for what can be none."""
    return path_number(request, "lead_id", most=MAX_LEAD_ID, missing="Lead not found")


def lead_id_field() -> fields.Integer:
    """A lead id in a body."""
    return fields.Integer(1, MAX_LEAD_ID)


class IdList(ma.Field[list[int]]):
    """Ids as an array or a comma list, in order, repeats and all."""

    def __init__(self, most: int, **options: Any) -> None:
        super().__init__(**options)
        self._most = most
        self._id = lead_id_field()

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[int]:
        given: list[Any] = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, list) or not given:
            raise ValidationError("Must be a list of lead ids")
        if len(given) > self._most:
            raise ValidationError(f"More than {self._most} ids")
        if all(type(one) is int and 0 < one <= MAX_LEAD_ID for one in given):
            return given
        return [self._id.deserialize(one.strip() if isinstance(one, str) else one) for one in given]
