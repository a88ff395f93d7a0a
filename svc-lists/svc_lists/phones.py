"""Numbers of the DNC lists and the filter phone groups (contract: "DNC", "Filter phone groups")."""

from __future__ import annotations

import re
from typing import Any

from dialkit import fields
from marshmallow import ValidationError
from marshmallow import fields as ma

from svc_lists.text import is_letter_or_digit

_NUMBER = re.compile(r"[0-9]{6,18}\Z|[0-9]{3}X{7}\Z")


class ListedPhone(ma.Field[str]):
    """6 to 18 digits, or an area code: three digits and `XXXXXXX`."""

    why = "Must be 6 to 18 digits, or three digits and XXXXXXX"

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> str:
        phone = _in_capitals(fields.without_punctuation(fields.as_text(value)))
        if not self.is_listed(phone):
            raise ValidationError(self.why)
        return phone

    def is_listed(self, phone: str) -> bool:
        """Whether the lists have such entries."""
        return bool(_NUMBER.match(phone))


class FilteredPhone(ListedPhone):
    """Such a number, or 3 to 18 letters: what stands in the place of a number that is withheld.

    Which letters, `text.check_letters` decides.
    """

    why = "Must be 6 to 18 digits, three digits and XXXXXXX, or 3 to 18 letters"

    def is_listed(self, phone: str) -> bool:
        """Whether the groups have such entries."""
        return super().is_listed(phone) or (
            3 <= len(phone) <= 18 and phone.isalpha() and all(map(is_letter_or_digit, phone))
        )


def _in_capitals(text: str) -> str:
    """The text as the database would write it in capitals: letter by letter."""
    capitals = ((letter, letter.upper()) for letter in text)
    return "".join(capital if len(capital) == 1 else letter for letter, capital in capitals)
