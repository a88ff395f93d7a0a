"""Some hundred calls over both changes of the clocks, and what statistics they make.

The figures are computed here from the contract, call by call in plain Python.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import pytest
from support.builders import make_campaign, make_in_group, make_status, text_of
from support.call_logs import make_inbound_call, make_outbound_call
from support.database import TestDatabase
from support.two_clock_changes import local_time, moments, spelled

STATUS, DISPO = "/api/v1/call-stats/status", "/api/v1/call-stats/dispo"
DAY = {"query_date": "2025-01-08"}
CAMPAIGN, IN_GROUP = "campaign", "ingroup"
# What both reports refuse, and the field that they name.
BAD_QUERIES = [
    pytest.param({"campaign_id": "LONGCAMPX"}, "campaign_id", id="campaign id too long"),
    pytest.param({"campaigns": "A,LONGCAMPX"}, "campaigns", id="campaign too long"),
    pytest.param({"campaigns": "A-LONGCAMPX"}, "campaigns", id="campaign too long, dashes"),
    pytest.param({"ingroups": "G" * 21}, "ingroups", id="in-group too long"),
    pytest.param({"statuses": "SALE,LONGEST"}, "statuses", id="status too long"),
    pytest.param({"campaigns": ",".join(["A"] * 501)}, "campaigns", id="too many campaigns"),
    pytest.param({"campaigns": ","}, "campaigns", id="no campaign"),
    pytest.param({"campaigns": "\U0001f600"}, "campaigns", id="an emoji"),
    pytest.param({"campaign_id": "A", "campaigns": "A"}, "campaigns", id="two names"),
    pytest.param({"campaign_id": "A", "campaigns": "B"}, "campaigns", id="two names, two values"),
    pytest.param({"campaign_id": "A", "campaigns": "---ALL---"}, "campaigns", id="two names, all"),
    pytest.param({"start_date": "2025-01-32"}, "start_date", id="no date"),
    pytest.param({"end_date": "2025-01-08"}, "start_date", id="end alone"),
    pytest.param(
        {"start_date": "2025-01-08", "end_date": "2025-01-07"}, "end_date", id="ends before"
    ),
    pytest.param({"start_date": "2025-01-01", "end_date": "2025-04-04"}, "end_date", id="94 days"),
    pytest.param(DAY | {"query_time": "24:00:00"}, "query_time", id="no time"),
    pytest.param(DAY | {"query_time": "9:00"}, "query_time", id="a short time"),
    pytest.param(DAY | {"end_time": "9:00:00"}, "end_time", id="a short time of the end"),
    pytest.param(
        {"start_date": "2025-01-08 10:00:00", "query_time": "10:00:00"},
        "query_time",
        id="two times",
    ),
    pytest.param(
        {"datetime_start": "2025-01-08T10:00:00Z", "query_time": "10:00:00"},
        "query_time",
        id="two times, one in UTC",
    ),
    pytest.param(
        {"start_date": "2025-01-08", "end_date": "2025-01-08 12:00:00", "end_time": "12:00:00"},
        "end_time",
        id="two times of the end",
    ),
    pytest.param(DAY | {"archived": "1"}, "archived", id="no flag"),
    pytest.param(DAY | {"archived": "B"}, "archived", id="both logs"),
    pytest.param(DAY | {"format": "ndjson"}, "format", id="ndjson"),
]
# Lengths of calls, and what their average is told as.
AVERAGES: list[Any] = [
    pytest.param([1, *[0] * 19], 0.1, id="0.05"),
    pytest.param([1, *[0] * 20], 0.0, id="0.047"),
    pytest.param([5, *[0] * 19], 0.3, id="0.25"),
    pytest.param([9, 0, 0, 0, 0, 0, 0, 0], 1.1, id="1.125"),
    pytest.param([2, 2, 1], 1.7, id="1.667"),
    pytest.param([None, 7, None, 8], 7.5, id="without those that have none"),
    pytest.param([0, 7, None], 3.5, id="zero is a length"),
    pytest.param([None, None], 0.0, id="none has one"),
    pytest.param([2147483647, 2147483646], 2147483646.5, id="the longest"),
]
ALL_CALLS = {CAMPAIGN: ["", "ALPHA", "BETA", "OLDCAMP"], IN_GROUP: ["GONE", "SALES", "SUPPORT"]}
# Those of the system, and of a status group, serve every campaign.
ANSWERED_EVERYWHERE = {"SALE", "NI", "DROP", "VIP"}

_GROUPS: dict[str, list[str | None]] = {
    CAMPAIGN: ["ALPHA", "BETA", "ALPHA", "OLDCAMP", "ALPHA", "BETA", None],
    IN_GROUP: ["SALES", "SUPPORT", "SALES", "GONE", "SUPPORT"],
}
_STATUSES = ["SALE", "NI", "NA", None, "B", "MEET", "DROP", "SALE", "", "VIP", "NI"]
_USERS = ["1001", "AGENT7", "VDAD", None, "1001", "VDCL"]


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
        return local_time(self.epoch)

    @property
    def names(self) -> tuple[str, str, str]:
        """Group, status and user in the spelling that comes first."""
        group, status, user = ((name or "").upper() for name in self[1:4])
        return group, status, user


def generated() -> list[Call]:
    """The same calls each time; after a while some names are in small letters."""
    return [
        _call(number, log, epoch) for number, epoch in moments() for log in (CAMPAIGN, IN_GROUP)
    ]


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
        make_status(db, status, campaign_id, human_answered=human_answered)


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
        spelled(words[shift * step % len(words)], number)
        for words, step in ((_GROUPS[log], 3), (_STATUSES, 5), (_USERS, 1))
    )
    length = None if number % 9 == 4 else number * 37 % 611
    return Call(log, group, status, user, epoch, length)


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
