"""The report of dispositions as it leaves: as JSON, or as lines of CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from svc_reports.call_stats.dispo.counting import Calls, Counts, Group, most_first
from svc_reports.call_stats.dispo.report import Report
from svc_reports.rounding import percentage
from svc_reports.row_lists.fixed import Lines


class Layout(NamedTuple):
    """What is shown of each group, beside how many calls it has."""

    statuses: bool
    percentages: bool
    users: bool

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Layout:
        """What a request asks to be shown."""
        names = ("status_breakdown", "show_percentages", "user_breakdown")
        return cls(*(query[name] for name in names))


def as_json(report: Report, layout: Layout) -> dict[str, Any]:
    """The groups and the total."""
    counts = report.counts
    return {
        "groups": [_group(group, counts, layout) for group in report.groups],
        "total": _numbers(counts.all, counts, layout),
    }


def as_lines(report: Report, layout: Layout) -> Lines:
    """The names of the columns, and a line a group, the total last."""
    statuses = sorted(report.counts.all.by_status) if layout.statuses else []
    names = ["group_id", "group_type", "total_calls"]
    for status in statuses:
        label = report.counts.statuses[status]
        names += [label, f"{label}_pct"] if layout.percentages else [label]
    groups = [*report.groups, Group("TOTAL", "total", report.counts.all)]
    return names, [_line(group, statuses, layout) for group in groups]


def _group(group: Group, counts: Counts, layout: Layout) -> dict[str, Any]:
    shown: dict[str, Any] = {"group_id": group.group_id, "group_type": group.group_type}
    if group.did_id is not None:
        shown["did_id"] = group.did_id
    shown |= _numbers(group.calls, counts, layout)
    if layout.users:
        shown["users"] = [
            {"user": counts.users[user], "status": counts.statuses[status], "count": number}
            for (user, status), number in most_first(group.calls.by_user)
        ]
    return shown


def _numbers(calls: Calls, counts: Counts, layout: Layout) -> dict[str, Any]:
    if not layout.statuses:
        return {"total_calls": calls.total}
    statuses = list[dict[str, Any]]()
    for status, number in most_first(calls.by_status):
        shown = {"status": counts.statuses[status], "count": number}
        share = {"percentage": percentage(number, calls.total)} if layout.percentages else {}
        statuses.append(shown | share)
    return {"total_calls": calls.total, "statuses": statuses}


def _line(group: Group, statuses: Sequence[str], layout: Layout) -> Sequence[Any]:
    calls = group.calls
    line: list[Any] = [group.group_id, group.group_type, calls.total]
    for status in statuses:
        number = calls.by_status[status]
        line.append(number)
        if layout.percentages:
            line.append(percentage(number, calls.total))
    return line
