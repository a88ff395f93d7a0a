"""The rate limit of gateways that share a Redis, and what happens without it."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable

import pytest
from aiohttp import web
from gateway.counts_in_redis import CountsInRedis
from gateway.rate_limit import Limit
from structlog.testing import capture_logs
from support.gateway import Gateway, StartGateway
from support.redis_server import RedisServer

VERSION = "/api/v1/version"
TOO_MANY = {"success": False, "error": "Too many requests"}
# What a request may take on a machine that is busy with other tests, beyond its own time.
BUSY_S = 0.2


async def status(gateway: Gateway) -> int:
    """The status of one request."""
    return (await gateway.client.get(VERSION)).status


async def until(gateway: Gateway, expected: int) -> None:
    """Ask until the answer has that status."""
    deadline = time.monotonic() + 20
    while await status(gateway) != expected:
        assert time.monotonic() < deadline, f"there is no {expected}"
        await asyncio.sleep(0.01)


async def come_true(condition: Callable[[], bool]) -> None:
    """Wait for it."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it does not come true"
        await asyncio.sleep(0.01)


async def slowest(gateway: Gateway, requests: int) -> float:
    """Seconds of the slowest of so many requests, which all have to pass."""
    longest = 0.0
    for _ in range(requests):
        start = time.monotonic()
        assert await status(gateway) == 200
        longest = max(longest, time.monotonic() - start)
    return longest


async def test_two_gateways_share_a_count(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    limited = {"rate_limit": "3/hour", "rate_limit_storage": redis_server.url}
    one, other = [await start_gateway({}, **limited) for _ in range(2)]

    passed = [await status(gateway) for gateway in (one, other, one)]
    refused = [await gateway.client.get(VERSION) for gateway in (other, one)]

    assert passed == [200, 200, 200]
    for answer in refused:
        assert (answer.status, await answer.json()) == (429, TOO_MANY)
        assert 3590 <= int(answer.headers["Retry-After"]) <= 3600


async def test_of_many_requests_at_once_as_many_pass_as_may(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    limited = {"rate_limit": "50/hour", "rate_limit_storage": redis_server.url}
    gateways = [await start_gateway({}, **limited) for _ in range(2)]

    answers = await asyncio.gather(*(status(gateway) for gateway in gateways * 80))

    assert Counter(answers) == {200: 50, 429: 110}


async def test_after_the_time_that_was_told_one_more_passes(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    gateway = await start_gateway({}, rate_limit="1/second", rate_limit_storage=redis_server.url)

    assert await status(gateway) == 200
    while (again := await gateway.client.get(VERSION)).status == 429:
        assert again.headers["Retry-After"] == "1"

    assert again.status == 200


async def test_of_several_limits_each_holds_and_the_longest_wait_is_told(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    limits = "2/minute; 3/hour; 3/day"
    storage = redis_server.url
    one = await start_gateway({}, rate_limit=limits, rate_limit_storage=storage)
    day = await start_gateway({}, rate_limit="1/hour; 3/day", rate_limit_storage=storage)

    assert [await status(one), await status(one)] == [200, 200]
    by_minute = await one.client.get(VERSION)
    assert await status(day) == 200
    by_day = await day.client.get(VERSION)

    assert 50 <= int(by_minute.headers["Retry-After"]) <= 60
    assert 86_000 <= int(by_day.headers["Retry-After"]) <= 86_400


async def test_redis_keeps_nothing_longer_than_the_limit_lasts(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    limits = "5/second; 9/hour"
    gateway = await start_gateway({}, rate_limit=limits, rate_limit_storage=redis_server.url)

    await status(gateway)

    key = "rate-limit:9/3600:127.0.0.1"
    assert 3_590_000 <= int(redis_server.ask("PTTL", key).removeprefix(":")) <= 3_600_000
    deadline = time.monotonic() + 20
    while redis_server.ask("DBSIZE") != ":1":
        assert time.monotonic() < deadline, "the count of the second stays"
        await asyncio.sleep(0.01)


async def test_requests_pass_without_redis_and_are_counted_when_it_is_back(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    gateway = await start_gateway({}, rate_limit="1/hour", rate_limit_storage=redis_server.url)
    assert [await status(gateway), await status(gateway)] == [200, 429]

    redis_server.stop()
    await until(gateway, 200)
    assert await slowest(gateway, 50) < BUSY_S

    redis_server.start()
    await until(gateway, 429)


async def test_a_redis_that_is_silent_holds_up_no_request(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    gateway = await start_gateway({}, rate_limit="9/hour", rate_limit_storage=redis_server.url)
    await status(gateway)

    redis_server.freeze()
    first = await slowest(gateway, 1)
    start = time.monotonic()
    await slowest(gateway, 100)
    hundred_more = time.monotonic() - start

    assert first < 0.1 + BUSY_S
    # At 50 ms each they would take 5 s.
    assert hundred_more < 1
    redis_server.thaw()
    await until(gateway, 429)


async def test_requests_that_wait_together_for_a_silent_redis_pass_together(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    gateway = await start_gateway({}, rate_limit="9/hour", rate_limit_storage=redis_server.url)
    await status(gateway)

    redis_server.freeze()
    start = time.monotonic()
    answers = await asyncio.gather(*(status(gateway) for _ in range(50)))

    assert (set(answers), time.monotonic() - start < 1) == ({200}, True)


async def test_a_redis_that_refuses_to_count_holds_up_no_request(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    gateway = await start_gateway({}, rate_limit="1/hour", rate_limit_storage=redis_server.url)
    redis_server.ask("CONFIG", "SET", "maxmemory", "1")

    with capture_logs() as logs:
        assert await slowest(gateway, 20) < BUSY_S

    assert [entry["why"] for entry in logs] == ["OutOfMemoryError"]


async def test_a_gateway_starts_without_redis_and_counts_when_it_comes(
    start_gateway: StartGateway, redis_server: RedisServer
) -> None:
    redis_server.stop()
    gateway = await start_gateway({}, rate_limit="1/hour", rate_limit_storage=redis_server.url)

    assert await slowest(gateway, 10) < BUSY_S
    redis_server.start()
    await until(gateway, 429)


async def test_a_client_that_goes_away_takes_no_other_with_it(redis_server: RedisServer) -> None:
    counts = CountsInRedis([Limit(2, 60)], redis_server.url)
    async with counts.connected(web.Application()):
        gone, *others = [asyncio.create_task(counts.take("a")) for _ in range(3)]
        await asyncio.sleep(0)
        gone.cancel()

        # It was counted all the same: it had asked.
        assert [wait_s > 0 for wait_s in await asyncio.gather(*others)] == [False, True]
        assert gone.cancelled()


async def test_absence_is_told_once_a_minute_and_its_end_once(redis_server: RedisServer) -> None:
    now, knocks = 1000.0, 0
    counts = CountsInRedis([Limit(5, 60)], redis_server.url, clock=lambda: now)

    async def close_the_door(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal knocks
        knocks += 1
        writer.close()

    redis_server.stop()
    door = await asyncio.start_server(close_the_door, "127.0.0.1", redis_server.port)
    with capture_logs() as logs:
        async with counts.connected(web.Application()):
            await come_true(lambda: knocks == 3)
            assert len(logs) == 1
            now += 60
            await come_true(lambda: len(logs) == 2)
            door.close()
            redis_server.start()
            await come_true(lambda: len(logs) == 3)

    redis = f"127.0.0.1:{redis_server.port}"
    text = "no request is counted: Redis is away"
    away = {"event": text, "log_level": "warning", "redis": redis, "why": "ConnectionError"}
    back = {"event": "requests are counted again", "log_level": "info", "redis": redis}
    assert logs == [away, away, back]


@pytest.mark.parametrize("login", ["", ":not-to-be-shown@", "somebody:not-to-be-shown@"])
async def test_a_redis_that_lets_us_not_in_is_as_if_away_and_no_password_is_shown(
    start_gateway: StartGateway,
    locked_redis_server: RedisServer,
    caplog: pytest.LogCaptureFixture,
    login: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"redis://{login}127.0.0.1:{locked_redis_server.port}/0"

    with capture_logs() as logs:
        gateway = await start_gateway({}, rate_limit="1/hour", rate_limit_storage=url)
        assert await slowest(gateway, 10) < BUSY_S

    assert [entry["why"] for entry in logs] == ["AuthenticationError"]
    assert "to-be-" not in repr(logs) + caplog.text


async def test_the_right_password_lets_us_in_and_is_not_shown_when_redis_goes(
    start_gateway: StartGateway,
    locked_redis_server: RedisServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    url = locked_redis_server.url

    with capture_logs() as logs:
        gateway = await start_gateway({}, rate_limit="1/hour", rate_limit_storage=url)
        assert [await status(gateway), await status(gateway)] == [200, 429]
        locked_redis_server.stop()
        await until(gateway, 200)

    assert len(logs) == 1
    assert "to-be-" not in repr(logs) + caplog.text
