"""The rate limit: who is counted, and what is answered beyond it."""

import sys
import tracemalloc
from asyncio.subprocess import PIPE, create_subprocess_exec
from dataclasses import dataclass

import pytest
from dialkit.settings import read_settings
from gateway.address import counted_form, parse_networks
from gateway.counts_in_memory import CountsInMemory
from gateway.rate_limit import Limit, parse_limits, storage_address
from gateway.settings import gateway_settings
from support.gateway import API_KEY, TOKEN_KEYS, Gateway, StandIn, StartGateway

LEADS = "/api/v1/phone/check"
VERSION = "/api/v1/version"
TOO_MANY = {"success": False, "error": "Too many requests"}
FORWARDED_FOR = "X-Forwarded-For"


@dataclass
class StoppedClock:
    """A clock that goes on when it is told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


async def statuses(gateway: Gateway, *clients: str) -> list[int]:
    """The statuses of one request each for clients behind a proxy, one after the other."""
    return [
        (await gateway.client.get(VERSION, headers={FORWARDED_FOR: client})).status
        for client in clients
    ]


async def test_beyond_the_limit_is_a_429_that_no_service_sees(
    start_gateway: StartGateway, serve_leads: str, leads_stand_in: StandIn
) -> None:
    gateway = await start_gateway({"svc-leads": serve_leads}, rate_limit="2/hour")

    passed = [(await gateway.client.get(LEADS)).status for _ in range(2)]
    refused = await gateway.client.get(LEADS, headers={"X-Request-ID": "mine"})

    assert passed == [200, 200]
    assert (refused.status, await refused.json()) == (429, TOO_MANY)
    assert refused.content_type == "application/json"
    assert refused.headers["X-Request-ID"] == "mine"
    assert 3590 <= int(refused.headers["Retry-After"]) <= 3600
    assert len(leads_stand_in.received) == 2


async def test_after_the_time_that_was_told_one_more_passes(start_gateway: StartGateway) -> None:
    gateway = await start_gateway({}, rate_limit="1/second")

    first, second = [await gateway.client.get(VERSION) for _ in range(2)]
    while (again := await gateway.client.get(VERSION)).status == 429:
        assert again.headers["Retry-After"] == "1"

    assert (first.status, second.status, again.status) == (200, 429, 200)


async def test_wrong_keys_count_too(start_gateway: StartGateway) -> None:
    gateway = await start_gateway({}, rate_limit="3/hour")

    wrong = [
        (await gateway.stranger.get(VERSION, headers={"X-API-Key": key})).status
        for key in ("guess", "", "another")
    ]
    right = await gateway.client.get(VERSION)

    assert (wrong, right.status) == ([401] * 3, 429)


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
async def test_health_is_neither_counted_nor_refused(
    start_gateway: StartGateway, path: str
) -> None:
    gateway = await start_gateway({}, rate_limit="1/hour")

    before = [(await gateway.stranger.get(path)).status for _ in range(3)]
    asked = [(await gateway.client.get(VERSION)).status for _ in range(2)]
    after = await gateway.stranger.get(path)

    assert (before, asked, after.status) == ([200] * 3, [200, 429], 200)


async def test_nothing_is_refused_without_a_limit(gateway: Gateway) -> None:
    assert {(await gateway.client.get(VERSION)).status for _ in range(200)} == {200}


async def test_without_a_limit_nothing_of_redis_is_loaded() -> None:
    shown = "import sys, gateway.app; sys.exit('redis' in sys.modules)"

    process = await create_subprocess_exec(sys.executable, "-c", shown, stderr=PIPE)

    _, said = await process.communicate()
    assert (process.returncode, said) == (0, b"")


async def test_each_address_has_its_own_count(start_gateway: StartGateway) -> None:
    networks = parse_networks("127.0.0.1")
    gateway = await start_gateway({}, rate_limit="1/hour", trusted_proxies=networks)

    answers = await statuses(gateway, "192.0.2.1", "192.0.2.2", "192.0.2.1", "::ffff:192.0.2.2")

    assert answers == [200, 200, 429, 429]


async def test_addresses_of_one_ipv6_network_share_a_count(start_gateway: StartGateway) -> None:
    networks = parse_networks("127.0.0.1")
    gateway = await start_gateway({}, rate_limit="1/hour", trusted_proxies=networks)

    answers = await statuses(gateway, "2001:db8:0:1::1", "2001:db8:0:2::1", "[2001:db8:0:1:f::2]:9")

    assert answers == [200, 200, 429]


async def test_what_an_untrusted_peer_says_of_its_address_does_not_count(
    start_gateway: StartGateway,
) -> None:
    gateway = await start_gateway({}, rate_limit="1/hour")

    assert await statuses(gateway, "192.0.2.1", "192.0.2.2") == [200, 429]


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("rubbish", "unknown"),
    ],
)
def test_a_client_is_an_ipv4_address_or_an_ipv6_network(seen: str, counted: str) -> None:
    assert counted_form(seen) == counted


async def test_a_window_begins_with_a_clients_first_request() -> None:
    clock = StoppedClock()
    counts = CountsInMemory([Limit(2, 60)], clock=clock)

    waits = []
    for passed_s in (0, 50, 5, 4, 1, 0, 0):
        clock.now += passed_s
        waits.append(await counts.take("a"))

    assert waits == [0, 0, 5, 1, 0, 0, 60]


async def test_of_several_limits_each_holds_and_the_longest_wait_is_told() -> None:
    clock = StoppedClock()
    counts = CountsInMemory([Limit(2, 1), Limit(3, 60)], clock=clock)

    waits = []
    for passed_s in (0, 0, 0, 1, 0, 1, 58):
        clock.now += passed_s
        waits.append(await counts.take("a"))

    assert waits == [0, 0, 1, 0, 59, 58, 0]


async def test_what_is_refused_uses_up_nothing() -> None:
    clock = StoppedClock()
    counts = CountsInMemory([Limit(1, 1), Limit(2, 60)], clock=clock)

    flood = [await counts.take("a") for _ in range(10)]
    clock.now += 1

    assert flood == [0] + [1] * 9
    assert await counts.take("a") == 0


async def test_many_clients_do_not_fill_the_memory() -> None:
    counts = CountsInMemory([Limit(1, 86_400)], most_clients=1000)
    for number in range(1000):
        await counts.take(str(number))

    tracemalloc.start()
    try:
        for number in range(20_000):
            await counts.take(str(number))
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # As much as the thousand that are kept, and nothing of the others.
    assert grown < 1000 * 500


async def test_when_there_are_too_many_clients_the_latest_are_remembered() -> None:
    counts = CountsInMemory([Limit(1, 60)], most_clients=2)

    waits = [bool(await counts.take(client)) for client in ("a", "b", "c", "c", "b", "a")]

    assert waits == [False, False, False, True, True, False]


async def test_clients_that_stay_away_are_forgotten() -> None:
    clock = StoppedClock()
    counts = CountsInMemory([Limit(1, 60)], clock=clock)
    tracemalloc.start()
    try:
        empty, _ = tracemalloc.get_traced_memory()
        for number in range(10_000):
            await counts.take(str(number))
        full, _ = tracemalloc.get_traced_memory()
        clock.now += 60
        for number in range(10_000):
            await counts.take(f"later {number % 10}")
            clock.now += 60
        later, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # A dictionary keeps its own size.
    assert later - empty < (full - empty) / 2


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("100/second", (Limit(100, 1),)),
        ("10 per minute", (Limit(10, 60),)),
        ("5/10 seconds", (Limit(5, 10),)),
        ("100/second;5000/hour", (Limit(100, 1), Limit(5000, 3600))),
        ("100/second; 5000 per day", (Limit(100, 1), Limit(5000, 86_400))),
    ],
)
def test_limits_are_given_in_the_notation_of_limits(text: str, limits: tuple[Limit, ...]) -> None:
    assert parse_limits(text) == limits


@pytest.mark.parametrize(
    "text", ["", "100", "ten/second", "1/fortnight", "0/second", "5/day; 0/day"]
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_limits(text)


@pytest.mark.parametrize(
    ("limits", "storage"), [("100/second; 9 per day", ""), ("1/hour", "redis://:word@redis:6379/0")]
)
def test_limits_and_storage_are_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, limits: str, storage: str
) -> None:
    set_environment(monkeypatch, RATE_LIMIT=limits, RATE_LIMIT_STORAGE=storage)

    settings = read_settings("gateway", gateway_settings)

    assert (settings.rate_limit, settings.rate_limit_storage) == (limits, storage)
    assert "word" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RATE_LIMIT", "shown"),
        ("RATE_LIMIT", "0/second"),
        ("RATE_LIMIT_STORAGE", "redis://:not-shown"),
        ("RATE_LIMIT_STORAGE", "redis://:not/shown@redis"),
    ],
)
def test_a_bad_setting_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    set_environment(monkeypatch, **{name: value})

    with pytest.raises(SystemExit, match=name) as end:
        read_settings("gateway", gateway_settings)

    assert "shown" not in str(end.value)


def set_environment(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    """These variables, and those that a gateway needs."""
    keys = f"k1:{TOKEN_KEYS.by_id['k1']}"
    for name, value in {"API_KEY": API_KEY, "INTERNAL_JWT_KEYS": keys, **variables}.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://redis", "redis"),
        ("redis://redis:6379/0", "redis:6379"),
        ("redis://:word@10.0.0.1:6379/2", "10.0.0.1:6379"),
        ("rediss://gateway:word%2F@[2001:db8::1]:6379", "[2001:db8::1]:6379"),
    ],
)
def test_storage_is_known_by_host_and_port(url: str, address: str) -> None:
    assert storage_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "http://redis:6379",
        "redis://",
        "redis://redis:6379/zero",
        "redis://:not/shown@redis:6379",
        "redis://:not#shown@redis:6379",
        "redis://user:12/34notshown@redis",
        "redis://user:12?notshown@redis",
        "redis://user:not shown@redis",
    ],
)
def test_what_is_no_address_of_a_redis_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(ValueError, match="Must be redis://") as refused:
        storage_address(url)

    assert "shown" not in str(refused.value)
