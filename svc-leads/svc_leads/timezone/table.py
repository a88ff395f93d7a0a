"""The time zones of many leads: the phone codes in memory, the rest fetched a chunk at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeVar

from dialkit.collation import folded
from dialkit.db import Queries

from svc_leads.timezone import offset, store
from svc_leads.timezone.methods import Method
from svc_leads.timezone.offset import PhoneCode, Place, Zone, ZoneKey

K = TypeVar("K", bound=Hashable)
_REMEMBERED = 4096


class ChunkZones(NamedTuple):
    """The zones of the postal codes and North American prefixes of a chunk of leads."""

    postal: Mapping[tuple[int, str], Zone | None]
    nanpa: Mapping[tuple[str, str], Zone | None]


NO_ZONES = ChunkZones({}, {})


class ZoneTable:
    """All rows of `vicidial_phone_codes`, to ask without I/O; for one moment."""

    def __init__(self, rows: Sequence[PhoneCode], now_utc: datetime) -> None:
        self._now_utc = now_utc
        self._country = _index(rows, lambda row: row.country_code)
        self._area_code = _index(rows, lambda row: (row.country_code, row.areacode.upper()))
        self._state = _index(rows, lambda row: (row.country_code, folded(row.state)))
        self._tz_code = _index(rows, lambda row: (row.country_code, folded(row.tz_code)))
        self._letters = _index(rows, lambda row: folded(row.country))
        # Bounded: the texts come from the leads of a request of any size.
        self._area_code_zone = lru_cache(_REMEMBERED)(self._find_by_area_code)
        self._owner_zone = lru_cache(_REMEMBERED)(self._find_by_owner)

    def gmt_offset(self, lead: ZoneKey, method: Method, chunk: ChunkZones = NO_ZONES) -> float:
        """The lead's offset from UTC now, in hours; as `lookup.gmt_offset`."""
        zone = self._zone(lead, method, chunk) or self._area_code_zone(
            lead.phone_code, lead.phone_number[:3], lead.country_code, lead.state
        )
        return zone.at(self._now_utc) if zone else 0.0

    def dial_codes(self, country: str) -> list[int]:
        """The phone codes of a country given by letters; as `store.list_dial_codes`."""
        return sorted({row.country_code for row in self._letters.get(folded(country), ())})

    def state(self, phone_code: str, phone_number: str) -> str:
        """The state of the number's area code; as `store.find_state`."""
        country = offset.dial_country(phone_code) or 0
        return offset.state_of_area_code(self._area_code.get((country, phone_number[:3]), ()))

    def has_us_area_code(self, area_code: str) -> bool:
        """Whether North America has that area code."""
        return (offset.NORTH_AMERICA, area_code) in self._area_code

    def _zone(self, lead: ZoneKey, method: Method, chunk: ChunkZones) -> Zone | None:
        """What the method itself finds, where it is another than the area code."""
        match method:
            case Method.POSTAL_CODE:
                return offset.by_postal_code(chunk.postal, offset.postal_prefixes(lead))
            case Method.NANPA_PREFIX:
                prefixes = offset.nanpa_prefixes(lead)
                return next((chunk.nanpa.get(prefix) for prefix in prefixes), None)
            case Method.OWNER_TIME_ZONE_CODE:
                return self._owner_zone(lead.phone_code, lead.owner)
            case Method.COUNTRY_AND_AREA_CODE:
                return None

    def _find_by_area_code(
        self, phone_code: str, digits: str, country_code: str, state: str
    ) -> Zone | None:
        place = offset.place_of(ZoneKey(phone_code, digits, country_code, state))
        if place is None:
            return None
        country, codes = place.dial_country, offset.area_codes(digits)
        rows = [row for code in codes for row in self._area_code.get((country, code), ())]
        return offset.by_area_code(rows, place) or self._find_by_state(place)

    def _find_by_state(self, place: Place) -> Zone | None:
        rows = self._state.get((place.dial_country, place.state), ()) if place.state else ()
        whole_country = self._country.get(place.dial_country, ())
        return offset.preferred(rows, place) or offset.preferred(whole_country, place)

    def _find_by_owner(self, phone_code: str, owner: str) -> Zone | None:
        country = offset.dial_country(phone_code)
        if country is None or not owner:
            return None
        return offset.by_owner(self._tz_code.get((country, folded(owner)), ()))


async def load_zone_table(db: Queries, now_utc: datetime) -> ZoneTable:
    """The table for a request, with one statement."""
    return ZoneTable(await store.list_phone_codes(db), now_utc)


async def load_chunk_zones(db: Queries, leads: Iterable[tuple[ZoneKey, Method]]) -> ChunkZones:
    """What `ZoneTable.gmt_offset` needs beside it for these leads: a statement a table, if any."""
    postal: list[tuple[int, str]] = []
    nanpa: list[tuple[str, str]] = []
    for lead, method in leads:
        if method == Method.POSTAL_CODE:
            postal += offset.postal_prefixes(lead)
        elif method == Method.NANPA_PREFIX:
            nanpa += offset.nanpa_prefixes(lead)
    return ChunkZones(
        await store.list_postal_zones(db, postal), await store.list_nanpa_zones(db, nanpa)
    )


def _index(rows: Iterable[PhoneCode], key: Callable[[PhoneCode], K]) -> dict[K, list[PhoneCode]]:
    """The rows by a key."""
    index: defaultdict[K, list[PhoneCode]] = defaultdict(list)
    for row in rows:
        index[key(row)].append(row)
    return dict(index)
