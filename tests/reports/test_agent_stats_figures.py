"""GET /api/v1/agent-stats/export: each figure at its borders."""

from typing import Any

import pytest
from support.agent_stats import DAY, EXPORT, make_records
from support.answers import told
from support.apps import Reports, Start
from support.call_logs import make_agent_record
from support.database import TestDatabase

NOTHING: dict[str, Any] = dict.fromkeys(
    ("pause_sec", "wait_sec", "talk_sec", "dispo_sec", "dead_sec")
)
EPOCH = 1736350200


async def figures(reports: Reports, *names: str) -> tuple[Any, ...]:
    """What the only row of the answer says."""
    (row,) = await told(reports, EXPORT, **DAY)
    return tuple(row[name] for name in names)


def calls(number: int, name: str, total: int) -> list[dict[str, Any]]:
    """That many calls, which took so many seconds together."""
    return [{"lead_id": 1, name: total}, *[{"lead_id": 1, name: 0}] * (number - 1)]


@pytest.mark.parametrize(
    ("total", "number", "average"),
    [
        pytest.param(1, 2, 1, id="0.5"),
        pytest.param(1, 3, 0, id="0.33"),
        pytest.param(2, 3, 1, id="0.67"),
        pytest.param(5, 2, 3, id="2.5"),
        pytest.param(7, 2, 4, id="3.5"),
        pytest.param(9, 4, 2, id="2.25"),
        pytest.param(65_535, 2, 32_768, id="32767.5"),
        pytest.param(0, 4, 0, id="0"),
    ],
)
@pytest.mark.parametrize(
    ("column", "name"),
    [("talk_sec", "avg_talk_time"), ("wait_sec", "avg_wait_time"), ("pause_sec", "avg_pause_time")],
)
async def test_averages_are_whole_seconds_rounded_half_up(
    reports: Reports,
    db: TestDatabase,
    column: str,
    name: str,
    total: int,
    number: int,
    average: int,
) -> None:
    make_records(db, *calls(number, column, total))

    assert await figures(reports, name) == (average,)


@pytest.mark.parametrize(
    ("leads", "number"),
    [
        pytest.param([1, 4294967295], 2, id="with leads"),
        pytest.param([0, None], 0, id="without"),
        pytest.param([5, 0, 5, None], 2, id="the same lead twice"),
    ],
)
async def test_a_record_with_a_lead_is_a_call(
    reports: Reports, db: TestDatabase, leads: list[int | None], number: int
) -> None:
    make_records(db, *({"lead_id": lead_id} for lead_id in leads))

    assert await figures(reports, "calls") == (number,)


async def test_calls_are_shares_of_those_of_all_rows(reports: Reports, db: TestDatabase) -> None:
    for user, number in (("1", 1), ("2", 5), ("3", 10), ("4", 0)):
        make_records(db, *[{"lead_id": 1}] * number, {"lead_id": None}, user=user)

    everybody = await told(reports, EXPORT, **DAY)
    one = await told(reports, EXPORT, **DAY, agent_user="2")

    # 6.25, 31.25 and 62.5 per cent.
    assert [row["pct_of_queue"] for row in everybody] == [6.3, 31.3, 62.5, 0.0]
    assert [row["pct_of_queue"] for row in one] == [100.0]


async def test_without_any_call_nothing_is_divided(reports: Reports, db: TestDatabase) -> None:
    make_agent_record(db, lead_id=0, **NOTHING)

    (row,) = await told(reports, EXPORT, **DAY)

    who = {"user": "6666", "full_name": None, "user_group": None}
    assert row == dict.fromkeys(row, 0) | who | {"sessions": 1}


async def test_an_agent_without_calls_has_times_all_the_same(
    reports: Reports, db: TestDatabase
) -> None:
    make_agent_record(
        db, lead_id=None, pause_sec=10, wait_sec=20, talk_sec=30, dispo_sec=40, dead_sec=5
    )  # fmt: skip

    found = await figures(
        reports, "calls", "pause_time", "wait_time", "talk_time", "dispo_time", "dead_time",
        "login_time", "total_talk_time", "avg_talk_time", "avg_wait_time",
    )  # fmt: skip

    assert found == (0, 10, 20, 30, 40, 5, 100, 25, 0, 0)


@pytest.mark.parametrize(
    ("talk_sec", "dead_sec", "customer", "average"),
    [
        pytest.param(100, 40, 60, 20, id="talk with dead time"),
        pytest.param(40, 40, 0, 0, id="nothing else"),
        pytest.param(10, 40, -30, -10, id="more dead than talk time"),
        pytest.param(0, 65_535, -65_535, -21_845, id="nothing but dead time"),
        pytest.param(None, 4, -4, -1, id="no talk time"),
        pytest.param(9, None, 9, 3, id="no dead time"),
    ],
)
async def test_customer_time_is_talk_without_dead_time(
    reports: Reports, db: TestDatabase, talk_sec: int, dead_sec: int, customer: int, average: int
) -> None:
    make_records(
        db,
        {"lead_id": 1, "talk_sec": talk_sec},
        {"lead_id": 2, "talk_sec": 0, "dead_sec": dead_sec},
        {"lead_id": 3, "talk_sec": 0},
    )

    found = await figures(reports, "total_talk_time", "avg_talk_time", "talk_time", "dead_time")

    assert found == (customer, average, talk_sec or 0, dead_sec or 0)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        pytest.param([None, None], (0, 0, 0), id="none"),
        pytest.param([0, None, 0], (2, 0, 0), id="of no length"),
        pytest.param([0, 5, None], (2, 5, 3), id="some"),
    ],
)
async def test_a_pause_is_what_has_a_length_or_zero(
    reports: Reports, db: TestDatabase, pauses: list[int | None], expected: tuple[int, int, int]
) -> None:
    make_records(db, *({"pause_sec": pause_sec} for pause_sec in pauses))

    assert await figures(reports, "pauses", "pause_time", "avg_pause_time") == expected


@pytest.mark.parametrize(
    ("sub_statuses", "expected"),
    [
        pytest.param([None, "", "LUNCH"], (1, 30, 3), id="none, at least one"),
        pytest.param(["LOGIN", None, None], (1, 30, 3), id="one"),
        pytest.param(["LOGIN", "LOGIN", "LOGOUT"], (2, 15, 2), id="two"),
        pytest.param(["LOGIN", None, "LOGIN", None, None], (2, 25, 3), id="2.5 pauses each"),
        pytest.param(["LOGIN"] * 4 + [None], (4, 13, 1), id="12.5 seconds each"),
    ],
)
async def test_sessions_begin_with_a_login(
    reports: Reports,
    db: TestDatabase,
    sub_statuses: list[str | None],
    expected: tuple[int, int, int],
) -> None:
    make_records(db, *({"sub_status": sub_status} for sub_status in sub_statuses), pause_sec=10)

    assert await figures(reports, "sessions", "avg_session", "pauses_per_session") == expected


@pytest.mark.parametrize(
    ("records", "login", "pause_pct"),
    [
        pytest.param(
            [{"pause_epoch": EPOCH, "pause_sec": 60, "wait_sec": 40}], 100, 60.0, id="one record"
        ),
        pytest.param(
            [{"pause_epoch": EPOCH, "pause_sec": 60, "talk_sec": 40},
             {"pause_epoch": EPOCH + 1000, "dispo_sec": 20}], 120, 50.0, id="a gap between two"
        ),
        pytest.param(
            [{"pause_epoch": EPOCH, "pause_sec": 60, "talk_sec": 40},
             {"pause_epoch": EPOCH + 10, "pause_sec": 60, "wait_sec": 20}], 100, 120.0,
            id="one while the other goes on",
        ),
        pytest.param(
            [{"pause_epoch": EPOCH + 50, "pause_sec": 10},
             {"pause_epoch": EPOCH, "wait_sec": 200}], 200, 5.0, id="one within the other"
        ),
        pytest.param(
            [{"pause_epoch": None, "pause_sec": 60}, {"pause_epoch": EPOCH, "wait_sec": 40}],
            40, 150.0, id="one without its time",
        ),
        pytest.param(
            [{"pause_epoch": None, "pause_sec": 60}, {"pause_epoch": None, "wait_sec": 20}],
            80, 75.0, id="both without their time",
        ),
        pytest.param(
            [{"pause_epoch": EPOCH, **NOTHING, "talk_sec": 20},
             {"pause_epoch": EPOCH, **NOTHING, "dispo_sec": 30}], 30, 0.0, id="NULL seconds"
        ),
        pytest.param(
            [{"pause_epoch": EPOCH, **NOTHING}, {"pause_epoch": None, "pause_sec": 60}], 0, 0.0,
            id="no time at all",
        ),
        pytest.param(
            [{"pause_epoch": EPOCH, "dead_sec": 500, "talk_sec": 600}], 600, 0.0,
            id="dead time is talk time",
        ),
        pytest.param([{"pause_sec": 1, "wait_sec": 15}], 16, 6.3, id="6.25 per cent"),
        pytest.param([{"pause_sec": 1, "wait_sec": 1999}], 2000, 0.1, id="0.05 per cent"),
        pytest.param([{"pause_sec": 1, "wait_sec": 2000}], 2001, 0.0, id="0.04998 per cent"),
    ],
)  # fmt: skip
async def test_nobody_was_logged_in_for_longer_than_from_first_to_last(
    reports: Reports,
    db: TestDatabase,
    records: list[dict[str, Any]],
    login: int,
    pause_pct: float,
) -> None:
    make_records(db, *records)

    assert await figures(reports, "login_time", "pause_pct") == (login, pause_pct)


@pytest.mark.parametrize("window_s", [1, 60, 3600])
async def test_the_cap_is_that_of_all_windows_together(
    start_reports: Start, db: TestDatabase, window_s: int
) -> None:
    reports = await start_reports(window_s=window_s)
    for minute, pause_sec in enumerate([300, 30, None]):
        make_agent_record(
            db, event_time=f"2025-01-08 10:{30 + minute}:00", pause_epoch=EPOCH + 60 * minute,
            pause_sec=pause_sec, wait_sec=20,
        )  # fmt: skip

    (row,) = await told(
        reports, EXPORT, start_date="2025-01-08 10:30:00", end_date="2025-01-08 10:32:00"
    )

    # 370 seconds within 320.
    assert (row["login_time"], row["pauses"], row["pause_time"]) == (320, 2, 330)
