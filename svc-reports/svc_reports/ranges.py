"""The time range of a report (contract: reports.md, C2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from dialkit.clock import SQL_FORMAT, Clock
from dialkit.errors import InvalidInput
from dialkit.fields import Query, as_text, parse_date, parse_datetime
from marshmallow import ValidationError
from marshmallow.fields import Field

_STARTS = ("start_date", "query_date", "date", "datetime_start")
_ENDS = ("end_date", "datetime_end")
_ONE_DAY = ("query_date", "date")
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_DEFAULT_DAYS = 31
_QUARTER = timedelta(minutes=15)
# Longer than what any zone's clock is put back by.
_REPEATED = timedelta(hours=3)
# What ends then needs days after the end of time: no bound and no row counts from here on.
LATEST = "9999-12-30"
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\Z")
# Every parameter that says what the range is.
PARAMETERS = frozenset((*_STARTS, *_ENDS, "query_time", "end_time"))


class Range(NamedTuple):
    """Local times from `start` on, and before `end`, as the database keeps them."""

    start: datetime
    end: datetime

    @classmethod
    def of_seconds(cls, first: str, last: str) -> Range:
        """From the second of one date of the database to that of another."""
        start, end = (datetime.fromisoformat(date).replace(microsecond=0) for date in (first, last))
        return cls(start, end + _SECOND)

    def overlap(self, other: Range) -> Range | None:
        """What is in both ranges; None where nothing is."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Range(start, end) if start < end else None

    @property
    def last_second(self) -> datetime:
        """The last second that is in it."""
        return self.end - _SECOND

    @property
    def as_sql(self) -> tuple[str, str]:
        """Both ends for `>= %s` and `< %s`."""
        return sql_time(self.start), sql_time(self.end)

    @property
    def as_parameters(self) -> dict[str, str]:
        """The range as a request would ask for it."""
        return {
            "start_date": self.start.strftime(SQL_FORMAT),
            "end_date": self.last_second.strftime(SQL_FORMAT),
        }


class Bound(Field[date]):
    """A date, or a date-time in any spelling of the contract."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> date:
        text = as_text(value).strip(" ")
        try:
            if text < LATEST:
                return parse_date(text) if len(text) <= 10 else parse_datetime(text)
        except ValidationError:
            pass
        raise ValidationError(
            "Must be a date, YYYY-MM-DD, or a date-time, YYYY-MM-DD HH:MM:SS or RFC 3339"
        )


class TimeOfDay(Field[time]):
    """`HH:MM:SS`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: object) -> time:
        text = as_text(value)
        if not _TIME.match(text):
            raise ValidationError("Must be a time, HH:MM:SS")
        return time.fromisoformat(text)


class Ranged(Query):
    """Query of a report over a range of time; `asked_range` makes it one."""

    start_date = Bound()
    query_date = Bound()
    date = Bound()
    datetime_start = Bound()
    end_date = Bound()
    datetime_end = Bound()


class Timed(Ranged):
    """Query of a report that may begin and end at a time of its first and last day."""

    query_time = TimeOfDay()
    end_time = TimeOfDay()


def asked_range(query: Mapping[str, Any], clock: Clock, *, most_days: int | None) -> Range | None:
    """The range that a query asks for; None where it names no start.

    Raises: InvalidInput.
    """
    starts, ends = _named_once(query, _STARTS), _named_once(query, _ENDS)
    if starts is None:
        if ends is not None:
            raise InvalidInput({"start_date": ["Required with end_date"]})
        return None
    start_bound, one_day = query[starts], starts in _ONE_DAY
    if ends is not None:
        end_bound: date = query[ends]
    else:
        end_bound = _day(clock, start_bound) if one_day else clock.now().today
    start, end = _start(query, clock, start_bound), _end(query, clock, end_bound)
    return _checked(Range(start, end), most_days)


def range_or_today(query: Mapping[str, Any], clock: Clock, *, most_days: int) -> Range:
    """The range that a query asks for; of one that names no start, today. Raises: InvalidInput."""
    span = asked_range(query, clock, most_days=most_days)
    if span is not None:
        return span
    today = clock.now().today
    return _checked(Range(_start(query, clock, today), _end(query, clock, today)), most_days)


def days_up_to(newest: str | None, clock: Clock, *, most_days: int) -> Range:
    """The 31 days that end with the second of the newest row; nothing where there is no row."""
    if newest is None:
        now = clock.now().local
        return Range(now, now)
    end = Range.of_seconds(newest, newest).end
    return Range(end - min(_DEFAULT_DAYS, most_days) * _DAY, end)


def read_time(text: str | None) -> datetime | None:
    """A date-time of the database; None for what no clock shows: NULL, a month or day of zero."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def sql_time(moment: datetime) -> str:
    """A local time as the database compares it, with a fraction where it has one."""
    return moment.isoformat(" ")


def _named_once(query: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    named = [name for name in names if name in query]
    if len(named) > 1:
        raise InvalidInput({name: [f"Not together with {named[0]}"] for name in named[1:]})
    return named[0] if named else None


def _start(query: Mapping[str, Any], clock: Clock, bound: date) -> datetime:
    if isinstance(bound, datetime):
        _refuse_time(query, "query_time", "starts")
        return _local_since(clock, bound.replace(microsecond=0))
    return datetime.combine(bound, query.get("query_time", time.min))


def _end(query: Mapping[str, Any], clock: Clock, bound: date) -> datetime:
    """The first moment that is not in the range any more."""
    if isinstance(bound, datetime):
        _refuse_time(query, "end_time", "ends")
        return _local_until(clock, bound.replace(microsecond=0) + _SECOND)
    if "end_time" in query:
        return datetime.combine(bound, query["end_time"]) + _SECOND
    return datetime.combine(bound, time.min) + _DAY


def _refuse_time(query: Mapping[str, Any], name: str, verb: str) -> None:
    if name in query:
        raise InvalidInput({name: [f"Only where the range {verb} with a date"]})


def _local_since(clock: Clock, bound: datetime) -> datetime:
    """The earliest local time from that moment on; without an offset it is local already.

    When summer time ends, an hour comes again: what happens in it is later, and looks earlier.
    """
    if bound.tzinfo is None:
        return bound
    return min(clock.to_local(moment) for moment in (bound, *_quarters(bound)))


def _local_until(clock: Clock, bound: datetime) -> datetime:
    """The latest local time up to that moment, which is not in the range itself."""
    if bound.tzinfo is None:
        return bound
    before = (moment - _REPEATED for moment in _quarters(bound))
    ends = (clock.to_local(moment - _SECOND) + _SECOND for moment in before)
    return max(clock.to_local(bound), *ends)


def _quarters(bound: datetime) -> Iterator[datetime]:
    """The full quarters of the hours after a moment: clocks are changed at one of these."""
    start = bound.replace(minute=bound.minute // 15 * 15, second=0)
    return (start + number * _QUARTER for number in range(1, 1 + _REPEATED // _QUARTER))


def _day(clock: Clock, bound: date) -> date:
    if isinstance(bound, datetime):
        return bound.date() if bound.tzinfo is None else clock.to_local(bound).date()
    return bound


def _checked(span: Range, most_days: int | None) -> Range:
    if span.end <= span.start:
        raise InvalidInput({"end_date": ["Before start_date"]})
    if most_days is not None and span.end - span.start > most_days * _DAY:
        raise InvalidInput({"end_date": [f"At most {most_days} days"]})
    return span
