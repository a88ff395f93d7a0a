"""SQL of call times, a fixed number of statements for any number of ids.

Reads vicidial_call_times, vicidial_state_call_times, vicidial_call_time_holidays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from dialkit.collation import folded
from dialkit.db import Queries

from svc_leads.call_times.windows import CallTime, Holiday, StateCallTime, Window, Windows, ids


async def list_call_times(db: Queries, call_time_ids: Collection[str]) -> list[CallTime]:
    """The call times with these ids."""
    if not call_time_ids:
        return []
    rows = await db.fetch_all(
        """
        SELECT call_time_id, ct_state_call_times, ct_holidays,
            ct_default_start, ct_default_stop,
            ct_monday_start, ct_monday_stop, ct_tuesday_start, ct_tuesday_stop,
            ct_wednesday_start, ct_wednesday_stop, ct_thursday_start, ct_thursday_stop,
            ct_friday_start, ct_friday_stop, ct_saturday_start, ct_saturday_stop,
            ct_sunday_start, ct_sunday_stop
        FROM vicidial_call_times
        WHERE call_time_id IN %s
        """,
        list(call_time_ids),
    )
    return [
        CallTime(
            folded(row[0]), _windows(row[3:]), state_call_times=ids(row[1]), holidays=ids(row[2])
        )
        for row in rows
    ]


async def list_state_call_times(
    db: Queries, state_call_time_ids: Collection[str]
) -> list[StateCallTime]:
    """The states' call times with these ids."""
    if not state_call_time_ids:
        return []
    rows = await db.fetch_all(
        """
        SELECT state_call_time_id, state_call_time_state, ct_holidays,
            sct_default_start, sct_default_stop,
            sct_monday_start, sct_monday_stop, sct_tuesday_start, sct_tuesday_stop,
            sct_wednesday_start, sct_wednesday_stop, sct_thursday_start, sct_thursday_stop,
            sct_friday_start, sct_friday_stop, sct_saturday_start, sct_saturday_stop,
            sct_sunday_start, sct_sunday_stop
        FROM vicidial_state_call_times
        WHERE state_call_time_id IN %s
        """,
        list(state_call_time_ids),
    )
    return [
        StateCallTime(folded(row[0]), folded(row[1]), _windows(row[3:]), holidays=ids(row[2]))
        for row in rows
    ]


async def list_holidays(db: Queries, holiday_ids: Collection[str], today: date) -> list[Holiday]:
    """Those of these holidays that are today and in force."""
    if not holiday_ids:
        return []
    rows = await db.fetch_all(
        """
        SELECT holiday_id, ct_default_start, ct_default_stop
        FROM vicidial_call_time_holidays
        WHERE holiday_id IN %s AND holiday_status = 'ACTIVE' AND holiday_date = %s
        """,
        list(holiday_ids),
        today,
    )
    return [Holiday(folded(holiday_id), Window(start, stop)) for holiday_id, start, stop in rows]


def _windows(columns: Sequence[int | None]) -> Windows:
    """The windows of (start, stop) columns: the default, then the days from Monday."""
    values = [value or 0 for value in columns]
    default, *days = map(Window, values[::2], values[1::2])
    return Windows(default, tuple(days))
