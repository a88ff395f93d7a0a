"""The client's address, as far as it can be believed."""

import pytest
from gateway.address import column_form, parse_networks
from support.gateway import StandIn, StartGateway


@pytest.mark.parametrize(
    ("seen", "column"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", ""),
        ("fe80::1%eth0", ""),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_column_holds_ipv4(seen: str, column: str) -> None:
    assert column_form(seen) == column


@pytest.mark.parametrize(
    ("trusted", "forwarded", "column"),
    [
        pytest.param("", ["192.0.2.7"], "127.0.0.1", id="nobody is trusted"),
        pytest.param("10.0.0.0/8", ["192.0.2.7"], "127.0.0.1", id="this peer is not trusted"),
        pytest.param("127.0.0.1", [], "127.0.0.1", id="trusted, but tells nothing"),
        pytest.param("127.0.0.1", [""], "127.0.0.1", id="trusted, but tells an empty text"),
        pytest.param("127.0.0.1", ["192.0.2.7"], "192.0.2.7", id="one hop"),
        pytest.param("127.0.0.1", ["6.6.6.6, 192.0.2.7"], "192.0.2.7", id="the last one counts"),
        pytest.param("127.0.0.1", ["6.6.6.6", "192.0.2.7"], "192.0.2.7", id="two headers"),
        pytest.param(
            "127.0.0.1, 10.0.0.0/8", ["192.0.2.7, 10.1.2.3,10.9.9.9"], "192.0.2.7", id="chain"
        ),
        pytest.param("127.0.0.0/8,10.0.0.1", ["10.0.0.1"], "10.0.0.1", id="all are trusted"),
        pytest.param("127.0.0.1", ["192.0.2.7:4711"], "192.0.2.7", id="with a port"),
        pytest.param("127.0.0.1", ["[::ffff:192.0.2.7]:4711"], "192.0.2.7", id="mapped"),
        pytest.param("127.0.0.1", ["[2001:db8::1]:4711"], "", id="IPv6"),
        pytest.param("127.0.0.1", ["192.0.2.7, 2001:db8::1"], "", id="IPv6 without brackets"),
        pytest.param("127.0.0.1", ["192.0.2.7, rubbish"], "", id="rubbish"),
    ],
)
async def test_last_untrusted_hop_is_the_client(
    start_gateway: StartGateway,
    serve_leads: str,
    leads_stand_in: StandIn,
    trusted: str,
    forwarded: list[str],
    column: str,
) -> None:
    networks = parse_networks(trusted)
    gateway = await start_gateway({"svc-leads": serve_leads}, trusted_proxies=networks)

    await gateway.client.get(
        "/api/v1/phone/check", headers=[("X-Forwarded-For", hop) for hop in forwarded]
    )

    assert leads_stand_in.last.caller.ip == column
    assert "X-Forwarded-For" not in leads_stand_in.last.headers
