"""The bulk import beside the same rows written by raw multi-row INSERTs."""

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter
from typing import Any

import aiohttp
import orjson
from load import statements
from load.memory import watched
from load.requests import LIST_ID
from load.suite import Suite

ROWS = 100_000
_WARM_UP_ROWS = 5_000
_CHUNK = 500


def _row(number: int) -> dict[str, Any]:
    return {
        "list_id": LIST_ID,
        "phone_number": f"303{number:07d}",
        "first_name": "Jane",
        "last_name": f"Roe {number}",
        "address1": f"{number} Main St",
        "city": "Denver",
        "state": "CO",
        "postal_code": "80014",
        "email": f"jane{number}@example.com",
        "vendor_lead_code": f"V{number}",
        "comments": "VIP customer",
    }


async def _ndjson(rows: int) -> AsyncIterator[bytes]:
    for start in range(0, rows, _CHUNK):
        yield b"".join(orjson.dumps(_row(n)) + b"\n" for n in range(start, start + _CHUNK))


async def _import(suite: Suite, rows: int) -> float:
    async with aiohttp.ClientSession() as session:
        started = perf_counter()
        async with session.post(
            f"http://127.0.0.1:{suite.ports['suite']}/api/v1/leads/bulk?results=errors",
            data=_ndjson(rows),
            headers={"X-API-Key": suite.api_key, "Content-Type": "application/x-ndjson"},
            timeout=aiohttp.ClientTimeout(total=600),
        ) as response:
            answer = await response.json()
    if answer.get("data", {}).get("added") != rows:
        raise RuntimeError(f"not all rows were imported: {str(answer)[:500]}")
    return perf_counter() - started


def _insert_raw(suite: Suite) -> float:
    started = perf_counter()
    with suite.connect() as connection, connection.cursor() as cursor:
        for start in range(0, ROWS, _CHUNK):
            rows = [statements.NEW_LEAD | _row(n) for n in range(start, start + _CHUNK)]
            sql = statements.insert_rows(rows[0], len(rows))
            cursor.execute(sql, [value for row in rows for value in row.values()])
    return perf_counter() - started


async def measure_import(suite: Suite) -> dict[str, Any]:
    """Rows a second of both ways, and the memory of gateway and svc-leads.

    Memory is compared with that after a small import: what is measured is growth by rows.
    """
    raw = await asyncio.to_thread(_insert_raw, suite)
    await _import(suite, _WARM_UP_ROWS)
    took, memory = await watched(suite, ("gateway", "svc-leads"), _import(suite, ROWS))
    return {
        "rows": ROWS,
        "import_rows_per_s": round(ROWS / took),
        "raw_rows_per_s": round(ROWS / raw),
        "ratio": raw / took,
        "memory": memory,
    }
