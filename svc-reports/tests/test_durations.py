"""Seconds as the activity of agents writes them."""

import pytest
from svc_reports.agent_stats.activity import Figures
from svc_reports.agent_stats.durations import WRITE, hours, is_duration, minutes


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (9, "0:09"),
        (59, "0:59"),
        (60, "1:00"),
        (600, "10:00"),
        (3600, "60:00"),
        (5025, "83:45"),
        (360_000, "6000:00"),
        (-30, "-0:30"),
        (-61, "-1:01"),
    ],
)
def test_minutes_are_as_many_as_there_are(seconds: int, text: str) -> None:
    assert minutes(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00:00"),
        (9, "0:00:09"),
        (599, "0:09:59"),
        (3599, "0:59:59"),
        (3600, "1:00:00"),
        (5025, "1:23:45"),
        (86_399, "23:59:59"),
        (86_400, "24:00:00"),
        (3_600_000, "1000:00:00"),
        (-30, "-0:00:30"),
        (-3601, "-1:00:01"),
    ],
)
def test_hours_are_as_many_as_there_are(seconds: int, text: str) -> None:
    assert hours(seconds) == text


@pytest.mark.parametrize(
    ("time_format", "text"), [("S", 5025), ("M", "83:45"), ("H", "1:23:45"), ("HF", "1:23:45")]
)
def test_each_format_writes_what_lasts(time_format: str, text: object) -> None:
    assert WRITE[time_format](5025) == text


def test_times_and_the_average_session_are_what_lasts() -> None:
    assert [name for name in Figures._fields if is_duration(name)] == [
        "login_time", "total_talk_time", "avg_talk_time", "avg_wait_time", "pause_time",
        "avg_session", "avg_pause_time", "wait_time", "talk_time", "dispo_time", "dead_time",
    ]  # fmt: skip
