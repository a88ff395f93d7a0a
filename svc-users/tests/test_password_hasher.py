"""Hashes are made beside the event loop, one at a time, and in time."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from dialkit.errors import TooSlow
from dialkit.secret import Secret
from support.passwords import BOTH_HASHES, PASS_KEY, Vector
from svc_users.passwords import hash_queue
from svc_users.passwords.hash_queue import Hasher
from svc_users.passwords.vicidial_hash import HashingNotConfigured, password_hash

CHEAP = 4


class Gates:
    """Stands in the place of the hash function: each hash ends when its gate is opened."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self._loop = asyncio.get_running_loop()
        self._arrivals: asyncio.Queue[str] = asyncio.Queue()
        self._gates: dict[str, threading.Event] = {}

    def hash(self, password: str, **_: Any) -> Secret:
        self.begun.append(password)
        self._loop.call_soon_threadsafe(self._arrivals.put_nowait, password)
        assert self._gate(password).wait(30)
        return Secret(f"hash of {password}")

    async def next_begun(self) -> str:
        """The password of the next hash that begins."""
        return await asyncio.wait_for(self._arrivals.get(), 10)

    def open(self, password: str) -> None:
        """Let the hash of a password end, now or when it begins."""
        self._gate(password).set()

    def open_all(self) -> None:
        for gate in self._gates.values():
            gate.set()

    def _gate(self, password: str) -> threading.Event:
        return self._gates.setdefault(password, threading.Event())


@pytest.fixture
async def gates(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gates]:
    """Hashes that last until they are told to end."""
    gates = Gates()
    monkeypatch.setattr(hash_queue, "password_hash", gates.hash)
    yield gates
    gates.open_all()


def ask(hasher: Hasher, password: str, cost: int = CHEAP) -> asyncio.Task[Secret]:
    return asyncio.create_task(hasher.hash(password, pass_key=PASS_KEY, cost=cost))


def refuse_to_start(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


@BOTH_HASHES
async def test_it_makes_vicidials_hash(vector: Vector) -> None:
    hashed = await Hasher().hash(vector.password, pass_key=vector.pass_key, cost=vector.cost)

    assert hashed == vector.hashed
    assert repr(hashed) == "'***'"


async def test_a_dear_hash_is_made_like_a_cheap_one() -> None:
    assert len(await Hasher().hash("1234", pass_key=PASS_KEY, cost=13)) == 31


async def test_hashes_are_made_one_at_a_time_in_the_order_of_asking(gates: Gates) -> None:
    hasher = Hasher()
    names = ["first", "second", "third"]
    tasks = [ask(hasher, name) for name in names]

    for number, name in enumerate(names):
        assert await gates.next_begun() == name
        assert gates.begun == names[: number + 1]
        gates.open(name)
        assert await tasks[number] == f"hash of {name}"


async def test_a_hash_that_has_begun_is_waited_for(gates: Gates) -> None:
    task = ask(Hasher(limit_s=0.01), "first")
    await gates.next_begun()
    await asyncio.wait([task], timeout=0.05)

    gates.open("first")

    assert await task == "hash of first"


async def test_the_limit_counts_the_wait_for_a_turn(gates: Gates) -> None:
    hasher = Hasher()
    first = ask(hasher, "first")
    await gates.next_begun()

    hasher._limit_s = 0.01
    with pytest.raises(TooSlow) as refused:
        await ask(hasher, "second")
    gates.open("first")

    assert (refused.value.status, refused.value.message) == (504, "Password hashing took too long")
    assert await first == "hash of first"
    assert gates.begun == ["first"]


async def test_who_waits_in_vain_holds_no_other_up(gates: Gates) -> None:
    hasher = Hasher()
    first = ask(hasher, "first")
    await gates.next_begun()
    hasher._limit_s = 0.01
    late = [ask(hasher, f"late {number}") for number in range(20)]
    await asyncio.wait(late)

    hasher._limit_s = 30
    second = ask(hasher, "second")
    gates.open("first")
    gates.open("second")

    assert await second == "hash of second"
    assert all(isinstance(one.exception(), TooSlow) for one in late)
    assert await first == "hash of first"
    assert gates.begun == ["first", "second"]


async def test_who_is_cancelled_leaves_a_hash_that_keeps_its_turn(gates: Gates) -> None:
    hasher = Hasher()
    first, second, third = (ask(hasher, name) for name in ("first", "second", "third"))
    assert await gates.next_begun() == "first"

    first.cancel()
    second.cancel()
    await asyncio.wait([first, second])
    assert gates.begun == ["first"]
    gates.open("first")
    gates.open("third")

    assert await third == "hash of third"
    assert first.cancelled()
    assert second.cancelled()
    assert gates.begun == ["first", "third"]


async def test_without_a_thread_the_turn_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = Hasher(limit_s=5)
    with monkeypatch.context() as patch:
        patch.setattr("threading.Thread.start", refuse_to_start)
        with pytest.raises(RuntimeError, match="can't start new thread"):
            await ask(hasher, "first")

    assert len(await ask(hasher, "second")) == 31


async def test_a_cost_that_takes_too_long_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def note(password: str, *, pass_key: str, cost: int) -> Secret:
        tried.append(cost)
        return password_hash(password, pass_key=pass_key, cost=cost)

    monkeypatch.setattr(hash_queue, "password_hash", note)

    with pytest.raises(TooSlow, match="Password hashing took too long"):
        await Hasher().hash("1234", pass_key=PASS_KEY, cost=31)
    assert max(tried) < 12


@pytest.mark.parametrize(("pass_key", "cost"), [("short", CHEAP), (PASS_KEY, 32), (PASS_KEY, 255)])
async def test_settings_that_make_no_hash_wait_for_no_turn(
    gates: Gates, pass_key: str, cost: int
) -> None:
    hasher = Hasher()
    first = ask(hasher, "first")

    with pytest.raises(HashingNotConfigured):
        await hasher.hash("second", pass_key=pass_key, cost=cost)
    gates.open("first")
    await first


async def test_what_goes_wrong_in_a_hash_is_told_to_who_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(password: str, **_: Any) -> Secret:
        raise ValueError("made to fail by the test")

    monkeypatch.setattr(hash_queue, "password_hash", fail)

    with pytest.raises(ValueError, match="made to fail by the test"):
        await Hasher().hash("1234", pass_key=PASS_KEY, cost=CHEAP)


async def test_the_event_loop_goes_on_while_a_hash_is_made(gates: Gates) -> None:
    task = ask(Hasher(), "first")
    await gates.next_begun()

    gates.open("first")  # what the hash waits for: only a loop that goes on comes this far

    assert await task == "hash of first"


_PROGRAM = """
import asyncio
import sys
from svc_users.passwords import hash_queue, vicidial_hash

async def main():
    vicidial_hash._LEAST_COST_OF_LIBRARY = int(sys.argv[1])
    hash_queue._CHEAP_COST = 31
    hash = hash_queue.Hasher().hash("1234", pass_key="abcdefgh12345678", cost=31)
    waiter = asyncio.create_task(hash)
    await asyncio.wait([waiter], timeout=0.2)
    print("done" if waiter.done() else "running")

asyncio.run(main())
"""


@pytest.mark.parametrize("least_cost", [4, 32], ids=["of the library", "our own"])
def test_a_program_ends_though_a_hash_runs_for_hours(least_cost: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(least_cost)],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "running\n", "")
