"""Reads that run once for all who wait for them."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import orjson
import pytest
from aiohttp import web
from dialkit.errors import Unavailable
from dialkit.sharing import SHARED_READS, SharedReads, shared_reads_context


class Gate:
    """A read whose runs end when the test says so, with what it says."""

    def __init__(self) -> None:
        self._begun: asyncio.Queue[asyncio.Future[Any]] = asyncio.Queue()
        self.runs = 0
        self.under_way = 0

    async def read(self, *_: Any) -> Any:
        self.runs += 1
        self.under_way += 1
        end = asyncio.get_running_loop().create_future()
        self._begun.put_nowait(end)
        try:
            return await end
        finally:
            self.under_way -= 1

    async def begun(self) -> asyncio.Future[Any]:
        """The next run that begins: give it a result, or an exception."""
        return await self._begun.get()


class Lost(Exception):
    pass


Poll = asyncio.Task[orjson.Fragment]


def poll(reads: SharedReads, gate: Gate, *args: Any) -> Poll:
    return asyncio.create_task(reads.data(gate.read, *args))


async def told(*polls: Poll) -> list[Any]:
    """What each poll was told; an exception where it failed."""
    found = await asyncio.gather(*polls, return_exceptions=True)
    return [
        one if isinstance(one, BaseException) else orjson.loads(orjson.dumps(one)) for one in found
    ]


async def test_those_who_ask_before_a_run_begins_share_it() -> None:
    reads, gate = SharedReads(), Gate()
    polls = [poll(reads, gate) for _ in range(50)]

    (await gate.begun()).set_result(["agent1"])

    assert await told(*polls) == [["agent1"]] * 50
    assert gate.runs == 1


async def test_those_who_ask_during_a_run_share_the_next() -> None:
    reads, gate = SharedReads(), Gate()
    first = poll(reads, gate)
    run = await gate.begun()
    later = [poll(reads, gate) for _ in range(50)]

    run.set_result("before")
    assert await told(first) == ["before"]
    (await gate.begun()).set_result("after")

    assert await told(*later) == ["after"] * 50
    assert gate.runs == 2


async def test_a_run_begins_when_the_one_before_has_ended() -> None:
    reads, gate = SharedReads(), Gate()
    polls = [poll(reads, gate)]
    for number in range(5):
        run = await gate.begun()
        polls.append(poll(reads, gate))
        assert gate.under_way == 1
        run.set_result(number)
    (await gate.begun()).set_result(5)

    assert await told(*polls) == list(range(6))


async def test_an_answer_that_is_there_is_not_kept() -> None:
    reads, gate = SharedReads(), Gate()
    for number in range(3):
        one = poll(reads, gate)
        (await gate.begun()).set_result(number)
        assert await told(one) == [number]


async def test_other_reads_wait_for_their_turn() -> None:
    reads, gate, other = SharedReads(), Gate(), Gate()
    polls = [poll(reads, gate, "A"), poll(reads, gate, "B"), poll(reads, other, "A")]

    for number, one in enumerate([gate, gate, other]):
        run = await one.begun()
        assert gate.under_way + other.under_way == 1
        run.set_result(number)

    assert await told(*polls) == [0, 1, 2]


async def test_those_who_ask_while_their_read_waits_for_its_turn_share_it() -> None:
    reads, gate = SharedReads(), Gate()
    first, second = poll(reads, gate, "A"), poll(reads, gate, "B")
    run = await gate.begun()
    third = poll(reads, gate, "B")

    run.set_result("of A")
    (await gate.begun()).set_result("of B")

    assert await told(first, second, third) == ["of A", "of B", "of B"]
    assert gate.runs == 2


async def test_a_turn_that_does_not_come_is_a_503_and_the_next_is_served() -> None:
    reads, gate = SharedReads(patience_s=0.01), Gate()
    first, second = poll(reads, gate, "A"), poll(reads, gate, "B")
    run = await gate.begun()

    (busy,) = await told(second)
    run.set_result("of A")
    third = poll(reads, gate, "B")
    (await gate.begun()).set_result("of B")

    assert isinstance(busy, Unavailable)
    assert await told(first, third) == ["of A", "of B"]


async def test_who_leaves_takes_the_run_from_nobody() -> None:
    reads, gate = SharedReads(), Gate()
    leaves, stays = poll(reads, gate), poll(reads, gate)
    run = await gate.begun()
    leaves_later, stays_later = poll(reads, gate), poll(reads, gate)

    leaves.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaves
    leaves_later.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaves_later
    run.set_result("first")
    (await gate.begun()).set_result("second")

    assert await told(stays, stays_later) == ["first", "second"]
    assert gate.runs == 2


async def test_an_error_goes_to_all_who_wait_and_no_further() -> None:
    reads, gate = SharedReads(), Gate()
    polls = [poll(reads, gate) for _ in range(3)]
    run = await gate.begun()
    later = poll(reads, gate)
    error = Lost()

    run.set_exception(error)
    (await gate.begun()).set_result("there again")

    assert await told(*polls) == [error] * 3
    assert await told(later) == ["there again"]


async def test_an_error_that_nobody_waits_for_is_no_alarm() -> None:
    reads, gate, alarms = SharedReads(), Gate(), list[Any]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: alarms.append(context))
    one = poll(reads, gate)
    run = await gate.begun()
    one.cancel()
    with pytest.raises(asyncio.CancelledError):
        await one

    run.set_exception(Lost())
    again = poll(reads, gate)
    (await gate.begun()).set_result("there again")
    assert await told(again) == ["there again"]
    del run
    gc.collect()

    assert alarms == []


async def test_nothing_is_remembered_of_what_was_asked() -> None:
    reads, gate = SharedReads(), Gate()
    for number in range(100):
        one, other = poll(reads, gate, number), poll(reads, gate, number)
        run = await gate.begun()
        if number % 2:
            run.set_result(number)
        else:
            run.set_exception(Lost())
        await told(one, other)

    assert (reads._waiting, reads._runs) == ({}, set())


async def test_at_the_end_nothing_is_left_running() -> None:
    app, gate = web.Application(), Gate()
    async with shared_reads_context(app):
        reads = app[SHARED_READS]
        polls = [poll(reads, gate, "A")]
        await gate.begun()
        polls += [poll(reads, gate, "A"), poll(reads, gate, "B")]
        await asyncio.wait(polls, timeout=0)

    assert (gate.runs, gate.under_way) == (1, 0)
    assert all(isinstance(one, asyncio.CancelledError) for one in await told(*polls))
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_the_end_without_anything_under_way() -> None:
    app = web.Application()
    async with shared_reads_context(app):
        pass
