"""SQL of time zones.

Reads vicidial_phone_codes, vicidial_postal_codes, vicidial_nanpa_prefix_codes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from dialkit.db import Queries

from svc_leads.timezone import offset
from svc_leads.timezone.offset import PhoneCode, Place, Zone

_ENOUGH_NANPA_ROWS = 10


async def list_phone_codes(db: Queries) -> list[PhoneCode]:
    """All rows (some thousand)."""
    return await _phone_codes(db, "country_code > 0")


async def list_area_codes(db: Queries, country: int, area_codes: list[str]) -> list[PhoneCode]:
    """The rows of these area codes (index country_area_code)."""
    return await _phone_codes(db, "country_code = %s AND areacode IN %s", country, area_codes)


async def list_state_codes(db: Queries, place: Place) -> list[PhoneCode]:
    """The rows of the lead's state (index country_state)."""
    return await _phone_codes(
        db, "country_code = %s AND state = %s", place.dial_country, place.state
    )


async def list_country_codes(db: Queries, place: Place) -> list[PhoneCode]:
    """The rows of the country that come first in the order of `offset.preferred`."""
    # Not all: country 1 has hundreds. Fifty, since some may lack a usable offset.
    return await _phone_codes(
        db,
        """
        country_code = %s
        ORDER BY country = %s DESC, areacode, state, country
        LIMIT 50
        """,
        place.dial_country,
        place.country,
    )


async def list_owner_codes(db: Queries, country: int, tz_code: str) -> list[PhoneCode]:
    """The rows of a time zone code (index country_code)."""
    return await _phone_codes(db, "country_code = %s AND tz_code = %s", country, tz_code)


async def list_dial_codes(db: Queries, country: str) -> list[int]:
    """The phone codes of a country given by letters (no index: some thousand rows)."""
    rows = await db.fetch_all(
        """
        SELECT DISTINCT country_code
        FROM vicidial_phone_codes
        WHERE country = %s AND country_code > 0
        ORDER BY country_code
        """,
        country,
    )
    return [row[0] for row in rows]


async def find_state(db: Queries, phone_code: str, phone_number: str) -> str:
    """The state of the number's area code, if it has one of two characters; else empty."""
    country = offset.dial_country(phone_code)
    if country is None:
        return ""
    return offset.state_of_area_code(await list_area_codes(db, country, [phone_number[:3]]))


async def has_us_area_code(db: Queries, area_code: str) -> bool:
    """Whether North America has that area code."""
    return bool(await list_area_codes(db, offset.NORTH_AMERICA, [area_code]))


async def has_nanpa_data(db: Queries) -> bool:
    """Whether the table of North American prefixes has been loaded."""
    rows = await db.fetch_all(
        "SELECT 1 FROM vicidial_nanpa_prefix_codes LIMIT %s", _ENOUGH_NANPA_ROWS
    )
    return len(rows) >= _ENOUGH_NANPA_ROWS


async def list_nanpa_zones(
    db: Queries, prefixes: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Zone | None]:
    """The zones of those (areacode, prefix) that have a row, with one statement."""
    groups = _groups(prefixes)
    if not groups:
        return {}
    condition = " OR ".join(["(areacode = %s AND prefix IN %s)"] * (len(groups) // 2))
    rows = await db.fetch_all(
        f"""
        SELECT areacode, prefix, GMT_offset, DST
        FROM vicidial_nanpa_prefix_codes
        WHERE {condition}
        """,  # noqa: S608 - a condition of ours, repeated
        *groups,
    )
    return {
        (area_code, prefix): offset.nanpa_zone(*columns) for area_code, prefix, *columns in rows
    }


async def list_postal_zones(
    db: Queries, prefixes: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], Zone | None]:
    """The zones of those (country_code, postal_code) that have a row, with one statement."""
    groups = _groups(prefixes)
    if not groups:
        return {}
    condition = " OR ".join(["(country_code = %s AND postal_code IN %s)"] * (len(groups) // 2))
    rows = await db.fetch_all(
        f"""
        SELECT country_code, postal_code, GMT_offset, DST, DST_range
        FROM vicidial_postal_codes
        WHERE {condition}
        ORDER BY GMT_offset, DST, DST_range
        """,  # noqa: S608 - a condition of ours, repeated
        *groups,
    )
    zones: dict[tuple[int, str], Zone | None] = {}
    for country, code, *columns in rows:
        key = (country, code.upper())
        zones[key] = zones.get(key) or offset.zone(*columns)
    return zones


def _groups(pairs: Iterable[tuple[Any, str]]) -> list[Any]:
    """Parameters: each first value, and the list of second values that it comes with."""
    groups: dict[Any, dict[str, None]] = defaultdict(dict)
    for first, second in pairs:
        groups[first][second] = None
    return [part for first, seconds in groups.items() for part in (first, list(seconds))]


async def _phone_codes(db: Queries, condition: str, *params: Any) -> list[PhoneCode]:
    rows = await db.fetch_wide(
        "country_code, country, areacode, state, tz_code, GMT_offset, DST, DST_range",
        f"FROM vicidial_phone_codes WHERE {condition}",
        *params,
    )
    return [phone_code(row) for row in rows]


def phone_code(row: Sequence[Any]) -> PhoneCode:
    """A row as the statements of this module select it."""
    country_code, country, areacode, state, tz_code, gmt_offset, dst, dst_range = row
    return PhoneCode(
        country_code,
        country or "",
        areacode or "",
        state or "",
        tz_code or "",
        dst_range or "",
        offset.zone(gmt_offset, dst, dst_range),
    )
