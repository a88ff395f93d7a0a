"""How long a recording is (contract: GET /recordings/lookup, "Answer")."""

import pytest
from svc_reports.recordings.rows import length


@pytest.mark.parametrize(
    ("stored", "start", "end", "seconds"),
    [
        pytest.param(63, 1000, 2000, 63, id="as stored"),
        pytest.param(100_000, 1000, 2000, 100_000, id="more than a day as stored"),
        pytest.param(0, 1000, 2000, 1000, id="of zero by its ends"),
        pytest.param(None, 1000, 2000, 1000, id="of NULL by its ends"),
        pytest.param(0, 1000, 1001, 1, id="one second"),
        pytest.param(0, 1000, 1000, 0, id="none"),
        pytest.param(0, 1000, 999, 0, id="an end before the start"),
        pytest.param(0, 1000, 87_399, 86_399, id="a second less than a day"),
        pytest.param(0, 1000, 87_400, 0, id="a day"),
        pytest.param(None, 1000, None, 0, id="without an end"),
        pytest.param(None, None, 2000, 0, id="without a start"),
    ],
)
def test_the_length_is_that_of_the_log_or_of_the_ends(
    stored: int | None, start: int | None, end: int | None, seconds: int
) -> None:
    assert length(stored, start, end) == seconds
