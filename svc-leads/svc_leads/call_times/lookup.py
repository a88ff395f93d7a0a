"""Which windows hold for a lead: the call time's, its state's, today's holiday."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from dialkit.collation import folded
from dialkit.db import Queries

from svc_leads.call_times import store
from svc_leads.call_times.windows import (
    CallTime,
    Holiday,
    StateCallTime,
    Windows,
    is_open,
    narrowed,
)


class CallTimes:
    """Call times with what they refer to, for one day; ids are folded."""

    def __init__(
        self,
        call_times: Iterable[CallTime],
        state_call_times: Iterable[StateCallTime],
        holidays_today: Iterable[Holiday],
    ) -> None:
        self._call_times = {call_time.id: call_time for call_time in call_times}
        self._state_call_times = sorted(state_call_times, key=lambda row: row.id)
        self._holidays_today = sorted(holidays_today, key=lambda row: row.id)

    def exists(self, call_time_id: str) -> bool:
        """Whether there is such a call time."""
        return folded(call_time_id) in self._call_times

    def may_call(
        self, call_time_id: str, gmt_offset_now: float | None, state: str, now_utc: datetime
    ) -> bool:
        """Whether a lead with that offset and state may be called now."""
        windows = self._windows(folded(call_time_id), folded(state))
        local_time = now_utc + timedelta(hours=gmt_offset_now or 0)
        return windows is not None and is_open(windows, local_time)

    def _windows(self, call_time_id: str, state: str) -> Windows | None:
        call_time = self._call_times.get(call_time_id)
        if call_time is None:
            return None
        of_state = self._state_call_time(call_time, state)
        windows = of_state.windows if of_state else call_time.windows
        holiday_ids = of_state.holidays if of_state else frozenset()
        holiday = self._holiday(holiday_ids or call_time.holidays)
        return narrowed(windows, holiday.window) if holiday else windows

    def _state_call_time(self, call_time: CallTime, state: str) -> StateCallTime | None:
        if not state:
            return None
        wanted = call_time.state_call_times
        return next(
            (row for row in self._state_call_times if row.id in wanted and row.state == state), None
        )

    def _holiday(self, wanted: frozenset[str]) -> Holiday | None:
        return next((row for row in self._holidays_today if row.id in wanted), None)


async def load_call_times(db: Queries, call_time_ids: Collection[str], today: date) -> CallTimes:
    """These call times with the states and the holidays of today that they name."""
    call_times = await store.list_call_times(db, call_time_ids)
    named_states = {id_ for row in call_times for id_ in row.state_call_times}
    states = await store.list_state_call_times(db, named_states)
    named_holidays = {id_ for row in call_times for id_ in row.holidays}
    named_holidays |= {id_ for row in states for id_ in row.holidays}
    return CallTimes(call_times, states, await store.list_holidays(db, named_holidays, today))
