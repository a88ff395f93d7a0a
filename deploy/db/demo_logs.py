"""Demo logs: what VICIdial has written of the calls of the demo shifts, and of those at present."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from deploy.db.demo_inbound import did_of
from deploy.db.demo_logged_calls import LoggedCall
from deploy.db.demo_phones import SERVER_IP
from deploy.db.demo_rows import Row, Rows
from deploy.db.demo_shifts import Record

# Of each log the column of its time: the archiver copies the logs every night.
ARCHIVED = {
    "vicidial_log": "call_date",
    "vicidial_closer_log": "call_date",
    "vicidial_agent_log": "event_time",
    "vicidial_log_extended": "call_date",
    "vicidial_did_log": "call_date",
    "vicidial_carrier_log": "call_date",
    "recording_log": "start_time",
}

_FIRST_CLOSECALLID = 2001
# The contract's example is the one before.
_FIRST_RECORDING = 534_821
# The agents at work write this one.
_LAST_RECORD = 41_000
_RECORDED = 3  # one out of so many calls of agents
_NOTES = ("Wants the yearly plan.", "Delivery in the afternoon only.", "Second order this year.")
# From the first ring to the queue, where a caller hears the greeting.
_GREETING = timedelta(seconds=2)
# So long before, some callers have tried another number.
_EARLIER = timedelta(minutes=5)


def call_log_rows(calls: Sequence[LoggedCall]) -> dict[str, Rows]:
    """The rows by table."""
    inbound = [call for call in calls if call.came_in]
    ids = {call.uniqueid: str(n) for n, call in enumerate(inbound, _FIRST_CLOSECALLID)}
    handled = [call for call in calls if call.agent]
    return {
        "vicidial_log": [_outbound(call) for call in calls if not call.came_in],
        "vicidial_closer_log": [_inbound(call, ids[call.uniqueid]) for call in inbound],
        "vicidial_log_extended": [_extended(call) for call in calls],
        "vicidial_inbound_caller_codes": [_in_group_code(call) for call in inbound],
        "vicidial_did_log": [row for call in inbound for row in _did_log(call)],
        "recording_log": [
            _recording(call, recording_id, ids.get(call.uniqueid, call.uniqueid))
            for recording_id, call in enumerate(handled[::_RECORDED], _FIRST_RECORDING)
        ],
        "vicidial_call_notes": [
            _note(call, ids.get(call.uniqueid, call.uniqueid))
            for call in handled
            if call.status == "SALE"
        ],
    }


def agent_log_rows(records: Sequence[Record]) -> dict[str, Rows]:
    """The rows of the agents' log, before those of the sessions at present."""
    first = _LAST_RECORD - len(records) + 1
    return {"vicidial_agent_log": [_agent_log(one, n) for n, one in enumerate(records, first)]}


def _common(call: LoggedCall) -> Row:
    began = _logged(call)
    epoch = int(began.timestamp())
    return {
        "uniqueid": call.uniqueid,
        "lead_id": call.lead["lead_id"],
        "list_id": call.lead["list_id"],
        "campaign_id": call.campaign_id,
        "call_date": began,
        "start_epoch": epoch,
        "end_epoch": None if call.length is None else epoch + call.length,
        "length_in_sec": call.length,
        "status": call.status,
        "phone_code": "1",
        "phone_number": _number(call),
        "user": call.user,
        "processed": "N",
        "user_group": call.agent.group if call.agent else None,
        "term_reason": _term_reason(call),
        "called_count": call.called_count,
    }


def _outbound(call: LoggedCall) -> Row:
    alt_dial = "ALT" if call.lead["alt_phone"] else "MAIN"
    return _common(call) | {"comments": _marker(call), "alt_dial": alt_dial}


def _inbound(call: LoggedCall, closecallid: str) -> Row:
    return _common(call) | {
        "closecallid": closecallid,
        "comments": "AUTO",
        "queue_seconds": call.waited,
        "xfercallid": 0,
    }


def _extended(call: LoggedCall) -> Row:
    return {
        "uniqueid": call.uniqueid,
        "server_ip": SERVER_IP,
        "call_date": call.began,
        "lead_id": call.lead["lead_id"],
        "caller_code": call.code,
    }


def _in_group_code(call: LoggedCall) -> Row:
    return _extended(call) | {"group_id": call.campaign_id, "prev_caller_code": ""}


def _did_log(call: LoggedCall) -> Iterator[Row]:
    """The call's row, and of some callers that of a call that ended in a menu."""
    name = f"{call.lead['last_name']} {call.lead['first_name']}".upper()[:20]
    did_id, extension = did_of(group_id=call.campaign_id)
    row = {
        "uniqueid": call.uniqueid,
        "channel": call.channel,
        "server_ip": SERVER_IP,
        "caller_id_number": _number(call),
        "caller_id_name": name,
        "extension": extension,
        "call_date": call.began,
        "did_id": str(did_id),
        "did_route": "IN_GROUP",
    }
    if call.number % 4 == 0:
        earlier = call._replace(began=call.began - _EARLIER)
        did_id, extension = did_of(menu_id="main_ivr")
        yield row | {
            "uniqueid": earlier.uniqueid,
            "extension": extension,
            "call_date": earlier.began,
            "did_id": str(did_id),
            "did_route": "CALLMENU",
        }
    yield row


def _recording(call: LoggedCall, recording_id: int, vicidial_id: str) -> Row:
    """The agent's part of the call; while it goes on, the file is not moved yet."""
    began = _logged(call) + timedelta(seconds=call.waited)
    epoch, length = int(began.timestamp()), call.length and call.length - call.waited
    filename = f"{began:%Y%m%d-%H%M%S}_{_number(call)}"
    url = f"http://10.0.0.9/RECORDINGS/MP3/{filename}-all.mp3"
    return {
        "recording_id": recording_id,
        "channel": call.channel,
        "server_ip": SERVER_IP,
        "extension": "8309",
        "start_time": began,
        "start_epoch": epoch,
        "end_time": None if length is None else began + timedelta(seconds=length),
        "end_epoch": None if length is None else epoch + length,
        "length_in_sec": length,
        "length_in_min": None if length is None else round(length / 60, 2),
        "filename": filename,
        "location": None if length is None else url,
        "lead_id": call.lead["lead_id"],
        "user": call.user,
        "vicidial_id": vicidial_id,
    }


def _note(call: LoggedCall, vicidial_id: str) -> Row:
    return {
        "lead_id": call.lead["lead_id"],
        "vicidial_id": vicidial_id,
        "call_date": call.began,
        "call_notes": _NOTES[call.number % len(_NOTES)],
    }


def _agent_log(record: Record, agent_log_id: int) -> Row:
    place, call = record.place, record.call
    pause = int(record.began.timestamp())
    talk = pause + record.pause + record.wait
    end = talk + record.talk
    return {
        "agent_log_id": agent_log_id,
        "user": place.session.user,
        "server_ip": place.server_ip,
        "event_time": record.began,
        "lead_id": call.lead["lead_id"] if call else None,
        "campaign_id": place.session.campaign_id,
        "pause_epoch": pause,
        "pause_sec": record.pause,
        "wait_epoch": pause + record.pause if call else None,
        "wait_sec": record.wait,
        "talk_epoch": talk if call else None,
        "talk_sec": record.talk,
        "dispo_epoch": end if call else None,
        "dispo_sec": record.dispo,
        "status": call.status if call else None,
        "user_group": place.person.group,
        "comments": _marker(call) if call else None,
        "sub_status": record.pause_code,
        "dead_epoch": end - record.dead if record.dead else None,
        "dead_sec": record.dead,
        "uniqueid": call.uniqueid if call else "",
        "pause_type": "AGENT" if record.pause_code else "SYSTEM",
    }


def _logged(call: LoggedCall) -> datetime:
    """When the call's row was written: at its begin, or when it came to the in-group."""
    return call.began + _GREETING if call.came_in else call.began


def _number(call: LoggedCall) -> str:
    return str(call.lead["alt_phone"] or call.lead["phone_number"])


def _marker(call: LoggedCall) -> str:
    return {"V": "AUTO", "M": "MANUAL", "Y": "INBOUND"}[call.kind]


def _term_reason(call: LoggedCall) -> str:
    if call.length is None or not (call.agent or call.came_in):
        return "NONE"
    if call.agent is None:
        return "ABANDON"
    return ("CALLER", "AGENT", "CALLER")[call.number % 3]
