"""What the stages of monitoring mean (contract: POST /monitor/blind, 4)."""

from __future__ import annotations

from typing import NamedTuple


class Stage(NamedTuple):
    """A stage's name in the logs, its caller codes' first letters, and its dial prefixes.

    The prefix depends on the conference's engine: MEETME, CONFBRIDGE, or CONFBRIDGE with enhanced
    monitoring.
    """

    monitor_type: str
    letters: str
    meetme: str
    confbridge: str
    enhanced: str


SWAPPED = "BARGESWAP"
WHISPER = "WHISPER"
STAGES = {
    "MONITOR": Stage("LISTEN", "BM", "0", "4", "47378219"),
    "BARGE": Stage("BARGE", "BB", "", "6", "47378220"),
    SWAPPED: Stage("BARGE", "BB", "", "6", "47378220"),
    "HIJACK": Stage("HIJACK", "BB", "", "", ""),
    WHISPER: Stage("WHISPER", "BW", "47378218", "47378218", "47378221"),
}


def prefix(stage: str, *, confbridge: bool, enhanced: bool) -> str:
    """What is dialled before a session to join it at that stage."""
    meaning = STAGES[stage]
    if not confbridge:
        return meaning.meetme
    return meaning.enhanced if enhanced else meaning.confbridge
