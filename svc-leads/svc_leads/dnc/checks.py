"""Which numbers may not be called.

Reads vicidial_dnc, vicidial_campaign_dnc.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from dialkit.db import Queries, Row

INTERNAL = "SYSTEM_INTERNAL"


class DncRules(NamedTuple):
    """Which lists to ask, each `N`, `Y` or `AREACODE`; and the campaign whose list it is."""

    internal: str
    campaign: str
    campaign_id: str


async def find_listed(db: Queries, numbers: Collection[str], rules: DncRules) -> dict[str, str]:
    """The numbers that are on a list, with that list: SYSTEM_INTERNAL or a campaign id."""
    listed: dict[str, str] = {}
    if numbers and rules.campaign != "N":
        keys = _keys(numbers, rules.campaign)
        found = await db.fetch_all(
            """
            SELECT phone_number
            FROM vicidial_campaign_dnc
            WHERE phone_number IN %s AND campaign_id = %s
            """,
            keys,
            rules.campaign_id,
        )
        listed |= dict.fromkeys(_hits(numbers, found, rules.campaign), rules.campaign_id)
    if numbers and rules.internal != "N":
        keys = _keys(numbers, rules.internal)
        found = await db.fetch_all(
            "SELECT phone_number FROM vicidial_dnc WHERE phone_number IN %s", keys
        )
        listed |= dict.fromkeys(_hits(numbers, found, rules.internal), INTERNAL)
    return listed


def _keys(numbers: Iterable[str], mode: str) -> list[str]:
    """The entries that would list the numbers: themselves, and their area codes."""
    keys = set(numbers)
    if mode == "AREACODE":
        keys |= {_area_code_entry(number) for number in numbers}
    return sorted(keys)


def _hits(numbers: Iterable[str], found: Iterable[Row], mode: str) -> list[str]:
    entries = {row[0].upper() for row in found}  # compared without case, as the column is
    return [
        number
        for number in numbers
        if number in entries or (mode == "AREACODE" and _area_code_entry(number) in entries)
    ]


def _area_code_entry(number: str) -> str:
    return f"{number[:3]}XXXXXXX"
