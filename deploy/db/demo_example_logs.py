"""The contract's examples of logs: calls at fixed dates, and what was written of them."""

from datetime import datetime, timedelta

from deploy.db.demo_leads import EXAMPLE_LEAD, example_lead
from deploy.db.demo_phones import SERVER_IP
from deploy.db.demo_rows import Row, Rows

_CARRIER_SERVER_IP = "192.168.1.10"
_MANUAL_CALL, _AUTO_CALL = "M1081030000000012345", "V1081030000000012345"
_AUTO_CALL_ID, _MANUAL_CALL_ID = "1736350195.123", "1736350200.1522"
# One uniqueid in several examples: of a call dialed by hand, and of one that came in.
_LONG_CALL_ID = "1736355590.1234"
_MORNING = datetime(2025, 1, 8, 10, 30)  # noqa: DTZ001 - as the database keeps it
_NOON = datetime(2025, 1, 8, 12, 0, 1)  # noqa: DTZ001
_NOON_EPOCH = 1_736_355_601
_OLD = datetime(2012, 9, 13, 15, 54, 16)  # noqa: DTZ001
_OLDER_PHONE = datetime(2017, 1, 6, 8, 11, 1)  # noqa: DTZ001
_FILENAME = "20250108-120001_5551234567"
_SECOND = timedelta(seconds=1)


def example_log_lead(now: datetime) -> Row:
    """The lead whose number was called in 2017."""
    return example_lead(now) | {
        "lead_id": 4711,
        "list_id": 82106,
        "phone_number": "9998887112",
        "status": "TD",
        "source_id": "mail098",
        "first_name": "Carla",
        "last_name": "Moss",
        "alt_phone": "",
        "email": "carla@example.com",
        "comments": "",
        "user": "6666",
        "called_count": 3,
        "called_since_last_reset": "Y",
        "entry_date": _OLDER_PHONE,
        "last_local_call_time": _OLDER_PHONE,
    }


def example_log_rows() -> dict[str, Rows]:
    """The rows by table."""
    return {
        "vicidial_campaign_statuses": [
            _status("SALEX", "Sale with extras", sale="Y"),
            _status("WN", "Wrong number", sale="N"),
        ],
        "vicidial_log": list(_outbound()),
        "vicidial_closer_log": [_inbound()],
        "vicidial_log_extended": [
            # Not of the automatic call: its code is also that of a call that goes on.
            _extended(_MANUAL_CALL_ID, _MORNING, _MANUAL_CALL),
            _extended(_LONG_CALL_ID, _NOON, "M4050908070000012345"),
            _extended("1347566056.399", _OLD, "M9131554060000426264"),
        ],
        "vicidial_agent_log": [_agent_log()],
        "vicidial_did_log": [_did_log()],
        "recording_log": [_recording()],
        "vicidial_carrier_log": [_carrier_log()],
        "vicidial_sip_event_log": [_sip_event()],
        "live_sip_channels": [
            {
                "channel": "SIP/8001-00000001",
                "server_ip": _CARRIER_SERVER_IP,
                "channel_group": _AUTO_CALL,
                "extension": "8600051",
                "channel_data": "8600051,F",
            }
        ],
    }


def _status(status: str, name: str, *, sale: str) -> Row:
    common = {"campaign_id": "TESTCAMP", "selectable": "Y", "human_answered": "Y"}
    return common | {"status": status, "status_name": name, "sale": sale}


def _outbound() -> tuple[Row, ...]:
    mine = _call(EXAMPLE_LEAD, "5551234567", _MORNING, 1_736_350_200, 125)
    return (
        mine | {"uniqueid": _AUTO_CALL_ID, "user": "1001"},
        mine
        | {
            "uniqueid": _MANUAL_CALL_ID,
            "campaign_id": "NEWCAMP",
            "status": "N",
            "user": "1013",
            "comments": "MANUAL",
            "called_count": 2,
        },
        _call(EXAMPLE_LEAD, "3125551212", _NOON, _NOON_EPOCH, 739)
        | {
            "uniqueid": _LONG_CALL_ID,
            "list_id": 999,
            "status": "A",
            "user_group": "ADMIN",
            "comments": "MANUAL",
            "called_count": 3,
        },
        _call(426264, "5551112222", _OLD, 1_347_566_056, 48)
        | {"uniqueid": "1347566056.399", "status": "WN"},
        _call(4711, "9998887112", _OLDER_PHONE, 1_483_708_261, 25)
        | {"uniqueid": "1483708255.77", "list_id": 82106, "status": "SALE", "called_count": 3},
    )


def _call(lead_id: int, phone_number: str, began: datetime, epoch: int, length: int) -> Row:
    return {
        "uniqueid": "",
        "lead_id": lead_id,
        "list_id": 101,
        "campaign_id": "TESTCAMP",
        "call_date": began,
        "start_epoch": epoch,
        "end_epoch": epoch + length,
        "length_in_sec": length,
        "status": "NI",
        "phone_code": "1",
        "phone_number": phone_number,
        "user": "6666",
        "comments": "AUTO",
        "processed": "N",
        "user_group": "AGENTS",
        "term_reason": "AGENT",
        "alt_dial": "MAIN",
        "called_count": 1,
    }


def _inbound() -> Row:
    call = _call(876409, "7275551212", _NOON + 2 * _SECOND, _NOON_EPOCH + 2, 121)
    del call["alt_dial"]
    return call | {
        "closecallid": 2000,
        "uniqueid": _LONG_CALL_ID,
        "campaign_id": "SALES",
        "status": "SALE",
        "user": "1000",
        "queue_seconds": 14,
    }


def _extended(uniqueid: str, call_date: datetime, caller_code: str) -> Row:
    return {
        "uniqueid": uniqueid,
        "server_ip": SERVER_IP,
        "call_date": call_date,
        "lead_id": int(caller_code[-10:]),
        "caller_code": caller_code,
    }


def _agent_log() -> Row:
    """Of the long call; the customer was there for all of the time."""
    talk_epoch = _NOON_EPOCH + 14
    return {
        "agent_log_id": 30_001,
        "user": "6666",
        "server_ip": SERVER_IP,
        "event_time": _NOON,
        "lead_id": EXAMPLE_LEAD,
        "campaign_id": "TESTCAMP",
        "pause_epoch": _NOON_EPOCH,
        "pause_sec": 14,
        "wait_epoch": talk_epoch,
        "wait_sec": 0,
        "talk_epoch": talk_epoch,
        "talk_sec": 725,
        "dispo_epoch": talk_epoch + 725,
        "dispo_sec": 9,
        "status": "A",
        "user_group": "ADMIN",
        "comments": "MANUAL",
        "sub_status": "LOGIN",
        "uniqueid": _LONG_CALL_ID,
        "pause_type": "AGENT",
    }


def _did_log() -> Row:
    return {
        "uniqueid": _LONG_CALL_ID,
        "channel": "SIP/trunk1-00000a1f",
        "server_ip": SERVER_IP,
        "caller_id_number": "7275551212",
        "caller_id_name": "JOHN DOE",
        "extension": "3125551212",
        "call_date": _NOON,
        # Of a DID that is gone: the next one that is added is 12.
        "did_id": "42",
        "did_route": "IN_GROUP",
    }


def _recording() -> Row:
    return {
        "recording_id": 534_820,
        "channel": "SIP/trunk1-00000a1f",
        "server_ip": SERVER_IP,
        "extension": "8309",
        "start_time": _NOON,
        "start_epoch": _NOON_EPOCH,
        "end_time": _NOON + 63 * _SECOND,
        "end_epoch": _NOON_EPOCH + 63,
        "length_in_sec": 63,
        "length_in_min": 1.05,
        "filename": _FILENAME,
        "location": f"http://10.0.0.9/RECORDINGS/MP3/{_FILENAME}-all.mp3",
        "lead_id": 876409,
        "user": "1000",
        "vicidial_id": _LONG_CALL_ID,
    }


def _carrier_log() -> Row:
    return {
        "uniqueid": _AUTO_CALL_ID,
        "call_date": _MORNING,
        "server_ip": _CARRIER_SERVER_IP,
        "lead_id": EXAMPLE_LEAD,
        "hangup_cause": 16,
        "dialstatus": "ANSWER",
        "channel": "SIP/carrier-00000001",
        "dial_time": 5,
        "answered_time": 120,
        "sip_hangup_cause": 200,
        "sip_hangup_reason": "OK",
        "caller_code": _AUTO_CALL,
    }


def _sip_event() -> Row:
    return {
        "sip_event_id": 118_756,
        "sip_call_id": "2bcd9bfa0edef83f@10.0.0.5:5060",
        "sip_event": "INVITE",
        "event_date": _MORNING + timedelta(microseconds=84_394),
        "server_ip": _CARRIER_SERVER_IP,
        "caller_code": _MANUAL_CALL,
        "channel": "SIP/proxy1-0000687a",
        "uniqueid": _MANUAL_CALL_ID,
    }
