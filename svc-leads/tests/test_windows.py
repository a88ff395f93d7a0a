"""The hours in which a lead may be called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_leads.call_times.lookup import CallTimes
from svc_leads.call_times.windows import (
    CallTime,
    Holiday,
    StateCallTime,
    Window,
    Windows,
    ids,
    is_open,
    narrowed,
)

MONDAY, SUNDAY = 0, 6
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
NONE: frozenset[str] = frozenset()


def hours(start: int, stop: int, **days: tuple[int, int]) -> Windows:
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    return Windows(Window(start, stop), tuple(Window(*days.get(name, (0, 0))) for name in names))


def call_times(
    state_holidays: frozenset[str] = NONE, holidays_today: tuple[Holiday, ...] = ()
) -> CallTimes:
    """`9am-9pm`, which knows two rows of Texas and one of Florida, and two holidays."""
    return CallTimes(
        [
            CallTime("9am-9pm", hours(900, 2100), ids("|texas2|texas|florida|"), ids("|xmas|eve|")),
            CallTime("24hours", hours(0, 2400), NONE, NONE),
        ],
        [
            StateCallTime("texas2", "tx", hours(0, 2400), NONE),
            StateCallTime("texas", "tx", hours(1300, 1400), state_holidays),
            StateCallTime("florida", "fl", hours(0, 0), NONE),
            StateCallTime("utah", "ut", hours(2400, 2400), NONE),
        ],
        holidays_today,
    )


@pytest.mark.parametrize(
    ("time", "expected"),
    [("08:59", False), ("09:00", True), ("12:30", True), ("20:59", True), ("21:00", False)],
)
def test_start_is_inclusive_and_stop_exclusive(time: str, expected: bool) -> None:
    local_time = datetime.fromisoformat(f"2026-11-23T{time}:59+00:00")

    assert is_open(hours(900, 2100), local_time) is expected


@pytest.mark.parametrize(
    ("windows", "day", "expected"),
    [
        pytest.param(hours(900, 2100, sunday=(1330, 2100)), SUNDAY, False, id="day's own"),
        pytest.param(hours(900, 2100, sunday=(1330, 2100)), MONDAY, True, id="other day"),
        pytest.param(hours(900, 1100, monday=(1100, 1300)), MONDAY, True, id="day beats default"),
        pytest.param(hours(900, 2100, sunday=(2400, 2400)), SUNDAY, False, id="2400-2400 closed"),
        pytest.param(hours(900, 2100, monday=(0, 1100)), MONDAY, False, id="only start is 0"),
        pytest.param(hours(900, 2100, monday=(900, 0)), MONDAY, False, id="only stop is 0"),
        pytest.param(hours(0, 2400), MONDAY, True, id="24 hours"),
        pytest.param(hours(0, 0), MONDAY, False, id="no hours at all"),
    ],
)
def test_window_of_the_weekday(windows: Windows, day: int, expected: bool) -> None:
    assert is_open(windows, NOON + timedelta(days=day)) is expected


def test_holiday_narrows_every_window_that_is_set() -> None:
    week = hours(900, 2100, monday=(1000, 1500), sunday=(2400, 2400))

    assert narrowed(week, Window(1200, 1700)) == hours(
        1200, 1700, monday=(1200, 1500), sunday=(2400, 1700)
    )


windows = st.builds(Window, st.integers(0, 2400), st.integers(0, 2400))
weeks = st.builds(Windows, windows, st.tuples(*[windows] * 7))


@given(weeks, windows, st.datetimes(timezones=st.just(UTC)))
def test_holiday_never_opens_what_was_closed(
    week: Windows, holiday: Window, local_time: datetime
) -> None:
    day = week.days[local_time.weekday()]
    # A day that the holiday makes (0, 0) is the default's from then on.
    if is_open(narrowed(week, holiday), local_time) and day.start:
        assert is_open(week, local_time)


@pytest.mark.parametrize(
    ("call_time_id", "offset", "state", "expected"),
    [
        pytest.param("9am-9pm", 0.0, "", True, id="noon"),
        pytest.param("9AM-9PM", 0.0, "", True, id="case of the id"),
        pytest.param("9am-9pm", None, "", True, id="offset NULL is 0"),
        pytest.param("9am-9pm", -4.0, "", False, id="08:00 there"),
        pytest.param("9am-9pm", 9.5, "", False, id="21:30 there"),
        pytest.param("9am-9pm", 8.75, "", True, id="20:45 there"),
        pytest.param("9am-9pm", 0.0, "TX", False, id="first row of the state by id"),
        pytest.param("9am-9pm", 1.25, "TX", True, id="state's own hours"),
        pytest.param("9am-9pm", 0.0, "FL", False, id="state's default replaces too"),
        pytest.param("9am-9pm", 0.0, "UT", True, id="state that the call time does not name"),
        pytest.param("24hours", -12.0, "TX", True, id="call time without states"),
        pytest.param("12hours", 0.0, "", False, id="no such call time"),
    ],
)
def test_may_call(call_time_id: str, offset: float | None, state: str, expected: bool) -> None:
    assert call_times().may_call(call_time_id, offset, state, NOON) is expected


def test_weekday_is_that_of_the_lead() -> None:
    sunday_closed = CallTimes(
        [CallTime("x", hours(0, 2400, sunday=(2400, 2400)), NONE, NONE)], [], []
    )
    early_on_monday = datetime(2026, 11, 23, 3, tzinfo=UTC)

    assert sunday_closed.may_call("x", 0.0, "", early_on_monday)
    assert not sunday_closed.may_call("x", -5.0, "", early_on_monday)


def test_first_holiday_by_id_narrows() -> None:
    both = (Holiday("xmas", Window(0, 2400)), Holiday("eve", Window(900, 1200)))

    assert not call_times(holidays_today=both).may_call("9am-9pm", 0.0, "", NOON)
    assert call_times(holidays_today=both[:1]).may_call("9am-9pm", 0.0, "", NOON)
    assert call_times(holidays_today=both).may_call("24hours", 0.0, "", NOON)


def test_holidays_of_the_state_count_when_it_has_any() -> None:
    today = (Holiday("eve", Window(900, 1200)), Holiday("texasday", Window(900, 2100)))
    own, inherited = call_times(ids("|texasday|"), today), call_times(holidays_today=today)

    assert own.may_call("9am-9pm", 1.0, "TX", NOON)
    assert not inherited.may_call("9am-9pm", 1.0, "TX", NOON)


@pytest.mark.parametrize("text", [None, "", "|", "||", " | "])
def test_no_ids(text: str | None) -> None:
    assert ids(text) == NONE


def test_ids_stand_between_bars() -> None:
    assert ids("|Texas|florida| utah |") == {"texas", "florida", "utah"}
