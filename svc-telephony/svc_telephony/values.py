"""What several resources take: lists of values, deletions by PUT, the filter of lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from dialkit import fields
from dialkit.collation import folded
from dialkit.errors import InvalidInput, NothingToUpdate
from marshmallow import ValidationError
from marshmallow.fields import Field


class Several(Field[list[str]]):
    """Values in one text with commas between them, or in an array; each as the field `one` says.

    None twice, at most `limit` values, and `least` to `most` characters with commas between them.
    """

    def __init__(
        self, one: Field[str], *, limit: int, least: int = 1, most: int, **options: Any
    ) -> None:
        super().__init__(**options)
        self._one = one
        self._limit, self._least, self._most = limit, least, most

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[str]:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        given = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, list):
            raise ValidationError("Must be an array, or one string with commas")
        if len(given) > self._limit:
            raise ValidationError(f"More than {self._limit}")
        values = [self._checked(one) for one in given]
        if not values:
            raise ValidationError("May not be empty")
        counts = Counter(map(folded, values))
        repeated = [one for one in values if counts[folded(one)] > 1]
        if repeated:
            raise ValidationError(f"Given more than once: {repeated[0]}")
        length = len(",".join(values))
        if not self._least <= length <= self._most:
            raise ValidationError(f"Must be {self._least} to {self._most} characters in all")
        return values

    def _checked(self, value: Any) -> str:
        """One value. Raises: ValidationError that tells which."""
        try:
            return str(self._one.deserialize(value))
        except ValidationError as refused:
            raise ValidationError(f"{value!r:.60}: {refused.messages[0]}") from None


def asks_to_delete(body: dict[str, Any], flag: str, *, key: Collection[str] = ()) -> bool:
    """Whether an update is a deletion; the flag is taken out of it.

    Raises: NothingToUpdate for no field beside the `key`, InvalidInput for some beside a deletion.
    """
    deletes: bool = body.pop(flag, "N") == "Y"
    others = [name for name in body if name not in key]
    if deletes and others:
        raise InvalidInput({name: [f"Not allowed beside {flag}=Y"] for name in others})
    if not deletes and not others:
        raise NothingToUpdate("No updates defined")
    return deletes


class ActiveFilter(fields.Query):
    """Query of lists whose rows can be switched off."""

    active = fields.Choice(("Y", "N", "ALL"), load_default="Y")
