"""SQL of monitoring: agents, conferences and phones, and the logs of who listened to whom.

Writes vicidial_rt_monitor_log, vicidial_daily_rt_monitoring_log, vicidial_report_log; reads
vicidial_live_agents, servers, system_settings, vicidial_conferences, vicidial_confbridges, phones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialkit.db import Queries, Row
from dialkit.sql import identifier, insert_unless

from svc_telephony.dial_queue.headers import last_unbroken


class LiveAgent(NamedTuple):
    """An agent at work: who, in which session of which server, with what."""

    user: str | None
    server_ip: str
    conf_exten: str | None
    status: str | None
    lead_id: int
    campaign_id: str | None


class Switches(NamedTuple):
    """What decides how a server's sessions are joined."""

    agent_whisper_enabled: str | None
    enhanced_agent_monitoring: str | None
    conf_engine: str | None

    @property
    def confbridge(self) -> bool:
        """Whether ConfBridge runs the sessions, not MeetMe."""
        return self.conf_engine == "CONFBRIDGE"

    @property
    def enhanced(self) -> bool:
        """Whether enhanced monitoring is on."""
        return (self.enhanced_agent_monitoring or "") > "0"

    @property
    def takes_whispers(self) -> bool:
        """Whether listeners may whisper."""
        return self.agent_whisper_enabled == "1"


class ListenerPhone(NamedTuple):
    """A phone that is to be called, on the listener's server; its numbers are fit for headers."""

    extension: str
    server_ip: str
    login: str
    dialplan_number: str
    outbound_cid: str


# The last of them.
_PHONE_TEXTS = 2


class Window(NamedTuple):
    """The local times between which an equal call counts as the same."""

    first: str
    last: str


async def find_agent(db: Queries, known: Mapping[str, str]) -> LiveAgent | None:
    """The newest session with those values of `user`, `server_ip`, `conf_exten`."""
    # By user: index vlaus. By session: no index; there is one row an agent.
    row = await db.fetch_one(
        f"""
        SELECT user, server_ip, conf_exten, status, lead_id, campaign_id
        FROM vicidial_live_agents
        WHERE {" AND ".join(f"{identifier(column)} = %s" for column in known)}
        ORDER BY last_update_time DESC, live_agent_id DESC
        LIMIT 1
        """,  # noqa: S608
        *known.values(),
    )
    return LiveAgent._make(row) if row else None


async def find_switches(db: Queries, server_ip: str) -> Switches:
    """The system's switches, and the server's conference engine."""
    row = await db.fetch_one(
        """
        SELECT agent_whisper_enabled, enhanced_agent_monitoring,
            (SELECT conf_engine FROM servers WHERE server_ip = %s LIMIT 1)
        FROM system_settings
        """,
        server_ip,
    )
    return Switches._make(row or (None,) * 3)


async def has_conference(db: Queries, session_id: str, server_ip: str, *, confbridge: bool) -> bool:
    """Whether the server has such a session (unique index of session and server)."""
    table = "vicidial_confbridges" if confbridge else "vicidial_conferences"
    found = await db.fetch_value(
        f"SELECT 1 FROM {table} WHERE conf_exten = %s AND server_ip = %s",  # noqa: S608
        int(session_id),
        server_ip,
    )
    return found is not None


_PHONE = """
    SELECT extension, COALESCE(server_ip, ''), COALESCE(login, ''), dialplan_number, outbound_cid
    FROM phones
"""


async def find_phone(db: Queries, login: str, extension: str | None) -> ListenerPhone | None:
    """The phone of that login, an active one if possible; of that extension too, if given."""
    # No index has the login; there is a row a phone.
    row = await db.fetch_one(
        f"""
        {_PHONE}
        WHERE login = %s AND (%s IS NULL OR extension = %s)
        ORDER BY active <=> 'Y' DESC, extension, server_ip
        LIMIT 1
        """,
        login,
        extension,
        extension,
    )
    return _phone(row) if row else None


async def list_phones(db: Queries, extension: str) -> list[ListenerPhone]:
    """The phones of that extension, each on another server (index extenserver)."""
    rows = await db.fetch_all(f"{_PHONE} WHERE extension = %s", extension)
    return [_phone(row) for row in rows]


def _phone(row: Row) -> ListenerPhone:
    return ListenerPhone._make(last_unbroken(row, _PHONE_TEXTS))


async def reserve(db: Queries, row: Mapping[str, Any], window: Window) -> bool:
    """Write the row that has the code; False where the same call is under way.

    Raises: DuplicateKey for a code that is taken.
    """
    written = await db.execute(
        insert_unless("vicidial_rt_monitor_log", row, _SAME_CALL),
        *row.values(),
        *window,
        row["manager_phone"],
        row["agent_session"],
        row["agent_server_ip"],
        row["monitor_type"],
    )
    return written > 0


_SAME_CALL = """
    SELECT 1
    FROM vicidial_rt_monitor_log
    WHERE monitor_start_time BETWEEN %s AND %s AND monitor_end_time IS NULL
        AND manager_phone = %s AND agent_session = %s AND agent_server_ip = %s
        AND monitor_type = %s
"""


async def log_today(db: Queries, row: dict[str, Any]) -> None:
    """Write the same row into the log of the day."""
    await db.insert("vicidial_daily_rt_monitoring_log", row)


async def remove_from_today(db: Queries, code: str) -> None:
    """Take the row out of the log of the day."""
    await db.execute("DELETE FROM vicidial_daily_rt_monitoring_log WHERE caller_code = %s", code)


async def release(db: Queries, code: str) -> None:
    """Take the row that has the code out of the log."""
    await db.execute("DELETE FROM vicidial_rt_monitor_log WHERE caller_code = %s", code)


async def log_report(db: Queries, row: Mapping[str, Any]) -> None:
    """Write down that somebody used monitoring, where VICIdial keeps the use of its reports."""
    constants = {
        "report_name": "API Blind Monitor",
        "browser": "API",
        "referer": "realtime_report.php",
        "url": "REALTIME BLIND MONITOR",
    }
    await db.insert("vicidial_report_log", {**row, **constants})
