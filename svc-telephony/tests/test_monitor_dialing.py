"""What a monitor call dials, and its header lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc_telephony.monitoring.dialing import header_lines, monitor_call, target
from svc_telephony.monitoring.store import ListenerPhone

CODE = "BM173636824500000api"
PHONE = ListenerPhone("8002", "10.10.10.15", "8002", "98002", "3125551212")
TARGET = "010*010*010*016*08600051"
ENDS = [f'Callerid: "{CODE}" <3125551212>', "Variable: __monitorsession=8600051"]
HOSTILE = st.text('\r\n\0a:;," ', max_size=20)


@pytest.mark.parametrize(
    ("server_ip", "prefix", "session_id", "number"),
    [
        ("10.10.10.16", "0", "8600051", "010*010*010*016*08600051"),
        ("10.10.10.16", "", "8600051", "010*010*010*016*8600051"),
        ("192.168.100.200", "47378218", "9600001", "192*168*100*200*473782189600001"),
        ("1.2.3.4", "6", "1", "001*002*003*004*61"),
        ("0.0.0.0", "4", "51", "000*000*000*000*451"),
    ],
)
def test_a_target_is_octets_of_three_digits_prefix_and_session(
    server_ip: str, prefix: str, session_id: str, number: str
) -> None:
    assert target(server_ip, prefix, session_id) == number


def test_the_session_is_dialled_first() -> None:
    call = monitor_call(CODE, PHONE, TARGET, swapped=False)

    assert (call.channel, call.extension) == (f"Local/{TARGET}@default", "98002")
    assert header_lines(call, "8600051") == [
        f"Channel: Local/{TARGET}@default",
        "Context: default",
        "Exten: 98002",
        "Priority: 1",
        *ENDS,
    ]


def test_swapped_the_phone_is_dialled_first() -> None:
    call = monitor_call(CODE, PHONE, TARGET, swapped=True)

    assert (call.channel, call.extension) == ("Local/98002@default", TARGET)
    assert header_lines(call, "8600051") == [
        "Channel: Local/98002@default",
        "Context: default",
        f"Exten: {TARGET}",
        "Priority: 1",
        *ENDS,
    ]


def test_a_call_is_the_listeners_servers_and_nobodys_lead() -> None:
    call = monitor_call(CODE, PHONE, TARGET, swapped=False)

    assert (call.caller_code, call.lead_id, call.timeout) == (CODE, 0, 0)
    assert (call.server_ip, call.context) == ("10.10.10.15", "default")
    assert call.outbound_cid == f'"{CODE}" <3125551212>'


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.booleans())
def test_nothing_breaks_out_of_its_line(
    dialplan_number: str, outbound_cid: str, target: str, session_id: str, swapped: bool
) -> None:
    phone = ListenerPhone("8002", "10.10.10.15", "8002", dialplan_number, outbound_cid)

    lines = header_lines(monitor_call(CODE, phone, target, swapped=swapped), session_id)

    names = [line.partition(": ")[0] for line in lines]
    assert names == ["Channel", "Context", "Exten", "Priority", "Callerid", "Variable"]
    assert not {"\r", "\n", "\0"} & set("".join(lines))
