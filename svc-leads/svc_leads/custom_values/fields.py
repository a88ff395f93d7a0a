"""How values of custom fields come in: checked against their definitions, not here."""

from __future__ import annotations

from typing import Any

from dialkit.body import load_json, without_nulls
from dialkit.errors import ApiError
from marshmallow import ValidationError
from marshmallow import fields as ma


class CustomValues(ma.Field[dict[str, Any]]):
    """An object of values by field name, or its JSON (in a form).

    Of something new nothing is emptied: nulls count as absent, and no value at all is none.
    """

    def __init__(self, *, new: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._new = new

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> dict[str, Any]:
        if isinstance(value, str):
            try:
                value = load_json(value.encode(errors="surrogatepass"))
            except ApiError as error:
                raise ValidationError(error.message) from None
        if not isinstance(value, dict) or not (value or self._new):
            raise ValidationError("Must be an object of values by field name")
        return without_nulls(value) if self._new else value
