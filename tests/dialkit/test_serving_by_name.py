"""`python -m dialkit`: the first process of a container, which runs what `PROGRAM` names."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port
from support.gateway import TOKEN_KEYS

Start = Callable[..., Awaitable[Process]]
KEYS = f"k1:{TOKEN_KEYS.by_id['k1']}"


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Start `python -m dialkit` with these variables."""
    processes: list[Process] = []

    async def run(*arguments: str, **variables: str) -> Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "dialkit",
            *arguments,
            env={"PATH": os.environ["PATH"], **variables},
            stdout=PIPE,
            stderr=PIPE,
        )
        processes.append(process)
        return process

    yield run
    for process in processes:
        if process.returncode is None:
            process.kill()
            await process.wait()


def module(folder: Path, text: str) -> dict[str, str]:
    """Variables that name a program of that text."""
    (folder / "some_program.py").write_text(text)
    return {"PYTHONPATH": str(folder), "PROGRAM": "some-program"}


async def test_it_runs_the_named_module_as_the_main_one(start: Start, tmp_path: Path) -> None:
    text = "import sys\nprint(__name__, sys.argv[1:])\nsys.exit(3)\n"

    process = await start("--folder", "x", **module(tmp_path, text))

    assert await process.communicate() == (b"__main__ ['--folder', 'x']\n", b"")
    assert process.returncode == 3


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({}, b"dialkit: PROGRAM must name the program to run, such as svc-leads\n"),
        ({"PROGRAM": ""}, b"dialkit: PROGRAM must name the program to run, such as svc-leads\n"),
        ({"PROGRAM": "svc-lads"}, b"dialkit: PROGRAM svc-lads is not installed here\n"),
        ({"PROGRAM": "no.such"}, b"dialkit: PROGRAM no.such is not installed here\n"),
        ({"PROGRAM": ".gateway"}, b"dialkit: PROGRAM .gateway is not installed here\n"),
    ],
)
async def test_without_a_program_it_ends_with_one_line(
    start: Start, variables: dict[str, str], line: bytes
) -> None:
    process = await start(**variables)

    assert await process.communicate() == (b"", line)
    assert process.returncode == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_while_the_program_is_loaded_ends_it_without_a_traceback(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    process = await start(**module(tmp_path, "print(1, flush=True)\nwhile True: pass\n"))
    assert process.stdout is not None
    await process.stdout.readline()

    process.send_signal(number)

    assert await process.communicate() == (b"", b"")
    assert process.returncode == 128 + number


async def test_a_signal_while_the_service_waits_for_its_database_ends_it_cleanly(
    start: Start,
) -> None:
    asked, over = asyncio.Event(), asyncio.Event()

    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await over.wait()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as mute:
        database = {"DB_HOST": "127.0.0.1", "DB_USER": "x", "DB_PASSWORD": "x"}
        database["DB_PORT"] = str(mute.sockets[0].getsockname()[1])
        process = await start(PROGRAM="svc-leads", INTERNAL_JWT_KEYS=KEYS, **database)
        await asked.wait()

        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(4):  # less than a connection is waited for
            ended = await process.communicate()
        over.set()

    assert ended == (b"", b"")
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("program", "host", "port"),
    [
        ("gateway", "API_HOST", "API_PORT"),
        ("gateway", "API_HOST", "METRICS_PORT"),
        ("svc-leads", "HOST", "METRICS_PORT"),
        ("svc-leads", "HOST", "PORT"),
    ],
)
async def test_a_port_that_is_taken_ends_the_start_with_one_line_that_names_it(
    start: Start, program: str, host: str, port: str
) -> None:
    ports = {name: str(unused_port()) for name in ("PORT", "API_PORT", "METRICS_PORT", "DB_PORT")}
    database = {"DB_HOST": "127.0.0.1", "DB_USER": "x", "DB_PASSWORD": "x"}
    with socket.create_server(("127.0.0.1", 0)) as other:
        ports[port] = str(other.getsockname()[1])
        process = await start(
            PROGRAM=program, INTERNAL_JWT_KEYS=KEYS, API_KEY="k", LOG_LEVEL="error",
            **database, **ports,
        )  # fmt: skip
        _, said = await process.communicate()

    line = f"{program}: cannot listen on {host} 127.0.0.1, {port} {ports[port]}: "
    assert said.decode() == f"{line}Address already in use\n"
    assert process.returncode == 1
