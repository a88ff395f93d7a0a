"""What the stages of monitoring mean: every cell of the contract's table."""

import pytest
from svc_telephony.monitoring.stages import STAGES

# Stage, prefix of MeetMe, of ConfBridge, of ConfBridge with enhanced monitoring, type, letters.
TABLE = [
    ("MONITOR", "0", "4", "47378219", "LISTEN", "BM"),
    ("BARGE", "", "6", "47378220", "BARGE", "BB"),
    ("BARGESWAP", "", "6", "47378220", "BARGE", "BB"),
    ("HIJACK", "", "", "", "HIJACK", "BB"),
    ("WHISPER", "47378218", "47378218", "47378221", "WHISPER", "BW"),
]


def test_there_are_no_other_stages() -> None:
    assert list(STAGES) == [stage for stage, *_ in TABLE]


@pytest.mark.parametrize(("name", "meetme", "confbridge", "enhanced", "_type", "_letters"), TABLE)
def test_the_prefix_is_the_engines(
    name: str, meetme: str, confbridge: str, enhanced: str, _type: str, _letters: str
) -> None:
    stage = STAGES[name]

    assert stage.prefix(confbridge=False, enhanced=False) == meetme
    assert stage.prefix(confbridge=False, enhanced=True) == meetme
    assert stage.prefix(confbridge=True, enhanced=False) == confbridge
    assert stage.prefix(confbridge=True, enhanced=True) == enhanced


@pytest.mark.parametrize(("name", "_m", "_c", "_e", "monitor_type", "letters"), TABLE)
def test_the_logs_have_their_own_names_for_stages(
    name: str, _m: str, _c: str, _e: str, monitor_type: str, letters: str
) -> None:
    assert (STAGES[name].monitor_type, STAGES[name].letters) == (monitor_type, letters)
