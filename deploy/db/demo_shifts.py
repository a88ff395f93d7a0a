"""Demo shifts: what agents did before this moment, today and on two days before, and with whom."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any, NamedTuple

from deploy.db.demo_logged_calls import LoggedCall
from deploy.db.demo_rows import Row, Rows
from deploy.db.demo_sessions import PLACES, Place
from deploy.db.demo_users import login_time

_SEED = 20250108
_DAYS_AGO = (2, 1, 0)
# To each agent from each in-group, as the agent's row of the in-group counts them.
_IN_GROUP_CALLS = 2
_FIRST_NUMBER = 1001
_LISTS = {"TESTCAMP": 101, "NEWCAMP": 201}
# Nobody dials it, but its leads call.
_CALLERS_LIST = 102
# Others wait for a call that was promised, or were never called.
_CALLED = {"A", "B", "DC", "NA", "NI", "SALE"}
# By what was said: a few words at most, or more.
_BRIEF_S = 40
_OF_BRIEF = {"A": 55, "N": 25, "DAIR": 10, "DC": 10}
_OF_DIALED = {"NI": 50, "DEC": 20, "SALE": 15, "NP": 15}
_OF_CALLERS = {"SALE": 40, "NI": 30, "DEC": 20, "N": 10}
_NOT_ANSWERED = {"NA": 55, "AA": 20, "B": 12, "DROP": 7, "ADC": 6}


class Record(NamedTuple):
    """A row of the agents' log: a pause, waiting, a call and what comes after it, in seconds."""

    place: Place
    began: datetime
    pause: int
    wait: int = 0
    talk: int = 0
    dead: int = 0
    dispo: int = 0
    call: LoggedCall | None = None
    pause_code: str | None = None


class Shifts(NamedTuple):
    """All calls that are over, and what agents did, each in the order of their times."""

    calls: list[LoggedCall]
    records: list[Record]


class _Slot(NamedTuple):
    """The part of a shift that is for one call; of a shift without calls, all of it."""

    began: datetime
    seconds: int
    place: Place
    in_group: str
    logs_in: bool
    has_call: bool


class _Pool:
    """Whom calls go to: one lead of a list after the other, and all over again."""

    def __init__(self, leads: Rows, now: datetime) -> None:
        first_day = (now - timedelta(days=max(_DAYS_AGO) + 1)).date()
        known = [
            lead
            for lead in leads
            if lead["status"] in _CALLED and lead["entry_date"].date() < first_day
        ]
        self._counts = Counter({lead["lead_id"]: lead["called_count"] for lead in leads})
        self._of_list = {
            list_id: cycle([lead for lead in known if lead["list_id"] == list_id])
            for list_id in (*_LISTS.values(), _CALLERS_LIST)
        }

    def next(self, campaign_id: str) -> tuple[Row, int]:
        """The next lead of the campaign or in-group, and how many calls it then has had."""
        lead = next(self._of_list[_LISTS.get(campaign_id, _CALLERS_LIST)])
        self._counts[lead["lead_id"]] += 1
        return lead, self._counts[lead["lead_id"]]


def past_shifts(leads: Rows, now: datetime) -> Shifts:
    """The calls and records; the same for the same `now`, which knows the server's time zone."""
    dice = random.Random(_SEED)  # noqa: S311 - demo rows
    calls: list[LoggedCall] = []
    records, pool = [], _Pool(leads, now)
    for slot in sorted(_slots(dice, now), key=lambda slot: slot.began):
        record = _record(dice, slot, pool, _FIRST_NUMBER + len(calls))
        records.append(record)
        if record.call is not None:
            calls += [record.call, *_lost_call(dice, record.call, slot, pool)]
    return Shifts(sorted(calls, key=lambda call: call.began), records)


def _slots(dice: random.Random, now: datetime) -> Iterator[_Slot]:
    """Those of all shifts; on the days before, half of the agents were there."""
    for days_ago in _DAYS_AGO:
        for place in PLACES:
            if days_ago == 0 or place.number % 2 == 0:
                yield from _shift(dice, place, now - timedelta(days=days_ago), days_ago)


def _shift(dice: random.Random, place: Place, now: datetime, days_ago: int) -> Iterator[_Slot]:
    session, call = place.session, place.session.call
    login = login_time(place.person, now)
    end = now - timedelta(seconds=max(session.seconds, call.seconds if call else 0))
    calls = session.calls_today - (1 if call else 0)
    in_groups = [
        group_id
        for group_id in place.person.in_groups
        for _ in range(_IN_GROUP_CALLS - (1 if call and call.campaign_id == group_id else 0))
    ]
    in_groups = [*in_groups, *[""] * calls][: calls or 1]
    dice.shuffle(in_groups)
    seconds = int((end - login).total_seconds()) // len(in_groups)
    # Sessions that still have this code have it from their first record.
    logs_in = days_ago > 0 or session.pause_code != "LOGIN"
    for turn, in_group in enumerate(in_groups):
        began = login + timedelta(seconds=turn * seconds)
        yield _Slot(began, seconds, place, in_group, logs_in and turn == 0, calls > 0)


def _record(dice: random.Random, slot: _Slot, pool: _Pool, number: int) -> Record:
    code = "LOGIN" if slot.logs_in else None
    if not slot.has_call:
        return Record(slot.place, slot.began, slot.seconds, pause_code=code)
    pause, talk = dice.randrange(4, 20), dice.randrange(slot.seconds // 4, slot.seconds // 2)
    if not slot.in_group and dice.random() < 0.45:
        talk = dice.randrange(12, _BRIEF_S)
    dispo, dead = dice.randrange(3, 25), max(dice.randrange(-40, 12), 0)
    if code is None and dice.random() < 0.06:
        pause, code = slot.seconds // 3, dice.choice(("BREAK", "LUNCH", "TRAIN"))
    wait = slot.seconds - pause - talk - dispo
    call = _agents_call(dice, slot, pool, number=number, taken=pause + wait, talk=talk - dead)
    return Record(slot.place, slot.began, pause, wait, talk, dead, dispo, call, code)


def _agents_call(
    dice: random.Random, slot: _Slot, pool: _Pool, *, number: int, taken: int, talk: int
) -> LoggedCall:
    """The call that the agent took so many seconds after the slot had begun."""
    session = slot.place.session
    # Who waits for calls of in-groups alone dials by hand besides.
    by_hand = session.status == "CLOSER" or dice.random() < 0.12
    kind = "Y" if slot.in_group else "M" if by_hand else "V"
    longest = {"Y": 40, "M": 14, "V": 4}[kind]
    waited = min(dice.randrange(longest // 4, longest), taken)
    campaign_id = slot.in_group or session.campaign_id
    lead, called_count = pool.next(campaign_id)
    of_dialed = _OF_BRIEF if talk < _BRIEF_S else _OF_DIALED
    return LoggedCall(
        number=number,
        kind=kind,
        began=slot.began + timedelta(seconds=taken - waited),
        lead=lead,
        campaign_id=campaign_id,
        status=_pick(dice, _OF_CALLERS if slot.in_group else of_dialed),
        agent=slot.place.person,
        waited=waited,
        length=waited + talk,
        called_count=called_count,
    )


def _lost_call(
    dice: random.Random, call: LoggedCall, slot: _Slot, pool: _Pool
) -> Iterator[LoggedCall]:
    """Beside every third call another one, which no agent gets."""
    if call.kind == "M" or dice.random() > 0.34:
        return
    waited = dice.randrange(12, 30)
    lead, called_count = pool.next(call.campaign_id)
    yield call._replace(
        number=call.number + 1,
        began=slot.began + timedelta(seconds=dice.randrange(slot.seconds - waited)),
        lead=lead,
        status="DROP" if call.came_in else _pick(dice, _NOT_ANSWERED),
        agent=None,
        waited=waited,
        length=waited,
        called_count=called_count,
    )


def _pick(dice: random.Random, weights: dict[str, int]) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]
