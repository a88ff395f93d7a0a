"""When calls are made: spread over 90 days, most of them between 8:00 and 21:00."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import pymysql

DAYS = 90

_DAY_S, _OPENS_S, _CLOSES_S = 86_400, 8 * 3600, 21 * 3600
# The share of a day's calls that are made until then.
_BEFORE, _UNTIL_EVENING = 0.03, 0.97


@dataclass(frozen=True)
class Span:
    """The days of the logs, in Unix seconds: the first's begin, the last's, and the end."""

    first: int
    today: int
    end: int

    def moment(self, number: str, of: int) -> str:
        """SQL: the second at which call `number` of so many begins; it grows with the number."""
        days = (self.today - self.first) / _DAY_S + _share(self.end - self.today)
        place = f"{number} * {days / of!r}"
        return (
            f"{self.first} + {_DAY_S} * FLOOR({place})"
            f" + {_second_of_day(f'({place} - FLOOR({place}))')}"
        )


def span_until(connection: "pymysql.Connection[Any]", until: datetime) -> Span:
    """The 90 days that end at that local time, as the server counts seconds."""
    today = datetime.combine(until, time.min)
    moments = (today - timedelta(days=DAYS - 1), today, until)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(['UNIX_TIMESTAMP(%s)'] * len(moments))}", moments)
        return Span(*map(int, cursor.fetchone() or ()))


def _share(second: int) -> float:
    """The share of a day's calls that are made until that second."""
    if second < _OPENS_S:
        return second / _OPENS_S * _BEFORE
    if second < _CLOSES_S:
        open_for = (second - _OPENS_S) / (_CLOSES_S - _OPENS_S)
        return _BEFORE + open_for * (_UNTIL_EVENING - _BEFORE)
    return _UNTIL_EVENING + (second - _CLOSES_S) / (_DAY_S - _CLOSES_S) * (1 - _UNTIL_EVENING)


def _second_of_day(share: str) -> str:
    """SQL: the same the other way round."""
    night = _OPENS_S / _BEFORE
    day = (_CLOSES_S - _OPENS_S) / (_UNTIL_EVENING - _BEFORE)
    evening = (_DAY_S - _CLOSES_S) / (1 - _UNTIL_EVENING)
    return (
        f"FLOOR(CASE WHEN {share} < {_BEFORE} THEN {share} * {night!r}"
        f" WHEN {share} < {_UNTIL_EVENING} THEN {_OPENS_S} + ({share} - {_BEFORE}) * {day!r}"
        f" ELSE {_CLOSES_S} + ({share} - {_UNTIL_EVENING}) * {evening!r} END)"
    )
