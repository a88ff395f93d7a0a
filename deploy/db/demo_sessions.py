"""Demo sessions: what each agent who is logged in does at this moment."""

from datetime import datetime, timedelta
from typing import NamedTuple

from deploy.db.demo_calls import DIALED, WAITING, Call, call_rows, called_leads, chat_rows
from deploy.db.demo_phones import FIRST_ROOMS, server_of
from deploy.db.demo_rows import Row, Rows, column_text
from deploy.db.demo_users import PEOPLE, Person, login_time


class Session(NamedTuple):
    """An agent who is logged in: the status and for how many seconds, the calls of today.

    `comments` and `preview_lead_id` are columns of the live row.
    """

    user: str
    status: str
    seconds: int
    calls_today: int
    call: Call | None = None
    comments: str = ""
    pause_code: str = "LOGIN"
    preview_lead_id: int = 0
    rings_for: Call | None = None
    campaign_id: str = "TESTCAMP"


_CHAT = Call("C", 291, 135, "SUPPORT", line="chat")

SESSIONS = (
    # The contract's example.
    Session("6666", "INCALL", 110, 1, Call("M", 104, 110, line="parked"), "MANUAL"),
    Session("1001", "READY", 12, 31),
    Session("1002", "PAUSED", 600, 24, pause_code="LUNCH"),
    Session("1003", "PAUSED", 9, 28, Call("V", 302, 190, line="gone")),
    Session("1004", "INCALL", 210, 26, Call("V", 301, 213), pause_code="BREAK"),
    Session("1005", "INCALL", 95, 22, Call("V", 299, 97, line="gone")),
    # Two with one customer.
    Session("1006", "INCALL", 340, 19, Call("V", 298, 344), pause_code="BREAK"),
    Session("1007", "INCALL", 60, 17, Call("Y", 298, 65, "SALES", "CLOSER")),
    Session("1008", "QUEUE", 1, 30, Call("V", 295, 13)),
    Session("1009", "READY", 20, 9, rings_for=WAITING),
    Session("1010", "PAUSED", 14, 16, preview_lead_id=262),
    Session("1011", "INCALL", 8, 21, Call("M", 279, 8, line="dialing"), "MANUAL"),
    Session("1012", "INCALL", 130, 11, _CHAT, "CHAT"),
    Session("1013", "READY", 33, 18, pause_code="TRAIN", campaign_id="NEWCAMP"),
    Session("agent1", "CLOSER", 40, 12),
)
# Who has each call that is going on.
CALLS = {session.call: session.user for session in SESSIONS if session.call}
CALLS |= dict.fromkeys(DIALED, "VDAD")
# Of in-groups: the contract's example, and what VICIdial gives at the first login.
_RANKS = {("6666", "SALES"): (3, 5, 4)}
_NO_RANK = (0, 1, 2)


class Place(NamedTuple):
    """Where an agent sits; the number gives what is different at each place."""

    number: int
    session: Session
    person: Person

    @property
    def conference(self) -> str:
        """The conference room, which stands for the session."""
        return str(FIRST_ROOMS[self.server_ip] + self.number)

    @property
    def server_ip(self) -> str:
        """The server of the room, that of the phone."""
        return server_of(self.person.phone)

    @property
    def log_id(self) -> int:
        """The row of the agent log that is being written."""
        return 41_001 + self.number

    @property
    def extension(self) -> str:
        """The phone as Asterisk names it."""
        return f"SIP/{self.person.phone}"


_PEOPLE = {person.user: person for person in PEOPLE}
PLACES = [Place(n, session, _PEOPLE[session.user]) for n, session in enumerate(SESSIONS)]


def leads_in_calls(leads: Rows, now: datetime) -> Rows:
    """The leads, changed by the calls of this moment."""
    return called_leads(leads, CALLS, now)


def session_rows(leads: Rows, now: datetime) -> dict[str, Rows]:
    """The rows by table; `now` is local time."""
    in_groups = [(place, group_id) for place in PLACES for group_id in place.person.in_groups]
    return {
        "vicidial_live_agents": [_live_agent(place, now) for place in PLACES],
        "vicidial_agent_log": [_agent_log(place, now) for place in PLACES],
        "vicidial_user_log": [_login(place, now) for place in PLACES],
        "vicidial_campaign_agents": [
            {"user": one.user, "campaign_id": one.campaign_id, "calls_today": one.calls_today}
            for one in SESSIONS
        ],
        "vicidial_inbound_group_agents": [
            _in_group_rank(place, group_id) for place, group_id in in_groups
        ],
        "vicidial_live_inbound_agents": [
            _live_in_group(place, group_id, now) for place, group_id in in_groups
        ],
        **call_rows(CALLS, leads, now),
        **chat_rows(_CHAT, CALLS[_CHAT], now),
    }


def _live_agent(place: Place, now: datetime) -> Row:
    session, person = place.session, place.person
    changed = now - timedelta(seconds=session.seconds)
    return {
        "user": session.user,
        "server_ip": place.server_ip,
        "conf_exten": place.conference,
        "extension": place.extension,
        "status": session.status,
        "campaign_id": session.campaign_id,
        "random_id": 10_000_000 + place.number,
        "last_state_change": changed,
        "last_call_finish": changed,
        "closer_campaigns": column_text(person.in_groups),
        "user_level": person.level,
        "comments": session.comments,
        "calls_today": session.calls_today,
        "agent_log_id": place.log_id,
        "outbound_autodial": "N" if session.status == "CLOSER" else "Y",
        "on_hook_agent": "Y" if session.rings_for else "N",
        "ring_callerid": session.rings_for.code(now) if session.rings_for else "",
        "preview_lead_id": session.preview_lead_id,
    } | _customer(session.call, changed, now)


def _customer(call: Call | None, changed: datetime, now: datetime) -> Row:
    if call is None:
        no_line = dict.fromkeys(("callerid", "uniqueid", "channel"), "")
        return {"lead_id": 0, "last_call_time": changed, **no_line}
    return {
        "lead_id": call.lead_id,
        "last_call_time": call.begun(now),
        "callerid": call.code(now),
        "uniqueid": call.uniqueid(now),
        "channel": call.channel,
    }


def _agent_log(place: Place, now: datetime) -> Row:
    session = place.session
    return {
        "agent_log_id": place.log_id,
        "user": session.user,
        "server_ip": place.server_ip,
        "event_time": now - timedelta(seconds=session.seconds),
        "lead_id": session.call.lead_id if session.call else None,
        "campaign_id": session.campaign_id,
        "user_group": place.person.group,
        "sub_status": session.pause_code,
    }


def _login(place: Place, now: datetime) -> Row:
    return {
        "user": place.session.user,
        "event": "LOGIN",
        "campaign_id": place.session.campaign_id,
        "event_date": login_time(place.person, now),
        "user_group": place.person.group,
        "session_id": place.conference,
        "server_ip": place.server_ip,
        "extension": place.extension,
        "computer_ip": f"192.168.1.{205 + place.number}",
        "phone_login": place.person.phone,
    }


def _in_group_rank(place: Place, group_id: str) -> Row:
    rank, grade, calls_today = _RANKS.get((place.session.user, group_id), _NO_RANK)
    return {
        "user": place.session.user,
        "group_id": group_id,
        "group_rank": rank,
        "group_weight": rank,
        "group_grade": grade,
        "calls_today": calls_today,
    }


def _live_in_group(place: Place, group_id: str, now: datetime) -> Row:
    same = _in_group_rank(place, group_id)
    del same["group_rank"]
    return same | {"last_call_time": login_time(place.person, now)}
