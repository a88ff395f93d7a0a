"""The logs of what agents do: their records, recordings and notes of calls."""

from collections.abc import Iterator

from deploy.db.logs.calls import (
    AGENT,
    AGENTS,
    CAMPAIGN,
    CHANNEL,
    FIRST_AGENT,
    PHONE,
    SERVER_IP,
    UNIQUEID,
    USER_GROUP,
)
from deploy.db.logs.fill import Fill, weighted
from deploy.db.logs.sizes import BREAK_AFTER, Sizes

# From the begin of an agent's record to that of the call: a pause, then waiting.
_BEFORE_S = 20
_PAUSE = f"chance % {_BEFORE_S}"
_DEAD = "IF(chance % 6 = 0, LEAST(talk, luck % 9), 0)"
_WITH_CALL = {
    "agent_log_id": f"`rank` + (`rank` - 1) DIV {BREAK_AFTER}",
    "user": AGENT,
    "server_ip": SERVER_IP,
    "event_time": f"FROM_UNIXTIME(start - {_BEFORE_S})",
    "lead_id": "lead_id",
    "campaign_id": CAMPAIGN,
    "pause_epoch": f"start - {_BEFORE_S}",
    "pause_sec": _PAUSE,
    "wait_epoch": f"start - {_BEFORE_S} + {_PAUSE}",
    "wait_sec": f"{_BEFORE_S} - {_PAUSE}",
    "talk_epoch": "start",
    "talk_sec": "talk",
    "dispo_epoch": "start + talk",
    "dispo_sec": "3 + luck % 20",
    "status": "status",
    "user_group": USER_GROUP,
    "comments": "kind",
    "sub_status": "NULL",
    "dead_epoch": f"IF({_DEAD}, start + talk - {_DEAD}, NULL)",
    "dead_sec": _DEAD,
    "uniqueid": UNIQUEID,
    "pause_type": "'SYSTEM'",
}
# Beside every so many calls another agent logs in, or rests.
_BREAK = _WITH_CALL | {
    "agent_log_id": f"`rank` + `rank` DIV {BREAK_AFTER}",
    "user": f"{FIRST_AGENT} + (luck DIV 64 + 7) % {AGENTS}",
    "lead_id": "NULL",
    "pause_sec": "chance % 900",
    "wait_epoch": "NULL",
    "wait_sec": "0",
    "talk_epoch": "NULL",
    "talk_sec": "0",
    "dispo_epoch": "NULL",
    "dispo_sec": "0",
    "status": "NULL",
    "comments": "NULL",
    "sub_status": weighted({"LOGIN": 20, "BREAK": 40, "LUNCH": 15, "TRAIN": 10, "LAGGED": 15}),
    "dead_epoch": "NULL",
    "dead_sec": "0",
    "uniqueid": "''",
    "pause_type": "'AGENT'",
}
_BEGUN = "FROM_UNIXTIME(start)"
_FILENAME = f"CONCAT_WS('_', DATE_FORMAT({_BEGUN}, '%Y%m%d-%H%i%s'), {PHONE}, {AGENT})"
_RECORDING = {
    "channel": CHANNEL,
    "server_ip": SERVER_IP,
    "extension": "CONCAT('86000', 51 + luck % 40)",
    "start_time": _BEGUN,
    "start_epoch": "start",
    "end_time": "FROM_UNIXTIME(start + talk)",
    "end_epoch": "start + talk",
    "length_in_sec": "talk",
    "length_in_min": "ROUND(talk / 60, 2)",
    "filename": _FILENAME,
    "location": f"CONCAT('http://10.0.0.9/RECORDINGS/MP3/', {_FILENAME}, '-all.mp3')",
    "lead_id": "lead_id",
    "user": AGENT,
    "vicidial_id": "vicidial_id",
}
_NOTE = {
    "lead_id": "lead_id",
    "vicidial_id": "vicidial_id",
    "call_date": _BEGUN,
    "call_notes": "CONCAT('Asked about order ', luck, '; wants to be called again.')",
}


def agent_fills(sizes: Sizes) -> Iterator[Fill]:
    """What is written of agents; a note of every 50th call."""
    breaks = f"`rank` % {BREAK_AFTER} = 0 AND `rank` <= {sizes.breaks * BREAK_AFTER}"
    recorded = f"`rank` * {sizes.recordings} % {sizes.handled} < {sizes.recordings}"
    yield Fill("vicidial_agent_log", _WITH_CALL, "handled_calls ORDER BY `rank`")
    yield Fill("vicidial_agent_log", _BREAK, f"handled_calls WHERE {breaks} ORDER BY `rank`")
    yield Fill("recording_log", _RECORDING, f"handled_calls WHERE {recorded} ORDER BY `rank`")
    yield Fill("vicidial_call_notes", _NOTE, "handled_calls WHERE `rank` % 50 = 0 ORDER BY `rank`")
