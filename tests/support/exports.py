"""Exports that are watched while they run, over rows of the carrier log."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from dialkit.streaming import write_patiently
from support.apps import Reports
from support.database import TestDatabase
from svc_reports.databases import REPORT_DATABASE
from svc_reports.row_lists import stream

PATH = "/api/v1/sip/carrier-log"
DAY = {"start_date": "2025-01-01", "end_date": "2025-01-31"}


def make_rows(db: TestDatabase, number: int) -> None:
    """That many rows, a second apart, the oldest first: uniqueids 1000001, 1000002, ..."""
    db.execute(
        "INSERT INTO vicidial_carrier_log (uniqueid, call_date, server_ip, lead_id, channel)"
        " SELECT 1000000 + seq, '2025-01-02' + INTERVAL seq SECOND, '10.0.0.5', seq,"
        f" REPEAT('x', 100) FROM seq_1_to_{number}"
    )


class Watched:
    """Exports that stop after each piece, until they may go on."""

    def __init__(self) -> None:
        self.pieces = 0
        self.stopped = asyncio.Event()
        self._go_on = asyncio.Event()

    def go_on(self) -> None:
        """Let them run to their end."""
        self._go_on.set()

    async def write(
        self, request: web.Request, response: web.StreamResponse, data: bytes, idle_s: float
    ) -> None:
        """In place of `write_patiently`."""
        await write_patiently(request, response, data, idle_s)
        self.pieces += 1
        self.stopped.set()
        await self._go_on.wait()


@contextmanager
def watched() -> Iterator[Watched]:
    """Exports are watched inside the block."""
    with pytest.MonkeyPatch.context() as patch:
        watch = Watched()
        patch.setattr(stream, "write_patiently", watch.write)
        yield watch


def connections_held(reports: Reports) -> int:
    """How many connections to the report database somebody holds."""
    assert isinstance(reports.server, TestServer)
    pool = reports.server.app[REPORT_DATABASE]._pool
    return int(pool.size - pool.freesize)
