"""Some hundred calls over both changes of the clocks, and what statistics they make.

The figures are computed here from the contract, call by call in plain Python.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from support.answers import Answer
from support.apps import Reports
from support.builders import make_campaign, make_in_group, text_of
from support.call_logs import make_inbound_call, make_outbound_call
from support.database import TestDatabase

STATUS, DISPO = "/api/v1/call-stats/status", "/api/v1/call-stats/dispo"
CAMPAIGN, IN_GROUP = "campaign", "ingroup"
# Five days each: 02:00 to 03:00 is missing on March 10, 01:00 to 02:00 comes twice on November 3.
SPRING = {"start_date": "2024-03-08", "end_date": "2024-03-12"}
AUTUMN = {"start_date": "2024-11-01", "end_date": "2024-11-05"}
ALL_CALLS = {CAMPAIGN: ["", "ALPHA", "BETA", "OLDCAMP"], IN_GROUP: ["GONE", "SALES", "SUPPORT"]}
# Those of the system, and of a status group, serve every campaign.
ANSWERED_EVERYWHERE = {"SALE", "NI", "DROP", "VIP"}

_ZONE = ZoneInfo("America/New_York")
_MIDNIGHTS = (1709874000, 1730433600)  # of March 8, of November 1
_STEP_S, _CALLS = 1709, 250
_GROUPS: dict[str, list[str | None]] = {
    CAMPAIGN: ["ALPHA", "BETA", "ALPHA", "OLDCAMP", "ALPHA", "BETA", None],
    IN_GROUP: ["SALES", "SUPPORT", "SALES", "GONE", "SUPPORT"],
}
_STATUSES = ["SALE", "NI", "NA", None, "B", "MEET", "DROP", "SALE", "", "VIP", "NI"]
_USERS = ["1001", "AGENT7", "VDAD", None, "1001", "VDCL"]
_SPELLED_LOWER_FROM = 60


class Call(NamedTuple):
    """A call of one of the two logs."""

    log: str
    group: str | None
    status: str | None
    user: str | None
    epoch: int
    length_in_sec: int | None

    @property
    def call_date(self) -> str:
        """When it began, as a clock in New York showed it."""
        return datetime.fromtimestamp(self.epoch, _ZONE).strftime("%Y-%m-%d %H:%M:%S")

    @property
    def names(self) -> tuple[str, str, str]:
        """Group, status and user in the spelling that comes first."""
        group, status, user = ((name or "").upper() for name in self[1:4])
        return group, status, user


def generated() -> list[Call]:
    """The same calls each time; after a while some names are in small letters."""
    return [
        _call(number, log, start + number * _STEP_S)
        for start in _MIDNIGHTS
        for number in range(_CALLS)
        for log in (CAMPAIGN, IN_GROUP)
    ]


def within(calls: Iterable[Call], start: str, end: str) -> list[Call]:
    """The calls from one local second to another."""
    return [call for call in calls if start <= call.call_date <= end]


def days(calls: Iterable[Call], start_date: str, end_date: str) -> list[Call]:
    """The calls from one day to another."""
    return within(calls, f"{start_date} 00:00:00", f"{end_date} 23:59:59")


def insert(db: TestDatabase, calls: Iterable[Call], *, archived: bool = False) -> None:
    """Write the calls into their logs."""
    for number, call in enumerate(calls, start=1):
        columns = {
            "uniqueid": f"{call.epoch}.{number}",
            "campaign_id": call.group,
            "status": call.status,
            "user": call.user,
            "call_date": call.call_date,
            "start_epoch": call.epoch,
            "length_in_sec": call.length_in_sec,
        }
        if call.log == CAMPAIGN:
            make_outbound_call(db, archived=archived, **columns)
        else:
            make_inbound_call(db, archived=archived, closecallid=number, **columns)


def make_definitions(db: TestDatabase) -> None:
    """Campaigns, in-groups and statuses; OLDCAMP and GONE have only calls left."""
    make_campaign(db, "ALPHA", closer_campaigns=text_of(["SALES", "Support"]))
    make_campaign(db, "BETA", closer_campaigns=text_of(["SUPPORT", "GONE"]))
    make_campaign(db, "QUIET", closer_campaigns=None)
    for group_id in ("SALES", "SUPPORT", "IDLE"):
        make_in_group(db, group_id)
    db.insert("vicidial_status_groups", status_group_id="STGROUP")
    for campaign_id, status, human_answered in (
        ("ALPHA", "MEET", "Y"),
        ("BETA", "MEET", "N"),
        ("STGROUP", "VIP", "Y"),
        ("OLDCAMP", "NA", "Y"),
        (None, "B", "Y"),
    ):
        make_status(db, campaign_id, status, human_answered=human_answered)


def make_status(db: TestDatabase, campaign_id: str | None, status: str, **columns: Any) -> None:
    """A status of a campaign."""
    db.insert("vicidial_campaign_statuses", campaign_id=campaign_id, status=status, **columns)


async def asked(reports: Reports, path: str, query: Any = None, **parameters: str) -> Answer:
    """The answer to a GET with these parameters."""
    response = await reports.get(path, params=query or parameters)
    return response.status, await response.json()


async def told(reports: Reports, path: str, **parameters: str) -> Any:
    """The data of a report."""
    status, envelope = await asked(reports, path, **parameters)
    assert status == 200, envelope
    return envelope["data"]


def by_hour_and_status(
    calls: Iterable[Call],
    group_type: str,
    group_ids: Iterable[str],
    answered: Callable[[str], Collection[str]],
) -> list[dict[str, Any]]:
    """What the statistics of statuses tell of these groups, in this order."""
    found = [call for call in calls if call.log == group_type]
    return [
        _hours_of(group_id, [call for call in found if call.names[0] == group_id.upper()])
        | {"group_type": group_type}
        | {
            "human_answered_calls": sum(
                call.names[0] == group_id.upper() and call.names[1] in answered(group_id)
                for call in found
            )
        }
        for group_id in group_ids
    ]


def dispositions(
    calls: Iterable[Call], group_ids: dict[str, list[str]], *, users: bool = False
) -> dict[str, Any]:
    """What the report of dispositions tells of these groups, in this order."""
    calls = list(calls)
    groups = []
    for group_type, ids in group_ids.items():
        for group_id in ids:
            of_group = [
                call
                for call in calls
                if (call.log, call.names[0]) == (group_type, group_id.upper())
            ]
            group = {"group_id": group_id, "group_type": group_type, **_shares(of_group)}
            groups.append(group | ({"users": _users_of(of_group)} if users else {}))
    return {"groups": groups, "total": _shares([call for call in calls if call.log in group_ids])}


def one_decimal(numerator: int, denominator: int) -> float:
    """The quotient with one decimal, rounded half up."""
    if not denominator:
        return 0.0
    return float((Decimal(numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _call(number: int, log: str, epoch: int) -> Call:
    shift = number + (3 if log == IN_GROUP else 0)
    group, status, user = (
        _spelled(words[shift * step % len(words)], number)
        for words, step in ((_GROUPS[log], 3), (_STATUSES, 5), (_USERS, 1))
    )
    length = None if number % 9 == 4 else number * 37 % 611
    return Call(log, group, status, user, epoch, length)


def _spelled(name: str | None, number: int) -> str | None:
    lower = number % 4 == 1 and number >= _SPELLED_LOWER_FROM
    return name.lower() if name and lower else name


def _hours_of(group_id: str, calls: list[Call]) -> dict[str, Any]:
    hours = Counter(int(call.call_date[11:13]) for call in calls)
    lengths: dict[str, list[int | None]] = {}
    for call in calls:
        lengths.setdefault(call.names[1], []).append(call.length_in_sec)
    return {
        "group_id": group_id,
        "total_calls": len(calls),
        "hours": [hours[hour] for hour in range(24)],
        "statuses": [
            {"status": status, "count": len(lengths[status]), "avg_length": _mean(lengths[status])}
            for status in sorted(lengths)
        ],
    }


def _mean(lengths: list[int | None]) -> float:
    known = [length for length in lengths if length is not None]
    return one_decimal(sum(known), len(known))


def _shares(calls: list[Call]) -> dict[str, Any]:
    counts = Counter(call.names[1] for call in calls)
    return {
        "total_calls": len(calls),
        "statuses": [
            {"status": status, "count": count, "percentage": one_decimal(100 * count, len(calls))}
            for status, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


def _users_of(calls: list[Call]) -> list[dict[str, Any]]:
    counts = Counter((call.names[2], call.names[1]) for call in calls)
    return [
        {"user": user, "status": status, "count": count}
        for (user, status), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
