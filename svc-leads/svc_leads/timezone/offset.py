"""Which row decides about a lead's time zone, and the offset that it means now.

Pure: `lookup` hands in rows of the database, `table` those of its memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from dialkit.collation import folded

from svc_leads.timezone.dst import in_summer_time

NORTH_AMERICA = 1
_LARGEST_COUNTRY_CODE = 65535
_NANPA_DST_RANGE = "SSM-FSN"
_DIAL_CODE = re.compile(r"(?:011|0011|00)?([0-9]+)\Z")
_OFFSET = re.compile(r"[+-]?[0-9]{1,2}(?:\.[0-9]+)?\Z")


class Zone(NamedTuple):
    """A standard offset from UTC in hours, and the range of summer time (`""`: none)."""

    standard: float
    dst_range: str

    def at(self, now_utc: datetime) -> float:
        """The offset in force at that moment."""
        standard_time = now_utc + timedelta(hours=self.standard)
        return self.standard + in_summer_time(self.dst_range, standard_time)


class PhoneCode(NamedTuple):
    """A row of `vicidial_phone_codes`; `zone` is None when its offset is not a number."""

    country_code: int
    country: str
    areacode: str
    state: str
    tz_code: str
    dst_range: str
    zone: Zone | None


class ZoneKey(NamedTuple):
    """What of a lead its time zone depends on; `""` for what it has not."""

    phone_code: str
    phone_number: str
    country_code: str = ""
    state: str = ""
    postal_code: str = ""
    owner: str = ""


class Place(NamedTuple):
    """What of a lead `COUNTRY_AND_AREA_CODE` looks at, as the rows are compared with it."""

    dial_country: int
    digits: str
    state: str
    country: str


def zone(gmt_offset: str | None, dst: str | None, dst_range: str | None) -> Zone | None:
    """The zone that three columns mean; None when the offset is not a number."""
    text = (gmt_offset or "").strip()
    if not _OFFSET.match(text):
        return None
    return Zone(float(text), "" if dst == "N" else dst_range or "")


def nanpa_zone(gmt_offset: str | None, dst: str | None) -> Zone | None:
    """The zone of a row of `vicidial_nanpa_prefix_codes`, which names no range."""
    return zone(gmt_offset, dst, _NANPA_DST_RANGE if dst == "Y" else "")


def dial_country(phone_code: str) -> int | None:
    """The country that a phone code dials; None when no row can have it."""
    match = _DIAL_CODE.match(phone_code)
    country = int(match[1]) if match else 0
    return country if 0 < country <= _LARGEST_COUNTRY_CODE else None


def place_of(lead: ZoneKey) -> Place | None:
    """Where the lead's number is; None when no row can have its phone code."""
    country = dial_country(lead.phone_code)
    if country is None:
        return None
    return Place(country, lead.phone_number[:3], folded(lead.state), folded(lead.country_code))


def area_codes(digits: str) -> list[str]:
    """The `areacode` of every row that rules 1 and 2 can choose for a number."""
    prefixes = [digits[:length] for length in range(1, len(digits[:3]) + 1)]
    return [*prefixes, *(f"{prefix}S" for prefix in prefixes[:2]), "*"]


def by_area_code(rows: Iterable[PhoneCode], place: Place) -> Zone | None:
    """Rules 1 and 2: the area code that fits the number best, else the whole country's row."""
    fits = [(_fit(row, place), row) for row in rows]
    best = max((fit for fit, row in fits if row.zone), default=0)
    return preferred((row for fit, row in fits if fit == best), place) if best else None


def preferred(rows: Iterable[PhoneCode], place: Place) -> Zone | None:
    """The first of rows that fit alike: the lead's country, its state, then in order of codes."""
    usable = [row for row in rows if row.zone]
    return min(usable, key=lambda row: _preference(row, place)).zone if usable else None


def by_owner(rows: Iterable[PhoneCode]) -> Zone | None:
    """The offset of the first row of a time zone code, with the greatest range of all of them."""
    usable = sorted((row for row in rows if row.zone), key=_code_order)
    zone = usable[0].zone if usable else None
    return zone and Zone(zone.standard, max(row.dst_range for row in usable))


def postal_prefixes(lead: ZoneKey) -> list[tuple[int, str]]:
    """The (country_code, postal_code) of every row that fits the lead, the closest first."""
    country = dial_country(lead.phone_code)
    code = "".join(lead.postal_code.upper().split())
    if country is None:
        return []
    return [(country, code[:length]) for length in range(len(code), 2, -1)]


def by_postal_code(
    zones: Mapping[tuple[int, str], Zone | None], prefixes: Iterable[tuple[int, str]]
) -> Zone | None:
    """The zone of the longest prefix that has one."""
    return next((found for prefix in prefixes if (found := zones.get(prefix))), None)


def nanpa_prefix(phone_number: str) -> tuple[str, str]:
    """Area code and exchange of a North American number."""
    return phone_number[:3], phone_number[3:6]


def nanpa_prefixes(lead: ZoneKey) -> list[tuple[str, str]]:
    """The (areacode, prefix) of the row that fits the lead; none outside North America."""
    inside = dial_country(lead.phone_code) == NORTH_AMERICA
    return [nanpa_prefix(lead.phone_number)] if inside else []


def state_of_area_code(rows: Iterable[PhoneCode]) -> str:
    """The state of an area code, if it has one of two characters."""
    return min((row.state for row in rows if len(row.state) == 2), default="")


def _fit(row: PhoneCode, place: Place) -> int:
    """How well a row's area code fits: more digits first, then with the state; 0: not at all."""
    if row.areacode == "*":
        return 1
    area_code = row.areacode.upper()
    digits = area_code.removesuffix("S")
    if not digits or not place.digits.startswith(digits):
        return 0
    if digits == area_code:
        return 2 * len(digits)
    return 2 * len(digits) + 1 if folded(row.state) == place.state else 0


def _preference(row: PhoneCode, place: Place) -> tuple[bool, bool, tuple[str, str, str]]:
    other_country = folded(row.country) != place.country
    other_state = bool(place.state) and folded(row.state) != place.state
    return other_country, other_state, _code_order(row)


def _code_order(row: PhoneCode) -> tuple[str, str, str]:
    return row.areacode, row.state, row.country
