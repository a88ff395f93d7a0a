"""The ways to find a lead's time zone, and their names."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """What the time zone is taken from; the values of `vicidial_lists.time_zone_setting`."""

    COUNTRY_AND_AREA_CODE = "COUNTRY_AND_AREA_CODE"
    POSTAL_CODE = "POSTAL_CODE"
    NANPA_PREFIX = "NANPA_PREFIX"
    OWNER_TIME_ZONE_CODE = "OWNER_TIME_ZONE_CODE"


METHODS = tuple(Method)
ALIASES = {
    "AREACODE": Method.COUNTRY_AND_AREA_CODE,
    "POSTAL": Method.POSTAL_CODE,
    "NANPA": Method.NANPA_PREFIX,
    "TZCODE": Method.OWNER_TIME_ZONE_CODE,
}
"""VICIdial's short names."""


def method_of_list(time_zone_setting: str | None) -> Method:
    """The list's method; `COUNTRY_AND_AREA_CODE` where there is no such list."""
    return Method(time_zone_setting or Method.COUNTRY_AND_AREA_CODE)
