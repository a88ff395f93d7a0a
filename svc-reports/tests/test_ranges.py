"""The time range that a query asks for."""

from datetime import UTC, datetime
from typing import Any

import pytest
from dialkit.clock import Clock
from dialkit.errors import InvalidInput
from dialkit.http import load
from svc_reports.ranges import Range, Timed, asked_range, days_up_to, range_or_today

# 10:30 in New York.
NOW = datetime(2025, 1, 8, 15, 30, tzinfo=UTC)
CLOCK = Clock("America/New_York", lambda: NOW)


def asked(most_days: int | None = 366, /, **parameters: str) -> tuple[str, str] | None:
    """The range of a query, as text."""
    span = asked_range(load(Timed(), parameters), CLOCK, most_days=most_days)
    return span and span.as_sql


def refused(most_days: int | None = 366, /, **parameters: str) -> dict[str, Any]:
    with pytest.raises(InvalidInput) as refusal:
        asked(most_days, **parameters)
    return dict(refusal.value.details or {})


@pytest.mark.parametrize("start", ["start_date", "query_date", "date", "datetime_start"])
@pytest.mark.parametrize("end", ["end_date", "datetime_end"])
def test_each_bound_has_several_names(start: str, end: str) -> None:
    parameters = {start: "2025-01-01", end: "2025-01-03"}

    assert asked(**parameters) == ("2025-01-01 00:00:00", "2025-01-04 00:00:00")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2025-01-01", "2025-01-01", ("2025-01-01 00:00:00", "2025-01-02 00:00:00"),
                     id="a date is the whole day"),
        pytest.param("2025-01-01 08:00:00", "2025-01-01 17:00:00",
                     ("2025-01-01 08:00:00", "2025-01-01 17:00:01"), id="a time is its second"),
        pytest.param("2025-01-01+08:00:00", "2025-01-01+08:00:00",
                     ("2025-01-01 08:00:00", "2025-01-01 08:00:01"), id="VICIdial's plus"),
        pytest.param("2025-01-01T13:00:00Z", "2025-01-01T14:00:00+01:00",
                     ("2025-01-01 08:00:00", "2025-01-01 08:00:01"), id="RFC 3339"),
        pytest.param("2025-01-01T13:00:00.9Z", "2025-01-01T13:00:01.1Z",
                     ("2025-01-01 08:00:00", "2025-01-01 08:00:02"), id="fractions"),
        pytest.param("2025-03-09", "2025-03-09", ("2025-03-09 00:00:00", "2025-03-10 00:00:00"),
                     id="a day of 23 hours"),
        pytest.param("2024-12-31", "2025-01-01", ("2024-12-31 00:00:00", "2025-01-02 00:00:00"),
                     id="over a year's end"),
    ],
)  # fmt: skip
def test_both_bounds_are_inside(start: str, end: str, expected: tuple[str, str]) -> None:
    assert asked(start_date=start, end_date=end) == expected


@pytest.mark.parametrize("name", ["query_date", "date"])
def test_one_day_needs_no_end(name: str) -> None:
    assert asked(**{name: "2025-01-02"}) == ("2025-01-02 00:00:00", "2025-01-03 00:00:00")


@pytest.mark.parametrize("name", ["start_date", "datetime_start"])
def test_a_start_without_end_goes_on_to_the_end_of_today(name: str) -> None:
    assert asked(**{name: "2025-01-02"}) == ("2025-01-02 00:00:00", "2025-01-09 00:00:00")


def test_no_start_is_no_range_or_today() -> None:
    today = range_or_today({}, CLOCK, most_days=93)

    assert asked() is None
    assert today.as_sql == ("2025-01-08 00:00:00", "2025-01-09 00:00:00")


@pytest.mark.parametrize("end", ["end_date", "datetime_end"])
def test_an_end_without_a_start_is_refused(end: str) -> None:
    assert refused(**{end: "2025-01-08"}) == {"start_date": ["Required with end_date"]}


@pytest.mark.parametrize(
    "parameters",
    [
        {"start_date": "2025-01-01", "query_date": "2025-01-01"},
        {"date": "2025-01-01", "datetime_start": "2025-01-02"},
        {"start_date": "2025-01-01", "end_date": "2025-01-01", "datetime_end": "2025-01-01"},
    ],
)
def test_a_bound_in_two_spellings_is_refused(parameters: dict[str, str]) -> None:
    (field,) = refused(**parameters)

    assert field in list(parameters)[1:]


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-01-02", "2025-01-01"), ("2025-01-01 10:00:01", "2025-01-01 10:00:00")],
)
def test_an_end_before_the_start_is_refused(start: str, end: str) -> None:
    assert refused(start_date=start, end_date=end) == {"end_date": ["Before start_date"]}


def test_a_start_after_today_without_an_end_is_refused() -> None:
    assert refused(start_date="2025-01-09") == {"end_date": ["Before start_date"]}


def test_a_range_has_a_longest() -> None:
    longest = {"start_date": "2025-01-01", "end_date": "2025-04-03"}

    assert asked(93, **longest) == ("2025-01-01 00:00:00", "2025-04-04 00:00:00")
    assert refused(93, **(longest | {"end_date": "2025-04-04 00:00:00"})) == {
        "end_date": ["At most 93 days"]
    }
    assert asked(None, start_date="1000-01-01", end_date="9999-12-29") is not None


@pytest.mark.parametrize(
    "value",
    ["today", "2025-1-1", "2025-02-30", "0000-00-00", "0999-12-31", "2025-01-01 24:00:00",
     "2025-01-01T10", "9999-12-30", "9999-12-31T23:59:59-14:00", "20250101", "now()"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["start_date", "datetime_end"])
def test_what_is_no_time_is_refused(name: str, value: str) -> None:
    assert list(refused(**{"start_date": "2025-01-01", name: value})) == [name]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"query_date": "2025-01-02", "query_time": "08:00:00", "end_time": "16:59:59"},
         ("2025-01-02 08:00:00", "2025-01-02 17:00:00")),
        ({"start_date": "2025-01-02", "end_date": "2025-01-03", "end_time": "12:00:00"},
         ("2025-01-02 00:00:00", "2025-01-03 12:00:01")),
        ({"query_date": "2025-01-02", "end_time": "23:59:59"},
         ("2025-01-02 00:00:00", "2025-01-03 00:00:00")),
    ],
)  # fmt: skip
def test_the_first_and_the_last_day_may_have_a_time(
    parameters: dict[str, str], expected: tuple[str, str]
) -> None:
    assert asked(**parameters) == expected


def test_today_may_have_a_time_too() -> None:
    query = load(Timed(), {"query_time": "09:00:00", "end_time": "09:59:59"})

    span = range_or_today(query, CLOCK, most_days=93)

    assert span.as_sql == ("2025-01-08 09:00:00", "2025-01-08 10:00:00")


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"start_date": "2025-01-02 08:00:00", "query_time": "08:00:00"}, "query_time"),
        ({"date": "2025-01-02", "end_date": "2025-01-02 09:00:00", "end_time": "08:00:00"},
         "end_time"),
        ({"date": "2025-01-02", "query_time": "8:00"}, "query_time"),
        ({"date": "2025-01-02", "end_time": "24:00:00"}, "end_time"),
        ({"date": "2025-01-02", "query_time": "10:00:00", "end_time": "09:00:00"}, "end_date"),
    ],
)  # fmt: skip
def test_times_that_fit_no_day_are_refused(parameters: dict[str, str], field: str) -> None:
    assert list(refused(**parameters)) == [field]


def test_a_range_is_written_as_a_request_would_ask_for_it() -> None:
    span = Range(datetime(2025, 1, 1), datetime(2025, 1, 2))  # noqa: DTZ001 - local

    assert span.as_parameters == {
        "start_date": "2025-01-01 00:00:00",
        "end_date": "2025-01-01 23:59:59",
    }
    assert asked(**span.as_parameters) == span.as_sql


def test_the_days_up_to_the_newest_row_have_its_second_in_them() -> None:
    assert days_up_to("2025-01-08 10:00:00.084394", CLOCK, most_days=93).as_sql == (
        "2024-12-08 10:00:01",
        "2025-01-08 10:00:01",
    )


def test_there_are_no_more_days_than_a_range_may_have() -> None:
    span = days_up_to("2025-01-08 10:00:00", CLOCK, most_days=7)

    assert span.as_sql == ("2025-01-01 10:00:01", "2025-01-08 10:00:01")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2025-03-09 02:00:00", "2025-03-09 02:59:59",
                     ("2025-03-09 02:00:00", "2025-03-09 03:00:00"), id="skipped, as it was asked"),
        pytest.param("2025-03-09T06:30:00Z", "2025-03-09T07:15:00Z",
                     ("2025-03-09 01:30:00", "2025-03-09 03:15:01"), id="over the skipped hour"),
        pytest.param("2025-11-02T05:30:00Z", "2025-11-02T06:15:00Z",
                     ("2025-11-02 01:00:00", "2025-11-02 02:00:00"), id="from one into the other"),
        pytest.param("2025-11-02T05:45:20Z", "2025-11-02T12:00:00Z",
                     ("2025-11-02 01:00:00", "2025-11-02 07:00:01"), id="from the first on"),
        pytest.param("2025-11-02T04:00:00Z", "2025-11-02T06:20:10Z",
                     ("2025-11-02 00:00:00", "2025-11-02 02:00:00"), id="up to the second"),
        pytest.param("2025-11-02 01:10:00", "2025-11-02 01:19:59",
                     ("2025-11-02 01:10:00", "2025-11-02 01:20:00"), id="local, both are meant"),
        pytest.param("2025-11-02T04:00:00Z", "2025-11-02T04:59:59Z",
                     ("2025-11-02 00:00:00", "2025-11-02 01:00:00"), id="before them"),
        pytest.param("2025-11-02T07:00:00Z", "2025-11-02T07:59:59Z",
                     ("2025-11-02 02:00:00", "2025-11-02 03:00:00"), id="after them"),
    ],
)  # fmt: skip
def test_no_row_is_lost_where_clocks_are_changed(
    start: str, end: str, expected: tuple[str, str]
) -> None:
    assert asked(start_date=start, end_date=end) == expected


def test_without_a_row_there_are_no_days() -> None:
    span = days_up_to(None, CLOCK, most_days=93)

    assert span.start == span.end
