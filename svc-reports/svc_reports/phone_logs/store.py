"""SQL of the calls from and to phone numbers.

Reads vicidial_closer_log, vicidial_closer_log_archive, vicidial_log, vicidial_log_archive,
vicidial_list, vicidial_list_alt_phones, vicidial_list_archive, which is no part of VICIdial's
database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dialkit.db import Queries
from dialkit.sql import identifier

from svc_reports.archives import log_table
from svc_reports.conditions import Condition, among, every, within
from svc_reports.ranges import Range
from svc_reports.row_lists.cursors import NO_DATE
from svc_reports.row_lists.listing import Key

IN, OUT = "IN", "OUT"
# No plain column: the server must not take the index on the dates of everybody's calls.
_DATE = f"COALESCE(call_date, '{NO_DATE}')"
_LEADS, _LEAD_ARCHIVE = "vicidial_list", "vicidial_list_archive"


class Call(NamedTuple):
    """A call as it leaves; without a date it has NO_DATE, until then."""

    phone_number: str
    call_type: str
    uniqueid: str
    closecallid: int | None
    lead_id: int
    list_id: int | None
    campaign_id: str | None
    call_date: str | None
    start_epoch: int | None
    end_epoch: int | None
    length_in_sec: int | None
    status: str | None
    lead_status: str | None
    phone_code: str | None
    user: str | None
    user_group: str | None
    comments: str | None
    processed: str | None
    term_reason: str | None
    alt_dial: str | None
    queue_seconds: float | None
    called_count: int | None
    source_id: str | None

    @property
    def key(self) -> Key:
        """What the order goes by."""
        went_out = self.closecallid is None
        return self.call_date, self.call_type, self.uniqueid if went_out else self.closecallid


class CallLog(NamedTuple):
    """A log of calls: its table, what its order goes by after date and type, and what it lacks."""

    call_type: str
    table: str
    tie: str
    lacks: frozenset[str]

    @property
    def columns(self) -> str:
        """The columns of a `Call`; those of the lead are looked up later."""
        other = {"call_type": f"'{self.call_type}'", "call_date": _DATE}
        other |= dict.fromkeys((*self.lacks, "lead_status", "source_id"), "NULL")
        return ", ".join(
            f"{other.get(name, identifier(name))} AS {identifier(name)}" for name in Call._fields
        )

    def after(self, key: Key) -> Condition:
        """That a call comes after that one: the newest first, at the same time IN before OUT."""
        date, call_type, tie = key
        if call_type == self.call_type:
            sql = f"({_DATE} < %s OR {_DATE} = %s AND {self.tie} < %s)"
            return Condition(sql, (date, date, tie))
        return Condition(f"{_DATE} {'<=' if call_type == IN else '<'} %s", (date,))


def inbound(archived: bool) -> CallLog:
    """The calls that came in."""
    table = log_table("vicidial_closer_log", archived)
    return CallLog(IN, table, "closecallid", frozenset({"alt_dial"}))


def outbound(archived: bool) -> CallLog:
    """The calls that went out."""
    table = log_table("vicidial_log", archived)
    # As bytes: Python, which merges, knows nothing of the server's order of letters.
    tie = "CAST(uniqueid AS BINARY)"
    return CallLog(OUT, table, tie, frozenset({"closecallid", "queue_seconds"}))


class Source(NamedTuple):
    """A log, and the leads whose calls are meant; without them those of everybody."""

    log: CallLog
    leads: list[int] | None = None


async def list_calls(
    db: Queries,
    source: Source,
    groups: Sequence[list[str]],
    span: Range | None,
    *,
    after: Key | None = None,
    limit: int,
) -> list[Call]:
    """The newest calls of each group of numbers, at most `limit` each, in no order."""
    log, rest = source.log, every(*_conditions(source, span, after))
    select = (
        f"SELECT {log.columns} FROM {identifier(log.table)}"  # noqa: S608
        f" WHERE phone_number IN %s AND {rest.sql}"
        f" ORDER BY {_DATE} DESC, {log.tie} DESC LIMIT %s"
    )
    rows = await db.fetch_wide(
        ", ".join(map(identifier, Call._fields)),
        f"FROM ({' UNION ALL '.join([f'({select})'] * len(groups))}) AS calls",
        *(param for numbers in groups for param in (numbers, *rest.values, limit)),
    )
    return list(map(Call._make, rows))


def _conditions(source: Source, span: Range | None, after: Key | None) -> list[Condition]:
    conditions = among(lead_id=source.leads)
    if span is not None:
        conditions.append(within(_DATE, span))
    if after is not None:
        conditions.append(source.log.after(after))
    return conditions


async def list_leads(
    db: Queries, numbers: list[str], *, with_archive: bool, limit: int
) -> list[int]:
    """The leads with one of the numbers as theirs or as an alternative; at most `limit`."""
    tables = [_LEADS, "vicidial_list_alt_phones"]
    if with_archive:
        tables.append(_LEAD_ARCHIVE)
    selects = [
        f"(SELECT DISTINCT lead_id FROM {table} WHERE phone_number IN %s LIMIT %s)"  # noqa: S608
        for table in tables
    ]
    rows = await db.fetch_all(
        f"SELECT lead_id FROM ({' UNION '.join(selects)}) AS leads"  # noqa: S608
        " ORDER BY lead_id LIMIT %s",
        *[numbers, limit] * len(tables),
        limit,
    )
    return [lead_id for (lead_id,) in rows]


async def find_leads(
    db: Queries, lead_ids: Iterable[int], archived: bool
) -> dict[int, dict[str, Any]]:
    """`lead_status` and `source_id` of those of the leads that there are, by id."""
    wanted = sorted(set(lead_ids))
    if not wanted:
        return {}
    table = _LEAD_ARCHIVE if archived else _LEADS
    sql = f"SELECT lead_id, status, source_id FROM {table} WHERE lead_id IN %s"  # noqa: S608
    rows = await db.fetch_all(sql, wanted)
    return {
        lead_id: {"lead_status": status, "source_id": source_id}
        for lead_id, status, source_id in rows
    }


async def has_lead_archive(db: Queries) -> bool:
    """Whether there is an archive of leads that the service may read.

    Not asked by reading it: without a right, the server does not say that it is not there.
    """
    found = await db.fetch_value(
        """
        SELECT 1
        FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name = %s
        """,
        _LEAD_ARCHIVE,
    )
    return found is not None


async def list_indexed_logs(db: Queries) -> list[str]:
    """The logs of outbound calls that have an index which begins with the phone number."""
    rows = await db.fetch_all(
        """
        SELECT DISTINCT table_name
        FROM information_schema.statistics
        WHERE table_schema = DATABASE()
            AND table_name IN ('vicidial_log', 'vicidial_log_archive')
            AND seq_in_index = 1
            AND column_name = 'phone_number'
        """
    )
    return [table for (table,) in rows]
