"""The time zone of one lead, with as few statements as it takes."""

from __future__ import annotations

from datetime import datetime

from dialkit.db import Queries

from svc_leads.timezone import offset, store
from svc_leads.timezone.methods import Method
from svc_leads.timezone.offset import Zone, ZoneKey


async def gmt_offset(
    db: Queries, lead: ZoneKey, method: Method, now_utc: datetime, *, fallback: bool = True
) -> float | None:
    """The lead's offset from UTC now, in hours.

    A method that finds nothing falls back to the area code; without `fallback` that is None.
    """
    zone = await _FINDERS[method](db, lead)
    if zone is None and method != Method.COUNTRY_AND_AREA_CODE:
        if not fallback:
            return None
        zone = await _by_area_code(db, lead)
    return zone.at(now_utc) if zone else 0.0


async def _by_area_code(db: Queries, lead: ZoneKey) -> Zone | None:
    place = offset.place_of(lead)
    if place is None:
        return None
    codes = offset.area_codes(place.digits)
    zone = offset.by_area_code(await store.list_area_codes(db, place.dial_country, codes), place)
    if zone is None and place.state:
        zone = offset.preferred(await store.list_state_codes(db, place), place)
    return zone or offset.preferred(await store.list_country_codes(db, place), place)


async def _by_postal_code(db: Queries, lead: ZoneKey) -> Zone | None:
    prefixes = offset.postal_prefixes(lead)
    return offset.by_postal_code(await store.list_postal_zones(db, prefixes), prefixes)


async def _by_nanpa_prefix(db: Queries, lead: ZoneKey) -> Zone | None:
    zones = await store.list_nanpa_zones(db, offset.nanpa_prefixes(lead))
    return next(iter(zones.values()), None)


async def _by_owner(db: Queries, lead: ZoneKey) -> Zone | None:
    country = offset.dial_country(lead.phone_code)
    if country is None or not lead.owner:
        return None
    return offset.by_owner(await store.list_owner_codes(db, country, lead.owner))


_FINDERS = {
    Method.COUNTRY_AND_AREA_CODE: _by_area_code,
    Method.POSTAL_CODE: _by_postal_code,
    Method.NANPA_PREFIX: _by_nanpa_prefix,
    Method.OWNER_TIME_ZONE_CODE: _by_owner,
}
