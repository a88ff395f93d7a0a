"""Demo SIP: what the carrier said of calls, the messages of those dialed by hand, and channels."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from deploy.db.demo_logged_calls import LoggedCall
from deploy.db.demo_phones import SERVER_IP
from deploy.db.demo_rows import Row, Rows
from deploy.db.demo_sessions import PLACES, Place
from deploy.db.demo_users import login_time

_LIVE = "vicidial_sip_event_log"
# The contract's example is the one before.
_FIRST_EVENT_ID = 118_757
# Where calls wait until an agent is free.
_WAITING_ROOM = "8365"


class _End(NamedTuple):
    """How a call ended: Asterisk's word and cause, those of the carrier."""

    dialstatus: str
    hangup_cause: int
    sip_hangup_cause: int
    sip_hangup_reason: str


_ANSWER = _End("ANSWER", 16, 200, "OK")
_ENDS = {
    "NA": _End("NOANSWER", 19, 480, "Temporarily Unavailable"),
    "B": _End("BUSY", 17, 486, "Busy Here"),
    "ADC": _End("CHANUNAVAIL", 1, 404, "Not Found"),
}


def carrier_rows(calls: Iterable[LoggedCall]) -> dict[str, Rows]:
    """What is written when an outbound call is over."""
    over = (call for call in calls if call.length is not None and not call.came_in)
    return {"vicidial_carrier_log": [_carrier_log(call, call.length or 0) for call in over]}


def sip_event_rows(calls: Iterable[LoggedCall], now: datetime) -> dict[str, Rows]:
    """Today's messages, and those that were rolled into the table of their day of the week."""
    of_day = defaultdict(list)
    for call in calls:
        if call.kind == "M":
            of_day[call.began.date()].append(call)
    rows: dict[str, Rows] = {"vicidial_sip_event_archive_details": []}
    for day, of_that_day in of_day.items():
        if day == now.date():
            rows[_LIVE] = list(_events(of_that_day, _FIRST_EVENT_ID))
        else:
            wday = day.isoweekday() % 7
            events = rows[f"{_LIVE}_{wday}"] = list(_events(of_that_day, 1))
            rows["vicidial_sip_event_archive_details"].append(
                {
                    "wday": wday,
                    "start_event_date": events[0]["event_date"],
                    "end_event_date": events[-1]["event_date"],
                    "record_count": len(events),
                }
            )
    return rows


def channel_rows(calls: Iterable[LoggedCall], now: datetime) -> dict[str, Rows]:
    """The channels that are up: phones in their rooms, and customers in those of their agents."""
    rooms = {place.session.user: place.conference for place in PLACES}
    return {
        "live_sip_channels": [_phone_channel(place, now) for place in PLACES],
        "live_channels": [
            _channel(call.channel, SERVER_IP, call.code, rooms.get(call.user, _WAITING_ROOM))
            for call in calls
        ],
    }


def _carrier_log(call: LoggedCall, length: int) -> Row:
    end = _ENDS.get(call.status, _ANSWER)
    answered = length - call.waited if end is _ANSWER else 0
    return {
        "uniqueid": call.uniqueid,
        "call_date": call.began + timedelta(seconds=length),
        "server_ip": SERVER_IP,
        "lead_id": call.lead["lead_id"],
        "channel": call.channel,
        "dial_time": call.waited,
        "answered_time": answered,
        "caller_code": call.code,
    } | end._asdict()


def _events(calls: Iterable[LoggedCall], first_id: int) -> Iterator[Row]:
    """Of each call what was sent and what came back, in the order of their times."""
    events = [
        (call.began + timedelta(microseconds=after + call.number * 7919 % 90_000), message, call)
        for call in calls
        for message, after in _messages(call)
    ]
    events.sort(key=lambda event: event[0])
    for sip_event_id, (event_date, message, call) in enumerate(events, first_id):
        yield {
            "sip_event_id": sip_event_id,
            "caller_code": call.code,
            "channel": call.channel,
            "server_ip": SERVER_IP,
            "uniqueid": call.uniqueid,
            "sip_call_id": f"{call.epoch * call.number:016x}@{SERVER_IP}:5060",
            "event_date": event_date,
            "sip_event": message,
        }


def _messages(call: LoggedCall) -> Iterator[tuple[str, int]]:
    """The messages, and how many microseconds after the first each came."""
    yield "INVITE", 0
    yield "100", 110_000
    yield "180", 1_350_000
    yield "200", call.waited * 1_000_000


def _phone_channel(place: Place, now: datetime) -> Row:
    login, room = login_time(place.person, now), place.conference
    channel = f"{place.extension}-{place.log_id:08x}"
    return _channel(channel, place.server_ip, f"S{login:%y%m%d%H%M%S}{room}", room)


def _channel(channel: str, server_ip: str, channel_group: str, extension: str) -> Row:
    return {
        "channel": channel,
        "server_ip": server_ip,
        "channel_group": channel_group,
        "extension": extension,
        "channel_data": f"{extension},F",
    }
