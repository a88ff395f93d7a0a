"""The logs of outbound calls."""

from collections.abc import Iterator

from deploy.db.logs.calls import (
    AGENT,
    CALLER_CODE,
    CAMPAIGN,
    CHANNEL,
    LIST,
    PHONE,
    SERVER_IP,
    UNIQUEID,
    USER_GROUP,
)
from deploy.db.logs.fill import Fill, by_status
from deploy.db.logs.sizes import Sizes
from deploy.db.logs.times import Span

_CALL = {"uniqueid": UNIQUEID, "lead_id": "lead_id", "call_date": "FROM_UNIXTIME(start)"}
_LOG = _CALL | {
    "list_id": LIST,
    "campaign_id": CAMPAIGN,
    "start_epoch": "start",
    "end_epoch": "start + length",
    "length_in_sec": "length",
    "status": "status",
    "phone_code": "'1'",
    "phone_number": PHONE,
    "user": f"IF(answered, {AGENT}, 'VDAD')",
    "comments": "IF(letter = 'M', 'MANUAL', 'AUTO')",
    "processed": "'N'",
    "user_group": f"IF(answered, {USER_GROUP}, NULL)",
    "term_reason": "IF(answered, IF(chance DIV 4 % 3, 'CALLER', 'AGENT'), 'NONE')",
    "alt_dial": "IF(luck DIV 16 % 8, 'MAIN', 'ALT')",
    "called_count": "1 + luck DIV 256 % 9",
}
_EXTENDED = _CALL | {"server_ip": SERVER_IP, "caller_code": CALLER_CODE}
_DIAL = _CALL | {
    "caller_code": CALLER_CODE,
    "server_ip": SERVER_IP,
    "extension": "'8368'",
    "channel": f"CONCAT('Local/91', {PHONE}, '@default')",
    "context": "'default'",
    "timeout": "26000",
}
_CARRIER = _CALL | {
    "server_ip": SERVER_IP,
    "hangup_cause": by_status({"NA": 19, "B": 17, "ADC": 1, "DC": 34}, 16),
    "dialstatus": by_status(
        {"NA": "NOANSWER", "B": "BUSY", "ADC": "CHANUNAVAIL", "DC": "CONGESTION"}, "ANSWER"
    ),
    "channel": CHANNEL,
    "dial_time": "ring",
    "answered_time": "COALESCE(length - ring, 0)",
    "sip_hangup_cause": by_status({"NA": 480, "B": 486, "ADC": 404, "DC": 503}, 200),
    "sip_hangup_reason": by_status(
        {
            "NA": "Temporarily Unavailable",
            "B": "Busy Here",
            "ADC": "Not Found",
            "DC": "Service Unavailable",
        },
        "OK",
    ),
    "caller_code": CALLER_CODE,
}
_SIP = {
    "caller_code": CALLER_CODE,
    "channel": CHANNEL,
    "server_ip": SERVER_IP,
    "uniqueid": UNIQUEID,
    "sip_call_id": f"CONCAT(LOWER(HEX(luck)), '@', {SERVER_IP}, ':5060')",
    "event_date": "FROM_UNIXTIME(start) + INTERVAL after + luck % 100000 MICROSECOND",
    "sip_event": "event",
}
_SIP_EVENTS = """
    (SELECT 'INVITE' AS event, 0 AS after UNION ALL SELECT '100', 100000
     UNION ALL SELECT '180', 1300000 UNION ALL SELECT '200', 5400000) AS events
"""


def outbound_fills(sizes: Sizes, span: Span) -> Iterator[Fill]:
    """What is written of outbound calls; the dial log of the last nine days, SIP of today."""
    kept = f"line >= {2 * (sizes.calls - sizes.calls // 10)}"
    today = f"outbound_calls JOIN {_SIP_EVENTS} WHERE start >= {span.today}"
    yield Fill("vicidial_log", _LOG, "outbound_calls")
    yield Fill("vicidial_log_extended", _EXTENDED, "outbound_calls")
    yield Fill("vicidial_carrier_log", _CARRIER, "outbound_calls")
    yield Fill("vicidial_dial_log", _DIAL, f"outbound_calls WHERE {kept}")
    yield Fill(
        "vicidial_sip_event_log",
        _SIP,
        f"{today} ORDER BY start * 1000000 + after + luck % 100000, line",
    )
