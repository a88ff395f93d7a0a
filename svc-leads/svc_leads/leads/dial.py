"""Which code and number VICIdial dials (contract: "Phone number", "Phone code")."""

from __future__ import annotations

from typing import Any

from dialkit.fields import Phone, as_text
from marshmallow import ValidationError

DEFAULT_CODE = "1"


class DialedPhone(Phone):
    """A number to dial; one with a leading `+` keeps it, for `national_number` to deal with."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        text = as_text(value)
        if not text.lstrip(" (").startswith("+"):
            return self.digits(text)
        try:
            return "+" + _WITH_COUNTRY.digits(text)
        except ValidationError:
            return self.digits(text)  # which is no number without its country code either


# A code of 10 digits and a number of 18.
_WITH_COUNTRY = Phone(0, 28)


def national_number(number: str, phone_code: str, field: Phone) -> str:
    """The number without its `+` and country code, which VICIdial dials before it.

    Raises: ValidationError, when a number with `+` belongs to another country, or is then no
    number of the field.
    """
    if not number.startswith("+"):
        return number
    digits = number[1:]
    if not digits.startswith(phone_code):
        raise ValidationError(f"Does not begin with +{phone_code}: give phone_code")
    return field.digits(digits.removeprefix(phone_code))


def code_from_country(country_code: str) -> str | None:
    """The dial code that a `country_code` of digits means; None for letters."""
    if country_code and not (country_code.isascii() and country_code.isdigit()):
        return None
    return country_code.lstrip("0") or DEFAULT_CODE


def only_code(country: str, codes: list[int]) -> str:
    """The one dial code of a country. Raises: ValidationError where it has several."""
    if len(codes) > 1:
        raise ValidationError(f"Required: country {country} has several")
    return str(codes[0]) if codes else DEFAULT_CODE
