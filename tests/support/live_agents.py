"""Agents at work, and what goes on around them: calls, parked calls, chats, logs."""

from typing import Any

from support.builders import make_user
from support.database import TestDatabase


def make_live_agent(
    db: TestDatabase, user: str = "agent1", user_group: str | None = "AGENTS", **columns: Any
) -> int:
    """A user with a session, ready if nothing else is said; the session's id."""
    make_user(db, user, user_group=user_group)
    return make_session(db, user, **columns)


def make_session(
    db: TestDatabase,
    user: str | None = "agent1",
    campaign_id: str | None = "TESTCAMP",
    **columns: Any,
) -> int:
    """A session of a user who need not exist; its id."""
    defaults = {
        "server_ip": "10.0.0.5",
        "conf_exten": "8600051",
        "extension": "SIP/101",
        "status": "READY",
        "lead_id": 0,
        "callerid": "",
        "comments": "",
        "last_update_time": "2025-01-08 10:30:00",
    }
    return db.insert(
        "vicidial_live_agents", user=user, campaign_id=campaign_id, **defaults | columns
    )


def make_session_in_group(
    db: TestDatabase, user: str = "agent1", group_id: str = "SALES", **columns: Any
) -> None:
    """An in-group whose calls a session takes."""
    db.insert("vicidial_live_inbound_agents", user=user, group_id=group_id, **columns)


def make_call(db: TestDatabase, callerid: str | None, **columns: Any) -> int:
    """A call that is connected; its id."""
    defaults = {
        "server_ip": "10.0.0.5",
        "campaign_id": "TESTCAMP",
        "lead_id": 0,
        "status": "CLOSER",
        "uniqueid": "1736350090.104",
        "channel": "SIP/carrier-00000068",
        "phone_number": "3125551212",
    }
    return db.insert("vicidial_auto_calls", callerid=callerid, **defaults | columns)


def park(db: TestDatabase, callerid: str | None) -> None:
    """Park the call of that caller id."""
    db.insert(
        "parked_channels", channel="SIP/carrier-1", server_ip="10.0.0.5", channel_group=callerid
    )


def make_chat(db: TestDatabase, lead_id: int, user: str = "agent1", **columns: Any) -> int:
    """A chat of an agent with a lead; its id."""
    defaults = {"chat_start_time": "2025-01-08 10:20:00", "status": "LIVE"}
    return db.insert(
        "vicidial_live_chats", chat_creator=user, lead_id=lead_id, **defaults | columns
    )


def leave_chat(db: TestDatabase, chat_id: int, message: str = "Jane Roe has left chat") -> None:
    """The last message of a chat."""
    db.insert("vicidial_chat_log", chat_id=str(chat_id), message="Hello", poster="Jane Roe")
    db.insert("vicidial_chat_log", chat_id=str(chat_id), message=message, poster="Jane Roe")


def log_pause(db: TestDatabase, code: str | None, user: str = "agent1") -> int:
    """A row of the agent log; its id, for a session's `agent_log_id`."""
    return db.insert("vicidial_agent_log", user=user, server_ip="10.0.0.5", sub_status=code)


def log_login(db: TestDatabase, event_date: str, computer_ip: str, **columns: Any) -> int:
    """A login of agent1, if nothing else is said, in the user log; its id."""
    defaults = {"user": "agent1", "event": "LOGIN", "campaign_id": "TESTCAMP"}
    row = defaults | columns
    return db.insert("vicidial_user_log", event_date=event_date, computer_ip=computer_ip, **row)


def fill(db: TestDatabase, agents: int, comments: str = "CHAT") -> None:
    """Agents agent1, agent2, ...: each in a call of its own, with a lead, a log and a chat.

    Every second one's call is parked, every third one's chat has ended. Beside them others have
    worked: as many users, log rows, calls and chats again.
    """
    twice = f"seq_1_to_{2 * agents}"
    number, call = "CONCAT('agent', seq)", "CONCAT('M', LPAD(seq, 19, '0'))"
    for statement in (
        "vicidial_users (user, pass, full_name, user_group, user_level)"
        f" SELECT {number}, '', {number}, 'AGENTS', 1 FROM {twice}",
        "vicidial_live_agents (user, server_ip, status, lead_id, campaign_id, callerid, comments,"
        " agent_log_id, closer_campaigns)"
        f" SELECT {number}, '10.0.0.5', 'INCALL', seq, 'TESTCAMP', {call}, '{comments}',"
        f" seq, ' SALES -' FROM seq_1_to_{agents}",
        "vicidial_agent_log (agent_log_id, user, server_ip, sub_status)"
        f" SELECT seq, {number}, '10.0.0.5', 'LOGIN' FROM {twice}",
        "vicidial_auto_calls (server_ip, lead_id, callerid, uniqueid, channel, phone_number,"
        " status, campaign_id)"
        f" SELECT '', seq, {call}, '1736350090.1', 'SIP/1', '3125551212', 'LIVE', 'TESTCAMP'"
        f" FROM {twice}",
        "parked_channels (channel, server_ip, channel_group)"
        f" SELECT 'SIP/1', '10.0.0.5', {call} FROM {twice} WHERE seq % 2 = 0",
        "vicidial_live_chats (chat_id, chat_creator, lead_id, chat_start_time)"
        f" SELECT seq, {number}, seq, '2025-01-08 10:20:00' FROM {twice}",
        "vicidial_chat_log (chat_id, message)"
        f" SELECT seq, IF(seq % 3, 'Hello', 'Jane Roe has left chat') FROM {twice}",
        "vicidial_list (lead_id, phone_number, vendor_lead_code)"
        f" SELECT seq, 5550000000 + seq, seq FROM {twice}",
    ):
        db.execute(f"INSERT INTO {statement}")
