"""More numbers of one lead, `vicidial_list_alt_phones` (contract: POST /leads, `alt_phones`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialkit import fields
from dialkit.body import load_json
from dialkit.db import Queries
from dialkit.errors import BadRequest
from marshmallow import ValidationError
from marshmallow import fields as ma

from svc_leads.leads.dial import DialedPhone, national_number
from svc_leads.leads.fields import phone_code
from svc_leads.text import LeadText

MOST = 50
_COLUMNS = (
    "lead_id",
    "phone_code",
    "phone_number",
    "alt_phone_note",
    "alt_phone_count",
    "active",
)


_NUMBER = DialedPhone(6, 18, required=True)
_NOTE = LeadText(30, load_default="")


class _AltPhone(fields.NewBody):
    phone_number = _NUMBER
    phone_code = phone_code()
    note = _NOTE


_ALT_PHONE = _AltPhone()


class AltPhones(ma.Field[list[dict[str, str]]]):
    """An array of objects (or its JSON), or the original's `number_code_note!number_code_note`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> list[dict[str, str]]:
        entries = self._entries(value)
        if len(entries) > MOST:
            raise ValidationError(f"More than {MOST} numbers")
        checked: list[dict[str, str]] = _ALT_PHONE.load(entries, many=True)
        return checked

    def cleaned(self, value: Any) -> Any:
        """The entries with their notes cleaned."""
        try:
            entries = self._entries(value)
        except ValidationError:
            return value
        return [
            entry | {"note": _NOTE.cleaned(entry["note"])} if "note" in entry else entry
            for entry in entries
        ]

    @staticmethod
    def _entries(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, str):
            value = _from_text(value)
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise ValidationError("Must be an array of objects with phone_number")
        return value


def _from_text(text: str) -> Any:
    if text.lstrip().startswith("["):
        try:
            return load_json(text.encode(errors="surrogatepass"))
        except BadRequest as error:
            raise ValidationError(error.message) from None
    return [_entry(part) for part in text.split("!") if part]


def _entry(part: str) -> dict[str, str]:
    number, _, rest = part.partition("_")
    code, _, note = rest.partition("_")
    return {"phone_number": number, "note": note} | ({"phone_code": code} if code else {})


def settled(entries: Sequence[dict[str, str]], phone_code: str) -> list[tuple[str, str, str]]:
    """(code, number, note) of each entry. Raises: ValidationError for a `+` that does not fit."""
    rows = []
    problems = {}
    for place, entry in enumerate(entries):
        code = entry.get("phone_code", phone_code)
        try:
            rows.append(
                (code, national_number(entry["phone_number"], code, _NUMBER), entry["note"])
            )
        except ValidationError as error:
            problems[place] = {"phone_number": error.messages}
    if problems:
        raise ValidationError(problems)
    return rows


def rows_of(lead_id: int, entries: list[tuple[str, str, str]]) -> list[tuple[Any, ...]]:
    """The table's rows of one lead."""
    return [(lead_id, *entry, count, "Y") for count, entry in enumerate(entries, start=1)]


async def add(db: Queries, rows: list[tuple[Any, ...]]) -> None:
    """Add numbers, of one lead or of many, with one statement."""
    if rows:
        await db.insert_many("vicidial_list_alt_phones", _COLUMNS, rows)
