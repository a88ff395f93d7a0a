"""A load generator: keep-alive connections on bare sockets, with little work a request."""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from time import perf_counter

_LENGTH = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)
MakeRequest = Callable[[int], bytes]


@dataclass(frozen=True)
class Figures:
    """What a load run showed; times in milliseconds."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def http_request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def measure(
    port: int, make_request: MakeRequest, *, connections: int, seconds: float
) -> Figures:
    """Send requests over that many connections, each waiting for its answer, for that long."""
    numbers = count(1)
    until = perf_counter() + seconds
    started = perf_counter()
    times = await asyncio.gather(
        *[_send(port, make_request, numbers, until) for _ in range(connections)]
    )
    took = perf_counter() - started
    sorted_times = sorted(time for one in times for time in one)
    return Figures(
        len(sorted_times),
        took,
        1000 * sorted_times[len(sorted_times) // 2],
        1000 * sorted_times[len(sorted_times) * 99 // 100],
    )


async def _send(
    port: int, make_request: MakeRequest, numbers: Iterator[int], until: float
) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    while (started := perf_counter()) < until:
        writer.write(make_request(next(numbers)))
        await _read_success(reader)
        times.append(perf_counter() - started)
    writer.close()
    await writer.wait_closed()
    return times


async def _read_success(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    body = await reader.readexactly(int(length[1])) if length else b""
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"not a success: {head[:40]!r} {body[:300]!r}")
