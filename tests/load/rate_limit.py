"""What the rate limit costs a request: `PYTHONPATH=.:tests python -m load.rate_limit`.

A gateway alone, asked for the suite's version: without a limit, with one that nobody reaches (in
memory, in Redis).
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import uvloop
from load.client import Figures, http_request, measure
from support.redis_server import RedisServer, ensure_program

from deploy.local.ports import free_port

_KEY = "the-key-of-the-measurement"
_SECONDS = 4.0
_WARM_UP_S = 0.5
_CONNECTIONS = (1, 32, 256)
_REQUEST = http_request("GET", "/api/v1/version", X_API_Key=_KEY)
_START_LIMIT_S = 20


@contextmanager
def _gateway(limit: str, storage: str) -> Iterator[tuple[int, psutil.Process]]:
    port = free_port()
    variables = {
        "API_PORT": str(port),
        "API_KEY": _KEY,
        "INTERNAL_JWT_KEYS": f"k1:{'0' * 32}",
        "RATE_LIMIT": limit,
        "RATE_LIMIT_STORAGE": storage,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gateway"], env={**os.environ, **variables, "LOG_LEVEL": "warning"}
    )
    try:
        _wait_for(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _START_LIMIT_S
    while time.monotonic() < deadline:
        try:
            urlopen(f"http://127.0.0.1:{port}/health").close()
        except URLError:
            time.sleep(0.05)
        else:
            return
    sys.exit("the gateway does not start")


def _show(case: str, limit: str, storage: str, redis: psutil.Process) -> None:
    with _gateway(limit, storage) as (port, process):
        for connections in _CONNECTIONS:
            uvloop.run(_ask(port, connections, _WARM_UP_S))
            before, redis_before = _cpu_s(process), _cpu_s(redis)
            figures = uvloop.run(_ask(port, connections, _SECONDS))
            used, redis_used = (
                1e6 * (seconds / figures.requests)
                for seconds in (_cpu_s(process) - before, _cpu_s(redis) - redis_before)
            )
            print(
                f"{case:22} {connections:4} at once  {figures.per_second:7.0f}/s"
                f"  p50 {figures.p50_ms:6.2f} ms  p99 {figures.p99_ms:6.2f} ms"
                f"  CPU a request: gateway {used:5.0f} us, Redis {redis_used:5.1f} us",
                flush=True,
            )


async def _ask(port: int, connections: int, seconds: float) -> Figures:
    return await measure(port, lambda _: _REQUEST, connections=connections, seconds=seconds)


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main() -> None:
    """Print a line a case and number of connections."""
    ensure_program(print)
    server = RedisServer()
    server.start()
    try:
        redis = psutil.Process(server.pid)
        for case, limit, storage in (
            ("no limit", "", ""),
            ("in memory", "1000000/second", ""),
            ("in Redis", "1000000/second", server.url),
            ("two limits, in Redis", "1000000/second; 100000000/hour", server.url),
        ):
            _show(case, limit, storage, redis)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
