"""What the stages of monitoring mean (contract: POST /monitor/blind, 4)."""

from __future__ import annotations

from typing import NamedTuple


class Stage(NamedTuple):
    """A stage: what is dialled before the session, by the conference's engine; its log name.

    The engines: MEETME, CONFBRIDGE, and CONFBRIDGE with enhanced monitoring. `letters` begin the
    caller codes.
    """

    name: str
    meetme: str
    confbridge: str
    enhanced_confbridge: str
    monitor_type: str
    letters: str

    def prefix(self, *, confbridge: bool, enhanced: bool) -> str:
        """What is dialled before a session to join it at this stage."""
        if not confbridge:
            return self.meetme
        return self.enhanced_confbridge if enhanced else self.confbridge


MONITOR = Stage("MONITOR", "0", "4", "47378219", "LISTEN", "BM")
BARGE = Stage("BARGE", "", "6", "47378220", "BARGE", "BB")
BARGESWAP = Stage("BARGESWAP", "", "6", "47378220", "BARGE", "BB")
HIJACK = Stage("HIJACK", "", "", "", "HIJACK", "BB")
WHISPER = Stage("WHISPER", "47378218", "47378218", "47378221", "WHISPER", "BW")
STAGES = {stage.name: stage for stage in (MONITOR, BARGE, BARGESWAP, HIJACK, WHISPER)}
