"""The caller codes of monitor calls."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_telephony.monitoring.dialing import caller_code, caller_codes

EPOCH = 1736368245


@pytest.mark.parametrize(
    ("letters", "tag", "code"),
    [
        pytest.param("BM", "api", "BM173636824500000api", id="padded"),
        pytest.param("BB", "6666", "BB173636824500006666", id="digits"),
        pytest.param("BW", "boss_one", "BW1736368245boss_one", id="eight characters"),
        pytest.param("BM", "supervisor-1", "BM1736368245supervis", id="cut"),
        pytest.param("BM", "j.doe", "BM17363682450000jdoe", id="without dots"),
        pytest.param("BM", "j.supervisor", "BM1736368245jsupervi", id="dots dropped, then cut"),
        pytest.param("BM", "...", "BM173636824500000000", id="nothing but dots"),
        pytest.param("BM", "A-z_9", "BM1736368245000A-z_9", id="every kind of character"),
    ],
)
def test_a_code_is_letters_second_and_tag(letters: str, tag: str, code: str) -> None:
    assert caller_code(letters, EPOCH, tag) == code


@given(st.sampled_from(["BM", "BB", "BW"]), st.integers(0, 9_999_999_999), st.text(max_size=20))
def test_every_code_has_20_characters(letters: str, epoch: int, tag: str) -> None:
    assert re.fullmatch(r"[A-Z]{2}[0-9]{10}[-_0-9A-Za-z]{8}", caller_code(letters, epoch, tag))


def test_a_taken_code_is_followed_by_those_of_the_next_30_seconds() -> None:
    codes = list(caller_codes("BM", EPOCH, "api"))

    assert codes == [f"BM{second}00000api" for second in range(EPOCH, EPOCH + 31)]
