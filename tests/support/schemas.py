"""What the schemas of endpoints refuse, without a request."""

from collections.abc import Mapping
from typing import Any

from dialkit.errors import InvalidInput
from dialkit.http import load
from marshmallow import Schema

_UNPRINTABLE = "\r\n\0\t\x7f\x85\u2028\u202e\ud800😀"
OTHER_TYPES: list[Any] = [1.5, True, ["a"], {}]


def wrong(schema: Schema, key: Mapping[str, Any], **fields: Any) -> Mapping[str, Any]:
    """What is wrong with these fields beside a good key, and why."""
    try:
        load(schema, {**key, **fields})
    except InvalidInput as refused:
        return refused.details or {}
    return {}


def taken(schema: Schema, key: Mapping[str, Any], field: str, values: list[Any]) -> list[Any]:
    """Which of the values the field takes, or is not named for."""
    return [value for value in values if list(wrong(schema, key, **{field: value})) != [field]]


def no_texts(good: str) -> list[Any]:
    """A good text with something in it that is not printable, and what is no text."""
    spoilt = [
        text for sign in _UNPRINTABLE for text in (good[:-1] + sign, good[:1] + sign + good[2:])
    ]
    return [*spoilt, *OTHER_TYPES]
