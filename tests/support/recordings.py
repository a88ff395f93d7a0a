"""Recordings as the dialer logs them, and the look-up that finds them."""

from typing import Any

from support import answers
from support.answers import Answer
from support.apps import Reports
from support.archives import log_table
from support.database import TestDatabase
from yarl import URL

LOOK_UP = URL("/api/v1/recordings/lookup")
# The row of `make_recording`, as it leaves.
SHOWN = {
    "recording_id": 534820,
    "channel": "SIP/trunk1-00000a1f",
    "server_ip": "10.0.0.5",
    "extension": "8309",
    "start_time": "2025-01-08T17:00:01Z",
    "start_epoch": 1736355601,
    "end_time": "2025-01-08T17:01:04Z",
    "end_epoch": 1736355664,
    "length_in_sec": 63,
    "filename": "20250108-120001_5551234567",
    "location": "http://10.0.0.9/RECORDINGS/MP3/20250108-120001_5551234567-all.mp3",
    "lead_id": 876409,
    "user": "1000",
    "vicidial_id": "1736355590.1234",
}
_LOCAL = {"start_time": "2025-01-08 12:00:01", "end_time": "2025-01-08 12:01:04"}


def make_recording(
    db: TestDatabase, recording_id: int = 534820, *, archived: bool = False, **columns: Any
) -> int:
    """A recording of a minute on 2025-01-08 at noon in New York; its id."""
    row = SHOWN | _LOCAL | {"length_in_min": "1.05", "recording_id": recording_id} | columns
    db.insert(log_table("recording_log", archived), **row)
    return recording_id


def make_recordings(db: TestDatabase, number: int, *, archived: bool = False) -> None:
    """Recordings 1 to `number`, one each 10 seconds from 2025-01-01 on, of many agents.

    Every 1,000th is of agent `rare`, every 50th of lead 7, and number 5 of lead 5.
    """
    table = log_table("recording_log", archived)
    db.execute(
        f"""
        INSERT INTO {table} (recording_id, start_time, start_epoch, filename, lead_id, user,
            vicidial_id, extension)
        SELECT seq, '2025-01-01' + INTERVAL seq * 10 SECOND, 1735707600 + seq * 10,
            CONCAT('file', seq), CASE WHEN seq MOD 50 = 0 THEN 7 WHEN seq = 5 THEN 5
                ELSE 1000 + seq END,
            IF(seq MOD 1000 = 0, 'rare', CONCAT('agent', seq MOD 10)),
            CONCAT(1735707600 + seq * 10, '.', seq), CONCAT('86000', seq MOD 10)
        FROM seq_1_to_{number}
        """
    )


async def asked(reports: Reports, **query: Any) -> Answer:
    """What is answered to that query."""
    return await answers.asked(reports, LOOK_UP, query)


async def told(reports: Reports, **query: Any) -> list[dict[str, Any]]:
    """The recordings that a query finds."""
    return list(await answers.told(reports, LOOK_UP, query))


async def ids(reports: Reports, **query: Any) -> list[int]:
    """The ids of the recordings that a query finds, in their order."""
    return [one["recording_id"] for one in await told(reports, **query)]
