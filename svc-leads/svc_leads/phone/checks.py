"""Phone checks (contract: leads.md, "Phone checks")."""

from __future__ import annotations

from collections.abc import Mapping

from dialkit.db import Queries
from dialkit.errors import Conflict

from svc_leads.timezone import store
from svc_leads.timezone.offset import nanpa_prefix

INVALID_PREFIX = "Invalid prefix"
UNKNOWN_AREA_CODE = "Unknown area code"
UNKNOWN_NANPA = "Unknown area code and prefix"
NANPA_MISSING = "NANPA data is not loaded"
NAMES = ("usacan_prefix_check", "usacan_areacode_check", "nanpa_ac_prefix_check")
_US_LENGTH = 10


def has_us_prefix(number: str) -> bool:
    """Whether the 4th digit may begin a North American exchange."""
    return number[3:4] in set("23456789")


def has_us_length(number: str) -> bool:
    """Whether it has as many digits as North American numbers."""
    return len(number) == _US_LENGTH


async def find_fault(db: Queries, number: str, checks: Mapping[str, str]) -> str | None:
    """What is wrong with the number, by the checks that are `Y`. Raises: Conflict."""
    in_area, in_nanpa = False, False
    if checks["usacan_areacode_check"] == "Y":
        in_area = await store.has_us_area_code(db, number[:3])
    if checks["nanpa_ac_prefix_check"] == "Y":
        await need_nanpa_data(db)
        in_nanpa = bool(await store.list_nanpa_zones(db, [nanpa_prefix(number)]))
    return fault(number, checks, in_area=in_area, in_nanpa=in_nanpa)


def fault(number: str, checks: Mapping[str, str], *, in_area: bool, in_nanpa: bool) -> str | None:
    """The same, when it is known whether its area code and its prefix are in the tables."""
    if checks["usacan_prefix_check"] == "Y" and not has_us_prefix(number):
        return INVALID_PREFIX
    if checks["usacan_areacode_check"] == "Y" and not (has_us_length(number) and in_area):
        return UNKNOWN_AREA_CODE
    if checks["nanpa_ac_prefix_check"] == "Y" and not in_nanpa:
        return UNKNOWN_NANPA
    return None


async def need_nanpa_data(db: Queries) -> None:
    """Raise Conflict where the installation has not loaded its NANPA table."""
    if not await store.has_nanpa_data(db):
        raise Conflict(NANPA_MISSING)
