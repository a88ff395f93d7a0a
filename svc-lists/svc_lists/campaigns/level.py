"""Dial levels: how many lines a campaign dials for each agent that waits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dialkit import fields
from dialkit.errors import InvalidInput
from marshmallow import ValidationError
from marshmallow import fields as ma

_LEVEL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?\Z")


class Level(ma.Field[str]):
    """A level in at most `limit` characters; a number is loaded as its text."""

    def __init__(self, limit: int = 6, **options: Any) -> None:
        super().__init__(**options)
        self._limit = limit

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        level = str(value) if isinstance(value, float) else fields.as_text(value).strip(" ")
        if not _LEVEL.match(level):
            raise ValidationError("Must be a number of at most 3 digits and 2 decimals")
        if len(level) > self._limit:
            raise ValidationError(f"Longer than {self._limit} characters")
        return level


def check_levels(levels: Mapping[str, str], most: float) -> None:
    """Refuse levels beyond the system's limit. Raises: InvalidInput."""
    beyond = {name: [f"Must be 0 to {most:g}"] for name in levels if float(levels[name]) > most}
    if beyond:
        raise InvalidInput(beyond)
