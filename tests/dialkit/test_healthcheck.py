"""`python -m dialkit.healthcheck`: the health command of the images."""

import asyncio
import sys
from asyncio.subprocess import PIPE

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from dialkit.errors import Unavailable
from dialkit.http import answer, errors_to_envelopes
from support.gateway import Serve


async def run(*arguments: str, **environment: str) -> tuple[int | None, str, str]:
    """Exit code, output and complaint of the command."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "dialkit.healthcheck",
        *arguments,
        env=environment,
        stdout=PIPE,
        stderr=PIPE,
    )
    said, complained = await process.communicate()
    return process.returncode, said.decode(), complained.decode()


@pytest.fixture
async def port(serve: Serve) -> str:
    """The port of a program that lives, and is not ready."""

    async def live(_request: web.Request) -> web.Response:
        return answer("Alive", None)

    async def ready(_request: web.Request) -> web.Response:
        raise Unavailable("Database not available")

    app = web.Application(middlewares=[errors_to_envelopes])
    app.add_routes([web.get("/health/live", live), web.get("/health/ready", ready)])
    return (await serve(web.AppRunner(app))).rpartition(":")[2]


async def test_a_program_that_is_well_is_code_0_and_silence(port: str) -> None:
    assert await run("live", PORT=port) == (0, "", "")


@pytest.mark.parametrize("arguments", [(), ("ready",)])
async def test_a_program_that_is_not_ready_is_code_1_and_its_reason(
    port: str, arguments: tuple[str, ...]
) -> None:
    assert await run(*arguments, PORT=port) == (
        1,
        "",
        '/health/ready: 503 {"success":false,"error":"Database not available"}\n',
    )


async def test_the_gateway_is_asked_at_its_own_port(port: str) -> None:
    nobody = str(unused_port())

    asked = await run("live", PROGRAM="gateway", API_HOST="0.0.0.0", API_PORT=port, PORT=nobody)

    assert asked == (0, "", "")


async def test_where_nobody_listens_the_line_says_so() -> None:
    port = str(unused_port())

    code, said, complained = await run(HOST="0.0.0.0", PORT=port)

    assert (code, said, complained.count("\n")) == (1, "", 1)
    assert complained.startswith(f"/health/ready: no answer on port {port}: ")


@pytest.mark.parametrize(
    ("arguments", "port", "line"),
    [
        (("well",), "8081", "usage: python -m dialkit.healthcheck [live|ready]\n"),
        (("live", "ready"), "8081", "usage: python -m dialkit.healthcheck [live|ready]\n"),
        ((), "http", "PORT http is not a port\n"),
    ],
)
async def test_a_wrong_call_is_code_1_and_a_line(
    arguments: tuple[str, ...], port: str, line: str
) -> None:
    assert await run(*arguments, PORT=port) == (1, "", line)


async def test_it_loads_none_of_the_programs_libraries() -> None:
    """An engine starts it every few seconds."""
    code = "import sys, dialkit.healthcheck; print(*sorted({'aiohttp', 'orjson'} & {*sys.modules}))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=PIPE)

    assert (await process.communicate())[0] == b"\n"
