"""Names and places that demo leads are made from."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

_WOMEN = """
    Alice Amanda Angela Barbara Carmen Caroline Deborah Diane Elena Emily Grace Hannah Irene
    Jessica Julia Karen Laura Linda Maria Megan Nancy Olivia Patricia Rachel Rosa Sarah
"""
_MEN = """
    Aaron Albert Anthony Benjamin Carlos Charles Daniel David Edward Eric Frank George Henry
    Isaac James Jerome Kevin Louis Luis Marcus Martin Nathan Oscar Paul Peter Robert
"""
_FAMILIES = """
    Adams Alvarez Anderson Baker Bennett Brooks Campbell Carter Chen Coleman Collins Cruz Davis
    Diaz Edwards Evans Fisher Flores Foster Garcia Gray Green Hall Harris Hayes Howard Hughes
    Jackson Jensen Johnson Kelly Kim Larson Lee Lewis Lopez Martin Mendez Miller Mitchell Moore
    Morgan Murphy Nelson Nguyen O'Brien Ortiz Parker Patel Perez Phillips Price Ramirez Reed
    Rivera Roberts Rogers Ross Russell Sanchez Scott Shaw Silva Simmons Stewart Sullivan Taylor
"""
FIRST_NAMES = {"F": _WOMEN.split(), "M": _MEN.split()}
LAST_NAMES = _FAMILIES.split()
STREETS = ("Main St", "Oak Ave", "Maple Dr", "Cedar Ln", "Park Ave", "Lake Rd", "5th Ave", "Elm St")


class Place(NamedTuple):
    """A city, what its postal codes begin with, its area codes and the clock there."""

    city: str
    state: str
    postal_prefix: str
    area_codes: tuple[str, ...]
    zone: ZoneInfo


_EASTERN, _CENTRAL, _MOUNTAIN, _ARIZONA, _PACIFIC = (
    ZoneInfo(f"America/{city}")
    for city in ("New_York", "Chicago", "Denver", "Phoenix", "Los_Angeles")
)
PLACES = (
    Place("New York", "NY", "100", ("212", "646", "917"), _EASTERN),
    Place("Buffalo", "NY", "142", ("716",), _EASTERN),
    Place("Jersey City", "NJ", "073", ("201",), _EASTERN),
    Place("Philadelphia", "PA", "191", ("215", "267"), _EASTERN),
    Place("Boston", "MA", "021", ("617", "857"), _EASTERN),
    Place("Atlanta", "GA", "303", ("404", "678"), _EASTERN),
    Place("Miami", "FL", "331", ("305", "786"), _EASTERN),
    Place("Chicago", "IL", "606", ("312", "773"), _CENTRAL),
    Place("Houston", "TX", "770", ("713", "832"), _CENTRAL),
    Place("Dallas", "TX", "752", ("214", "972"), _CENTRAL),
    Place("Denver", "CO", "802", ("303", "720"), _MOUNTAIN),
    Place("Phoenix", "AZ", "850", ("602", "480"), _ARIZONA),
    Place("Los Angeles", "CA", "900", ("213", "323"), _PACIFIC),
    Place("San Diego", "CA", "921", ("619",), _PACIFIC),
    Place("Seattle", "WA", "981", ("206",), _PACIFIC),
)
