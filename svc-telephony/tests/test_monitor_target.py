"""The number at which a session is reached."""

import pytest
from svc_telephony.monitoring.target import target


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
