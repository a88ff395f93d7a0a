"""Which tables of SIP events hold rows of a range, and rows of two tables as one."""

from datetime import datetime
from typing import Any

import pytest
from svc_reports.ranges import Range
from svc_reports.sip.event_log.rows import merged
from svc_reports.sip.event_log.spans import held, parts_of


def span(start: str, end: str) -> Range:
    """A range of a day in January: `span("08 10:00:00", "08 11:00:00")`."""
    return Range(*(datetime.fromisoformat(f"2025-01-{moment}") for moment in (start, end)))


def event(
    date: str, event_id: int, code: str = "M1", kind: str | None = "INVITE", **columns: Any
) -> tuple[Any, ...]:
    """A row of a table of events."""
    return (event_id, "call@10.0.0.5", kind, date, columns.get("server_ip"), code, None, None)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(
            "2025-01-08 00:00:01.000001", "2025-01-08 23:59:58.999999",
            span("08 00:00:01", "08 23:59:59"), id="whole seconds",
        ),
        pytest.param(
            "2025-01-08 10:00:00.500000", "2025-01-08 10:00:00.500000",
            span("08 10:00:00", "08 10:00:01"), id="one event",
        ),
        pytest.param(None, None, None, id="NULL"),
        pytest.param("0000-00-00 00:00:00.000000", "0000-00-00 00:00:00.000000", None, id="zeros"),
        pytest.param("2025-01-08 10:00:00.000000", None, None, id="half of it"),
    ],
)  # fmt: skip
def test_a_table_holds_the_seconds_between_its_dates(
    first: str | None, last: str | None, expected: Range | None
) -> None:
    assert held(first, last) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (span("07 00:00:00", "08 12:00:00"), span("08 10:00:00", "08 11:00:00")),
        (span("08 10:30:00", "08 12:00:00"), span("08 10:30:00", "08 11:00:00")),
        (span("08 09:00:00", "08 10:00:01"), span("08 10:00:00", "08 10:00:01")),
        (span("08 09:00:00", "08 10:00:00"), None),
        (span("08 11:00:00", "08 12:00:00"), None),
    ],
)
def test_ranges_share_what_is_in_both(one: Range, expected: Range | None) -> None:
    assert one.overlap(span("08 10:00:00", "08 11:00:00")) == expected


def test_tables_of_a_range_come_from_the_newest_to_the_oldest() -> None:
    rolled = [
        (0, "2025-01-05 00:00:00.000000", "2025-01-05 23:00:00.000000"),
        (1, "2025-01-06 00:00:00.000000", "2025-01-06 22:00:00.000000"),
        (2, "2025-01-07 04:00:00.000000", "2025-01-07 23:00:00.000000"),
        (3, None, None),
        (4, "2025-01-02 00:00:00.000000", "2025-01-02 23:00:00.000000"),
        (6, "2025-01-04 00:00:00.000000", "2025-01-04 23:00:00.000000"),
    ]

    parts = parts_of(span("05 12:00:00", "08 00:00:00"), rolled)

    # With an hour on each side for what servers logged late.
    assert [(part.table.name, part.span) for part in parts] == [
        ("vicidial_sip_event_log_2", span("07 03:00:00", "08 00:00:00")),
        ("vicidial_sip_event_log_1", span("05 23:00:00", "06 23:00:01")),
        ("vicidial_sip_event_log_0", span("05 12:00:00", "06 00:00:01")),
    ]


def test_rows_of_two_tables_come_by_date_and_id() -> None:
    newest, newer = event("2025-01-08 10:00:00.000002", 1), event("2025-01-08 10:00:00.000001", 10)
    older, oldest = event("2025-01-08 10:00:00.000001", 9), event("2025-01-08 09:59:59.999999", 11)

    assert merged([newest, older], [newer, oldest]) == [newest, newer, older, oldest]


def test_a_row_of_both_tables_comes_once() -> None:
    row = event("2025-01-08 10:00:00.000001", 1)

    assert merged([row], [row]) == [row]


@pytest.mark.parametrize("other", [{"code": "M2"}, {"kind": "100"}, {"kind": None}])
def test_rows_of_the_same_date_and_id_can_be_two(other: dict[str, Any]) -> None:
    date = "2025-01-08 10:00:00.000001"

    assert len(merged([event(date, 1)], [event(date, 1, **other)])) == 2
