"""Summer time: the ranges of the contract's table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_leads.timezone.dst import RANGES, in_summer_time

BEFORE_AND_AFTER = (timedelta(seconds=-1), timedelta(0))

# The Sundays of 2026 and of 2027 (a year that begins on a Friday), by hand from a calendar.
CHANGES = [
    ("SSM-FSN", "2026-03-08 02:00", "2026-11-01 02:00"),
    ("SSM-FSN", "2027-03-14 02:00", "2027-11-07 02:00"),
    ("FSA-LSO", "2026-04-05 02:00", "2026-10-25 02:00"),
    ("FSA-LSO", "2027-04-04 02:00", "2027-10-31 02:00"),
    ("LSM-LSO", "2026-03-29 01:00", "2026-10-25 01:00"),
    ("LSM-LSO", "2027-03-28 01:00", "2027-10-31 01:00"),
    ("LSO-LSM", "2026-10-25 01:00", "2026-03-29 01:00"),
    ("FSO-LSM", "2026-10-04 01:00", "2026-03-29 01:00"),
    ("FSO-LSM", "2027-10-03 01:00", "2027-03-28 01:00"),
    ("FSO-FSA", "2026-10-04 01:00", "2026-04-05 02:00"),
    ("FSO-TSM", "2026-10-04 01:00", "2026-03-15 01:00"),
    ("FSO-TSM", "2027-10-03 01:00", "2027-03-21 01:00"),
    ("LSS-FSA", "2026-09-27 01:00", "2026-04-05 02:00"),
    ("LSS-FSA", "2027-09-26 01:00", "2027-04-04 02:00"),
    ("TSO-LSF", "2026-10-18 01:00", "2026-02-22 01:00"),
    ("TSO-LSF", "2027-10-17 01:00", "2027-02-28 01:00"),
]

moments = st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1))  # noqa: DTZ001 - wall clock
ranges = st.sampled_from(sorted(RANGES))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("dst_range", "start", "end"), CHANGES)
def test_start_is_inclusive_and_end_exclusive(dst_range: str, start: str, end: str) -> None:
    assert [in_summer_time(dst_range, at(start) + step) for step in BEFORE_AND_AFTER] == [
        False,
        True,
    ]
    assert [in_summer_time(dst_range, at(end) + step) for step in BEFORE_AND_AFTER] == [
        True,
        False,
    ]


def test_every_range_of_the_contract_is_there() -> None:
    assert {name for name, _, _ in CHANGES} == set(RANGES)


@pytest.mark.parametrize("dst_range", ["FSO-LSM", "LSO-LSM", "FSO-FSA", "LSS-FSA", "TSO-LSF"])
def test_range_wraps_around_new_year(dst_range: str) -> None:
    assert in_summer_time(dst_range, at("2026-12-31 23:59"))
    assert in_summer_time(dst_range, at("2027-01-01 00:00"))
    assert not in_summer_time(dst_range, at("2026-07-01 00:00"))


@pytest.mark.parametrize("dst_range", ["", "SSO-SSM", "LTA-LTS", "FDA-FDO", "ssm-fsn"])
@given(moment=moments)
def test_other_ranges_have_no_summer_time(dst_range: str, moment: datetime) -> None:
    assert not in_summer_time(dst_range, moment)


@given(moment=moments)
def test_the_two_halves_of_a_year_complete_each_other(moment: datetime) -> None:
    assert in_summer_time("LSM-LSO", moment) != in_summer_time("LSO-LSM", moment)


@given(dst_range=ranges, year=st.integers(1990, 2080))
def test_clocks_change_twice_a_year_and_on_sundays(dst_range: str, year: int) -> None:
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(365)]
    summer = [in_summer_time(dst_range, noon) for noon in noons]
    changes = [n for n in range(1, len(noons)) if summer[n] != summer[n - 1]]

    assert [noons[n].strftime("%a") for n in changes] == ["Sun", "Sun"]
