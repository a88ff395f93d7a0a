"""Pages of the audio store: the place where one ends, as an opaque cursor."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

import orjson
from dialkit.errors import InvalidInput

from svc_telephony.system.sounds import Sound

STAGES = ("name", "date", "size")
_MAX_VALUE = 2**64 - 1
_LAST_OF_PLANE = "\uffff"


class Place(NamedTuple):
    """Where a page ends: the order, the last file's value in it, and the file's name.

    The value is 0 in the order of names, and for a NULL, which no keyset would find again.
    """

    stage: str
    value: int
    audio_filename: str


def end_of(last: Sound, stage: str) -> str:
    """The cursor of a page that ends with that file."""
    values = {"name": 0, "date": last.audio_epoch, "size": last.audio_filesize}
    return _written(Place(stage, values[stage] or 0, last.audio_filename))


def place_at(cursor: str, stage: str) -> Place:
    """The place that a cursor of that stage tells. Raises: InvalidInput."""
    place = _read(cursor)
    if place is None:
        raise InvalidInput({"cursor": ["Not a cursor of this list"]})
    if place.stage != stage:
        raise InvalidInput({"cursor": [f"Not a cursor of stage {stage}"]})
    return place


def _written(place: Place) -> str:
    return urlsafe_b64encode(orjson.dumps(list(place))).decode().rstrip("=")


def _read(cursor: str) -> Place | None:
    """The place, or None for what is not written by us."""
    try:
        packed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        place = Place(*orjson.loads(packed))
    except (TypeError, ValueError):
        return None
    # The decoder passes over what is no base64: only one text is the cursor of a place.
    return place if _fits(place) and _written(place) == cursor else None


def _fits(place: Place) -> bool:
    """Whether columns can hold it: a cursor can be made by anyone."""
    stage, value, name = place
    return (
        stage in STAGES
        and type(value) is int
        and 0 <= value <= _MAX_VALUE
        and isinstance(name, str)
        and max(name, default="") <= _LAST_OF_PLANE
    )
