"""Demo leads: some hundred made-up ones, and those of the contract's examples."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from deploy.db.demo_places import FIRST_NAMES, LAST_NAMES, PLACES, STREETS, Place
from deploy.db.demo_rows import Row, Rows

EXAMPLE_LEAD = 12345
ARCHIVED_LEAD = 12300

_COUNT = 300
_SEED = 20250108
_HISTORY_DAYS = 28
_STATUSES = {
    "NEW": 45,
    "NA": 15,
    "B": 6,
    "A": 10,
    "CALLBK": 4,
    "CBHOLD": 4,
    "SALE": 5,
    "NI": 8,
    "DC": 2,
    "DNC": 1,
}
_LISTS = {101: 60, 102: 25, 201: 15}
_EXAMPLE_TIME = datetime(2025, 1, 8, 10, 30)  # noqa: DTZ001 - as the database keeps it


def make_leads(now: datetime) -> Rows:
    """The rows of `vicidial_list`; the same for the same `now` (local time)."""
    dice = random.Random(_SEED)  # noqa: S311 - demo rows
    leads = [_make_lead(dice, number, now) for number in range(3, _COUNT + 3)]
    return [*_example_leads(now), *leads]


def archived_lead(now: datetime) -> Row:
    """The row of `vicidial_list_archive`."""
    return example_lead(now) | {
        "lead_id": ARCHIVED_LEAD,
        "phone_number": "5551230000",
        "first_name": "Ruth",
        "last_name": "Archer",
        "email": "ruth@example.com",
        "status": "NI",
        "called_count": 4,
    }


def example_lead(now: datetime) -> Row:
    """The contract's lead."""
    new_york = PLACES[0]
    return {
        "lead_id": EXAMPLE_LEAD,
        "entry_date": _EXAMPLE_TIME,
        "modify_date": _EXAMPLE_TIME,
        "status": "NEW",
        "user": "api",
        "vendor_lead_code": "",
        "source_id": "",
        "list_id": 101,
        "gmt_offset_now": _offset(new_york, now),
        "called_since_last_reset": "N",
        "phone_code": "1",
        "phone_number": "5551234567",
        "title": "",
        "first_name": "John",
        "middle_initial": "A",
        "last_name": "Doe",
        "address1": "123 Main St",
        "address2": "Apt 4B",
        "address3": "",
        "city": new_york.city,
        "state": new_york.state,
        "province": "",
        "postal_code": "10001",
        "country_code": "1",
        "gender": "M",
        "date_of_birth": date(1980, 1, 15),
        "alt_phone": "5559876543",
        "email": "john@example.com",
        "security_phrase": "",
        "comments": "VIP customer",
        "called_count": 0,
        "last_local_call_time": _EXAMPLE_TIME,
        "rank": 0,
        "owner": "agent1",
        "entry_list_id": 0,
    }


def _example_leads(now: datetime) -> Iterator[Row]:
    """Three leads of one number, two of them those of the contract."""
    lead = example_lead(now)
    yield lead | {"lead_id": 1}
    yield lead | {"lead_id": 2, "list_id": 201, "first_name": "Jane", "email": "jane@example.com"}
    yield lead | {"lead_id": EXAMPLE_LEAD}


def _make_lead(dice: random.Random, number: int, now: datetime) -> Row:
    place = dice.choice(PLACES)
    days_ago = dice.randrange(2, _HISTORY_DAYS)
    entered = _daytime(dice, now - timedelta(days=days_ago))
    return (
        example_lead(now)
        | _person(dice, number)
        | _address(dice, place)
        | _calls(dice, entered, days_ago)
        | {
            "lead_id": number,
            "entry_date": entered,
            "list_id": _pick(dice, _LISTS),
            "vendor_lead_code": f"D{number:05}",
            "source_id": "demo",
            "gmt_offset_now": _offset(place, now),
            # 555-01xx is kept for fiction, so that nobody is ever called.
            "phone_number": f"{dice.choice(place.area_codes)}55501{number % 100:02}",
            "alt_phone": "",
            "rank": dice.choice((0, 0, 0, 5, 10)),
            "owner": dice.choice(("", "agent1", "6666")),
        }
    )


def _person(dice: random.Random, number: int) -> Row:
    gender = dice.choice("FM")
    first, last = dice.choice(FIRST_NAMES[gender]), dice.choice(LAST_NAMES)
    return {
        "gender": gender,
        "first_name": first,
        "last_name": last,
        "middle_initial": dice.choice(("", "A", "J", "M", "R")),
        "date_of_birth": date(1940, 1, 1) + timedelta(days=dice.randrange(60 * 365)),
        "email": f"{first}.{last.replace(chr(39), '')}{number}@example.com".lower(),
        "comments": "",
    }


def _address(dice: random.Random, place: Place) -> Row:
    return {
        "address1": f"{dice.randrange(1, 2000)} {dice.choice(STREETS)}",
        "address2": "",
        "city": place.city,
        "state": place.state,
        "postal_code": f"{place.postal_prefix}{dice.randrange(1, 30):02}",
    }


def _calls(dice: random.Random, entered: datetime, days_ago: int) -> Row:
    """Status, number of calls and the time of the last one, which fit together."""
    status = _pick(dice, _STATUSES)
    days_later = 0 if status == "NEW" else dice.randrange(1, days_ago)
    last = entered + timedelta(days=days_later)
    return {
        "status": status,
        "user": "api" if status == "NEW" else dice.choice(("agent1", "6666")),
        "called_count": 0 if status == "NEW" else dice.randrange(1, 8),
        "called_since_last_reset": "N" if status == "NEW" else dice.choice("NY"),
        "last_local_call_time": last,
        "modify_date": last,
    }


def _daytime(dice: random.Random, day: datetime) -> datetime:
    """A time of that day; never at night, when summer time skips an hour."""
    return datetime.combine(day, time(dice.randrange(9, 20), dice.randrange(60)))


def _pick(dice: random.Random, weights: dict[Any, int]) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]


def _offset(place: Place, now: datetime) -> float:
    """Hours from UTC there and now, summer time included."""
    offset = now.replace(tzinfo=place.zone).utcoffset() or timedelta()
    return offset / timedelta(hours=1)
