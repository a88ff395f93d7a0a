"""The logs of inbound calls."""

from collections.abc import Iterator

from deploy.db.logs.calls import (
    AGENT,
    CALLER_CODE,
    CHANNEL,
    DID_ID,
    DID_NUMBER,
    IN_GROUP,
    LIST,
    PHONE,
    SERVER_IP,
    UNIQUEID,
    USER_GROUP,
)
from deploy.db.logs.fill import Fill

_CALL = {"uniqueid": UNIQUEID, "lead_id": "lead_id", "call_date": "FROM_UNIXTIME(start)"}
_LOG = _CALL | {
    "closecallid": "closecallid",
    "list_id": LIST,
    "campaign_id": IN_GROUP,
    "start_epoch": "start",
    "end_epoch": "start + length",
    "length_in_sec": "length",
    "status": "status",
    "phone_code": "'1'",
    "phone_number": PHONE,
    "user": f"IF(answered, {AGENT}, 'VDCL')",
    "comments": "IF(answered, 'INBOUND', 'AUTO')",
    "processed": "'N'",
    "queue_seconds": "ring + luck % 100 / 100",
    "user_group": f"IF(answered, {USER_GROUP}, NULL)",
    "xfercallid": "IF(came_from IS NULL, 0, closecallid)",
    "term_reason": "IF(answered, IF(chance DIV 4 % 3, 'CALLER', 'AGENT'), 'ABANDON')",
    "queue_position": "1 + luck DIV 16 % 5",
    "called_count": "1 + luck DIV 256 % 9",
}
_EXTENDED = _CALL | {"server_ip": SERVER_IP, "caller_code": CALLER_CODE}
_CODE = _EXTENDED | {"group_id": IN_GROUP, "prev_caller_code": "''"}
_DID = {
    "uniqueid": UNIQUEID,
    "channel": CHANNEL,
    "server_ip": SERVER_IP,
    "caller_id_number": PHONE,
    "caller_id_name": "CONCAT('CALLER ', lead_id)",
    "extension": DID_NUMBER,
    "call_date": "FROM_UNIXTIME(begun)",
    "did_id": DID_ID,
    "did_route": "'IN_GROUP'",
}
# Callers who hang up before they come to an in-group.
_GONE = _DID | {
    "uniqueid": "CONCAT(begun - 40, '.', line)",
    "call_date": "FROM_UNIXTIME(begun - 40)",
    "did_route": "'CALLMENU'",
}


def inbound_fills() -> Iterator[Fill]:
    """What is written of inbound calls."""
    yield Fill("vicidial_closer_log", _LOG, "inbound_calls")
    # A call that enters an in-group gets another code there: the last one stays.
    last_code = "inbound_calls ON DUPLICATE KEY UPDATE caller_code = VALUES(caller_code)"
    yield Fill("vicidial_log_extended", _EXTENDED, last_code)
    yield Fill("vicidial_inbound_caller_codes", _CODE, "inbound_calls")
    yield Fill("vicidial_did_log", _DID, "inbound_calls WHERE came_from IS NULL")
    yield Fill("vicidial_did_log", _GONE, "inbound_calls WHERE closecallid % 20 = 7")
