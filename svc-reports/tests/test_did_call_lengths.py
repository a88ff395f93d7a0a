"""How long a call was that arrived on a DID."""

import pytest
from svc_reports.did_calls import Arrival, CloserRow
from svc_reports.did_logs.rows import length_in_sec

ARRIVAL = Arrival("1736355590.1234", "2025-01-08 12:00:01")


@pytest.mark.parametrize(
    ("call_date", "talked", "expected"),
    [
        ("2025-01-08 12:00:05", 119, 123),
        ("2025-01-08 12:00:05", None, 4),
        ("2025-01-08 12:00:05", -3, 1),
        ("2025-01-08 12:00:05", -5, 0),
        ("2025-01-08 12:00:01", 0, 0),
        ("2025-01-08 11:59:01", 60, 0),
        ("2025-01-08 11:59:01", 61, 1),
        ("2025-01-09 12:00:01", 1, 86_401),
    ],
)
def test_it_lasts_from_the_arrival_to_its_end_in_the_in_group(
    call_date: str, talked: int | None, expected: int
) -> None:
    assert length_in_sec(ARRIVAL, CloserRow(777, call_date, talked, "SALE", "1000")) == expected


def test_a_call_that_reached_no_in_group_has_none() -> None:
    assert length_in_sec(ARRIVAL, None) == 0
