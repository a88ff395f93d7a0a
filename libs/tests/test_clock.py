"""The way between UTC and the database's local time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from dialkit.clock import Clock, date_from_sql
from hypothesis import given
from hypothesis import strategies as st

NEW_YORK = Clock("America/New_York")
ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]

moments = st.datetimes(
    min_value=datetime.fromisoformat("1970-01-02 00:00:00"),
    max_value=datetime.fromisoformat("2100-01-01 00:00:00"),
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))


@given(moments, st.sampled_from(ZONES))
def test_a_time_of_a_request_leaves_as_it_came(moment: datetime, zone: str) -> None:
    clock = Clock(zone)

    shown = clock.from_sql(clock.to_local(moment).isoformat(sep=" "))

    back = datetime.fromisoformat(str(shown))
    # In the hour that comes twice the database cannot tell; the first is meant.
    assert moment - back in (timedelta(0), timedelta(hours=1), timedelta(minutes=30))
    assert clock.to_local(back) == clock.to_local(moment)


@given(moments, st.integers(-12 * 60, 14 * 60))
def test_an_offset_says_the_same_moment_in_other_words(moment: datetime, minutes: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))

    assert NEW_YORK.to_local(elsewhere) == NEW_YORK.to_local(moment)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        pytest.param("2025-01-08 10:30:00", "2025-01-08T15:30:00Z", id="winter"),
        pytest.param("2025-07-08 10:30:00", "2025-07-08T14:30:00Z", id="summer"),
        pytest.param("2025-12-31 23:59:59", "2026-01-01T04:59:59Z", id="the next year"),
        pytest.param("2025-03-09 01:59:59", "2025-03-09T06:59:59Z", id="before the gap"),
        pytest.param("2025-03-09 03:00:00", "2025-03-09T07:00:00Z", id="after the gap"),
        pytest.param("2025-11-02 01:30:00", "2025-11-02T05:30:00Z", id="the first of two"),
        pytest.param("2025-11-02 02:00:00", "2025-11-02T07:00:00Z", id="after both"),
    ],
)
def test_local_times_leave_in_utc(local: str, utc: str) -> None:
    assert NEW_YORK.from_sql(local) == utc
    assert NEW_YORK.to_local(datetime.fromisoformat(utc)) == datetime.fromisoformat(local)
    assert NEW_YORK.to_local(datetime.fromisoformat(local)) == datetime.fromisoformat(local)


def test_a_local_time_that_summer_time_skips_is_moved_by_the_gap() -> None:
    assert NEW_YORK.to_local(
        datetime.fromisoformat("2025-03-09 02:30:00")
    ) == datetime.fromisoformat("2025-03-09 03:30:00")
    assert NEW_YORK.from_sql("2025-03-09 02:30:00") == "2025-03-09T07:30:00Z"


@pytest.mark.parametrize("text", [None, "0000-00-00", "0000-00-00 00:00:00"])
def test_null_and_zero_dates_leave_as_null(text: str | None) -> None:
    assert NEW_YORK.from_sql(text) is None
    assert date_from_sql(text) is None


@pytest.mark.parametrize("text", ["2025-00-08 10:30:00", "2025-01-00 10:30:00", "2025-02-30"])
def test_what_is_no_date_leaves_as_null(text: str) -> None:
    assert NEW_YORK.from_sql(text) is None


def test_a_moment_that_utc_has_no_date_for_leaves_as_null() -> None:
    assert NEW_YORK.from_sql("9999-12-31 18:59:59") == "9999-12-31T23:59:59Z"
    assert NEW_YORK.from_sql("9999-12-31 19:00:00") is None
    assert NEW_YORK.from_sql("9999-12-31 23:59:59") is None
    assert Clock("Asia/Tokyo").from_sql("0001-01-01 00:00:00") is None


@pytest.mark.parametrize("year", ["0001", "0099", "0999", "1000"])
def test_a_year_has_four_digits(year: str) -> None:
    assert Clock("UTC").from_sql(f"{year}-06-15 10:30:00") == f"{year}-06-15T10:30:00Z"


def test_a_date_leaves_as_it_is() -> None:
    assert date_from_sql("1980-01-15") == "1980-01-15"


def test_fractions_of_a_second_are_not_shown() -> None:
    assert NEW_YORK.from_sql("2025-01-08 10:30:00.123456") == "2025-01-08T15:30:00Z"


def test_now_is_one_moment_told_twice() -> None:
    clock = Clock("America/New_York", lambda: datetime(2025, 7, 9, 2, 0, 1, 999_999, tzinfo=UTC))

    now = clock.now()

    assert now.utc == datetime(2025, 7, 9, 2, 0, 1, tzinfo=UTC)
    assert now.local == datetime.fromisoformat("2025-07-08 22:00:01")
    assert (now.sql, now.today.isoformat()) == ("2025-07-08 22:00:01", "2025-07-08")


@pytest.mark.parametrize(
    ("zone", "local", "epoch", "utc"),
    [
        pytest.param("America/New_York", "2025-11-02 01:30:00", 1762061400,
                     "2025-11-02T05:30:00Z", id="the first of two"),
        pytest.param("America/New_York", "2025-11-02 01:30:00", 1762065000,
                     "2025-11-02T06:30:00Z", id="the second of two"),
        pytest.param("America/New_York", "2025-11-02 01:30:00", 1762065007,
                     "2025-11-02T06:30:00Z", id="seconds later"),
        pytest.param("Australia/Lord_Howe", "2025-04-06 01:45:00", 1743865500,
                     "2025-04-05T15:15:00Z", id="half an hour comes twice"),
        pytest.param("America/New_York", "2025-03-09 02:30:00", 1741501800,
                     "2025-03-09T07:30:00Z", id="in the gap"),
        pytest.param("America/New_York", "2025-01-08 10:30:00", 0,
                     "2025-01-08T15:30:00Z", id="an epoch of another time"),
    ],
)  # fmt: skip
def test_a_rows_epoch_tells_which_of_two_hours_it_is(
    zone: str, local: str, epoch: int, utc: str
) -> None:
    assert Clock(zone).from_sql(local, epoch) == utc
