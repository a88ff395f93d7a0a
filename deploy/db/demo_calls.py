"""Demo calls: those that are going on at this moment, as the dialer keeps them, and a chat."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from deploy.db.demo_phones import SERVER_IP
from deploy.db.demo_rows import Row, Rows


class Call(NamedTuple):
    """A call to a lead, or from one, that began so many seconds ago.

    `kind` is the first letter of its code: V was dialed by the dialer, M by an agent, Y came in.
    `campaign_id` is the in-group of what came in; `status` the dialer's word. `line` says of the
    customer's: `parked`, `dialing` until an agent's call is answered, `gone`, `chat` for no line.
    """

    kind: str
    lead_id: int
    seconds: int
    campaign_id: str = "TESTCAMP"
    status: str = "XFER"
    line: str = ""

    @property
    def channel(self) -> str:
        """Asterisk's name of the customer's line."""
        return f"SIP/trunk1-{self.lead_id:08x}" if self.line in {"", "parked"} else ""

    def begun(self, now: datetime) -> datetime:
        """When it began."""
        return now - timedelta(seconds=self.seconds)

    def code(self, now: datetime) -> str:
        """The caller id, by which all of VICIdial knows the call."""
        return f"{self.kind}{f'{self.begun(now):%m%d%H%M%S}'[1:]}{self.lead_id:010}"

    def uniqueid(self, now: datetime) -> str:
        """Asterisk's number of the call."""
        return f"{self.begun(now).timestamp():.0f}.{self.lead_id}" if self.channel else ""


WAITING = Call("Y", 278, 25, "SALES", "LIVE")
# No agent has them yet.
DIALED = (
    WAITING,
    Call("V", 272, 4, status="LIVE"),
    Call("V", 267, 11, status="RINGING"),
    Call("V", 266, 2, status="SENT"),
)

# The contract's example was dialed by hand, under the lead's other number.
_EXAMPLE_LEAD = 104
_EXAMPLE = {"vendor_lead_code": "123457", "alt_phone": "3125551212"}


def called_leads(leads: Rows, calls: Mapping[Call, str], now: datetime) -> Rows:
    """The leads, changed as calls change them; `calls` has the user of each."""
    busy = {call.lead_id: (call, user) for call, user in calls.items()}
    return [
        lead | _called(lead, *busy[lead["lead_id"]], now) if lead["lead_id"] in busy else lead
        for lead in leads
    ]


def call_rows(calls: Iterable[Call], leads: Rows, now: datetime) -> dict[str, Rows]:
    """The rows of what is on the phone, by table; `now` is local time."""
    by_id = {lead["lead_id"]: lead for lead in leads}
    lines = [call for call in calls if call.line not in {"gone", "chat"}]
    return {
        "vicidial_auto_calls": [_auto_call(call, by_id[call.lead_id], now) for call in lines],
        "parked_channels": [_parked(call, now) for call in lines if call.line == "parked"],
    }


def chat_rows(chat: Call, agent: str, now: datetime) -> dict[str, Rows]:
    """The rows of a chat that goes on, by table."""
    said = {"customer": "Hello, my order has not arrived.", agent: "I am looking for it."}
    return {
        "vicidial_live_chats": [
            {
                "chat_id": 1,
                "chat_start_time": chat.begun(now),
                "status": "LIVE",
                "chat_creator": agent,
                "group_id": chat.campaign_id,
                "lead_id": chat.lead_id,
            }
        ],
        "vicidial_chat_log": [
            {"chat_id": "1", "message": message, "poster": poster, "chat_member_name": poster}
            for poster, message in said.items()
        ],
    }


def _called(lead: Row, call: Call, user: str, now: datetime) -> Row:
    return {
        "status": "INCALL",
        "user": user,
        "called_count": lead["called_count"] + 1,
        "called_since_last_reset": "Y",
        "last_local_call_time": call.begun(now),
        # Converted by the server, which refuses local times that summer time skips.
        "modify_date": now,
    } | (_EXAMPLE if call.lead_id == _EXAMPLE_LEAD else {})


def _auto_call(call: Call, lead: Row, now: datetime) -> Row:
    return {
        "server_ip": SERVER_IP,
        "campaign_id": call.campaign_id,
        "status": call.status,
        "lead_id": call.lead_id,
        "uniqueid": call.uniqueid(now),
        "callerid": call.code(now),
        "channel": call.channel,
        "phone_code": "1",
        "phone_number": lead["alt_phone"] or lead["phone_number"],
        "alt_dial": "ALT" if lead["alt_phone"] else "NONE",
        "call_time": call.begun(now),
        "call_type": "IN" if call.kind == "Y" else "OUT",
    }


def _parked(call: Call, now: datetime) -> Row:
    return {
        "channel": call.channel,
        "server_ip": SERVER_IP,
        "channel_group": call.code(now),
        "extension": "8301",
        "parked_by": "8301",
        "parked_time": now - timedelta(seconds=call.seconds // 2),
    }
