"""Some hundred records of the agent log over both changes of the clocks, and what they make.

The figures are computed here from the contract, record by record in plain Python.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from support.builders import make_user
from support.call_logs import make_agent_record
from support.database import TestDatabase
from support.two_clock_changes import local_time, moments, spelled

EXPORT = "/api/v1/agent-stats/export"
MESSAGE = "Agent statistics exported"
DAY = {"query_date": "2025-01-08"}
# What is known of each agent; the others were deleted.
KNOWN = {
    "1001": ("Ann One", "SALES"),
    "AGENT7": ("Bob Seven", "ADMIN"),
    "HASTY": ("Hal Hasty", "SALES"),
    "IDLE": (None, "SALES"),
}

_USERS = ["1001", "AGENT7", "1001", "GONE", "AGENT7", "IDLE", "1001", "DATELESS", "HASTY"]
_CAMPAIGNS = ["ALPHA", "BETA", "ALPHA", None, "ALPHA", "BETA", "GAMMA"]
_USER_GROUPS = ["SALES", "ADMIN", "sales", None, "SALES"]
_LEADS = [101, 0, 102, None, 103, 104]
_SUB_STATUSES = ["LUNCH", None, "", "LOGIN", "BREAK"]


class Record(NamedTuple):
    """A row of the agent log."""

    user: str
    campaign_id: str | None
    user_group: str | None
    epoch: int
    lead_id: int | None
    pause_epoch: int | None
    pause_sec: int | None
    wait_sec: int | None
    talk_sec: int | None
    dispo_sec: int | None
    dead_sec: int | None
    sub_status: str | None

    @property
    def event_time(self) -> str:
        """When it began, as a clock in New York showed it."""
        return local_time(self.epoch)

    @property
    def seconds(self) -> int:
        """From the first of its pause to the last of its disposition."""
        return sum(part or 0 for part in (self[6], self[7], self[8], self[9]))


def generated() -> list[Record]:
    """The same records each time; after a while some names are in small letters."""
    return [_record(number, epoch) for number, epoch in moments()]


def insert(db: TestDatabase, records: Iterable[Record], *, archived: bool = False) -> None:
    """Write the records into the log."""
    for number, record in enumerate(records, start=1):
        columns = record._asdict()
        del columns["epoch"]
        make_agent_record(
            db, archived=archived, agent_log_id=number, event_time=record.event_time, **columns
        )


def make_records(db: TestDatabase, *records: dict[str, Any], **columns: Any) -> None:
    """Records a minute apart, each with what it says, and all with these columns."""
    for minute, record in enumerate(records):
        time = {"event_time": f"2025-01-08 10:{minute:02}:00"}
        make_agent_record(db, **time | columns | record)


def make_agents(db: TestDatabase) -> None:
    """The users that there are; one is spelled in another way than in the log."""
    for user, (full_name, user_group) in KNOWN.items():
        make_user(db, user.title(), full_name=full_name, user_group=user_group)


def activity(records: Iterable[Record], *, by_campaign: bool = False) -> list[dict[str, Any]]:
    """What the report tells, by campaign if it is grouped."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        campaign = (record.campaign_id or "").upper() if by_campaign else ""
        groups.setdefault((campaign, record.user.upper()), []).append(record)
    all_calls = sum(_calls(group) for group in groups.values())
    rows = []
    for (campaign_id, user), group in sorted(groups.items()):
        full_name, user_group = KNOWN.get(user, (None, None))
        who = {"user": user, "full_name": full_name, "user_group": user_group}
        grouped = {"campaign_id": campaign_id or None} if by_campaign else {}
        rows.append(grouped | who | _figures(group, all_calls))
    return rows


def in_capitals(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their logins in one spelling, where no spelling comes first in time."""
    return [row | {"user": row["user"].upper()} for row in rows]


def _figures(records: list[Record], all_calls: int) -> dict[str, Any]:
    pause, wait, talk, dispo, dead = (
        sum(getattr(record, f"{name}_sec") or 0 for record in records)
        for name in ("pause", "wait", "talk", "dispo", "dead")
    )
    calls = _calls(records)
    pauses = sum(record.pause_sec is not None for record in records)
    sessions = sum(record.sub_status == "LOGIN" for record in records) or 1
    login = _login_time(records, pause + wait + talk + dispo)
    return {
        "calls": calls,
        "login_time": login,
        "total_talk_time": talk - dead,
        "avg_talk_time": _half_up(talk - dead, calls),
        "avg_wait_time": _half_up(wait, calls),
        "pct_of_queue": _half_up(1000 * calls, all_calls) / 10,
        "pause_time": pause,
        "sessions": sessions,
        "avg_session": _half_up(login, sessions),
        "pauses": pauses,
        "avg_pause_time": _half_up(pause, pauses),
        "pause_pct": _half_up(1000 * pause, login) / 10,
        "pauses_per_session": _half_up(pauses, sessions),
        "wait_time": wait,
        "talk_time": talk,
        "dispo_time": dispo,
        "dead_time": dead,
    }


def _login_time(records: list[Record], seconds: int) -> int:
    known = [
        (record.pause_epoch, record.pause_epoch + record.seconds)
        for record in records
        if record.pause_epoch is not None
    ]
    if not known:
        return seconds
    starts, ends = zip(*known, strict=True)
    return int(min(seconds, max(ends) - min(starts)))


def _calls(records: list[Record]) -> int:
    return sum((record.lead_id or 0) > 0 for record in records)


def _half_up(numerator: int, denominator: int) -> int:
    if not denominator:
        return 0
    return math.floor(Fraction(numerator, denominator) + Fraction(1, 2))


def _record(number: int, epoch: int) -> Record:
    user = _USERS[number % len(_USERS)]
    parts = _seconds(number) | _of_agent(user, number)
    return Record(
        user=spelled(user, number),
        campaign_id=spelled(_CAMPAIGNS[number * 3 % len(_CAMPAIGNS)], number),
        user_group=_USER_GROUPS[number * 2 % len(_USER_GROUPS)],
        epoch=epoch,
        **{"lead_id": _LEADS[number * 5 % len(_LEADS)], "pause_epoch": epoch + number % 3} | parts,
        sub_status=_SUB_STATUSES[number % len(_SUB_STATUSES)],
    )


def _seconds(number: int) -> dict[str, Any]:
    """Some are NULL, and some records have no epoch."""
    parts: dict[str, Any] = {
        "pause_sec": number * 53 % 400,
        "wait_sec": number * 41 % 97,
        "talk_sec": number * 37 % 301,
        "dispo_sec": number * 19 % 31,
        "dead_sec": number * 29 % 90,
    }
    parts |= {name: None for place, name in enumerate(parts) if number % 11 == 2 * place}
    return parts | ({"pause_epoch": None} if number % 13 == 5 else {})


def _of_agent(user: str, number: int) -> dict[str, Any]:
    """What is peculiar to an agent: more dead than talk time, no calls, no epochs, too much."""
    peculiar: dict[str, dict[str, Any]] = {
        "GONE": {"talk_sec": number % 7},
        "IDLE": {"lead_id": None if number % 2 else 0},
        "DATELESS": {"pause_epoch": None},
        "HASTY": {"pause_sec": 20_000},
    }
    return peculiar.get(user, {})
