"""The clock of a request, and the way between the database's local time and UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from aiohttp import web

SQL_FORMAT = "%Y-%m-%d %H:%M:%S"
_ZERO = "0000-00-00"


class Moment(NamedTuple):
    """One instant in whole seconds: in UTC, and local as the database keeps it; `sql` its text."""

    utc: datetime
    local: datetime
    sql: str

    @property
    def today(self) -> date:
        """The local date."""
        return self.local.date()


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Tells the time in `TIMEZONE`, the zone that the database server lives in."""

    def __init__(self, timezone: str, source: Callable[[], datetime] = _utc_now) -> None:
        self.timezone = timezone
        self._zone = ZoneInfo(timezone)
        self._source = source
        self._moment = lru_cache(8)(self._tell)
        self._minute = lru_cache(8192)(self._in_utc)

    def now(self) -> Moment:
        """Now; take it once a request."""
        return self._moment(self._source().replace(microsecond=0))

    def _tell(self, utc: datetime) -> Moment:
        local = utc.astimezone(self._zone).replace(tzinfo=None)
        return Moment(utc, local, local.strftime(SQL_FORMAT))

    def to_local(self, value: datetime) -> datetime:
        """A time of a request as the database keeps it.

        Without an offset it is local already. A local time that summer time skips is moved by the
        gap (02:30 is 03:30); of one that comes twice the first is meant.
        """
        if value.tzinfo is None:
            value = value.replace(tzinfo=self._zone).astimezone(UTC)
        return value.astimezone(self._zone).replace(tzinfo=None)

    def from_sql(self, text: str | None, epoch: int | None = None) -> str | None:
        """A database date-time as RFC 3339 in UTC; NULL and what has zeros for a date as None.

        Of the hour that comes twice when summer time ends, the row's own `epoch` says which it is;
        without one it is the first.
        """
        if text is None:
            return None
        minute = self._minute(text[:16])
        if minute is None:
            return None
        first, second = minute
        if epoch is None or second <= first:  # it comes once, or never
            return f"{first}{text[16:19]}Z"
        both = (f"{utc}{text[16:19]}Z" for utc in minute)
        return min(both, key=lambda utc: abs(datetime.fromisoformat(utc).timestamp() - epoch))

    def _in_utc(self, minute: str) -> tuple[str, str] | None:
        """A local minute in UTC, if it is the first of two, and if it is the second."""
        if minute.startswith(_ZERO):
            return None
        try:
            local = datetime.fromisoformat(minute)
            both = [
                local.replace(tzinfo=self._zone, fold=fold).astimezone(UTC).replace(tzinfo=None)
                for fold in (0, 1)
            ]
        except (ValueError, OverflowError):  # a month or a day is zero; the end of time
            return None
        first, second = (utc.isoformat(timespec="minutes") for utc in both)
        return first, second


def date_from_sql(text: str | None) -> str | None:
    """A database date as `YYYY-MM-DD`; NULL and the zero date as None."""
    return None if text is None or text.startswith(_ZERO) else text


CLOCK = web.AppKey("CLOCK", Clock)
