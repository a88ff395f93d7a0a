"""`make bench`: the suite beside its floor, in one run, on one machine.

Prints a table, and writes the same as JSON to .local/bench.json. SIZE=large has ten times as many
calls in the logs.
"""

import json
import os
import platform
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import uvloop
from load import bulk, hashing, reports
from load.client import Figures, measure
from load.requests import LEADS, OPERATIONS, Operation
from load.suite import Suite, run_suite
from load.table import Row, print_bulk, print_hashing, print_parts, print_reports, print_rows

from deploy.db.logs.sizes import SIZES

SECONDS = 3.0
_WARM_UP_S = 0.5
CONNECTIONS = (1, 32)
_RESULT = Path(".local") / "bench.json"


async def _measure(suite: Suite, operation: Operation, target: str, connections: int) -> Row:
    """One line of the table: one operation, against one of the three targets."""
    port, headers = suite.ports[target], {"X_API_Key": suite.api_key}
    request = operation.request(headers if target == "suite" else {})
    await measure(port, request, connections=connections, seconds=_WARM_UP_S)
    before, parts_before = suite.cpu_seconds(target), suite.cpu_by_part()
    figures: Figures = await measure(port, request, connections=connections, seconds=SECONDS)
    cpu, parts = suite.cpu_seconds(target) - before, suite.cpu_by_part()
    return Row(
        operation=operation.name,
        target=target,
        connections=connections,
        per_second=round(figures.per_second),
        p50_ms=round(figures.p50_ms, 2),
        p99_ms=round(figures.p99_ms, 2),
        cpu_ms_per_1000=round(1_000_000 * cpu / figures.requests),
        parts={
            part: round(1_000_000 * (seconds - parts_before[part]) / figures.requests)
            for part, seconds in parts.items()
        },
    )


async def _measure_all(suite: Suite) -> list[Row]:
    rows = []
    for operation in OPERATIONS:
        for connections in CONNECTIONS:
            for target in operation.targets:
                print(f"  {operation.name}, {connections} at once: {target}", file=sys.stderr)
                rows.append(await _measure(suite, operation, target, connections))
    return rows


def _run(size: str) -> dict[str, Any]:
    """All measurements, one after the other."""
    with TemporaryDirectory(prefix="bench") as folder:
        print(f"Building a database with {LEADS:,} leads ...", file=sys.stderr)
        with run_suite(Path(folder)) as suite:
            rows = uvloop.run(_measure_all(suite))
            print("  bulk import", file=sys.stderr)
            imported = uvloop.run(bulk.measure_import(suite))
            print("  agents/status beside password hashes", file=sys.stderr)
            hashed = uvloop.run(hashing.measure_status(suite))
            print(f"  reports on {SIZES[size].calls:,} calls", file=sys.stderr)
            # Last: they empty a log that the others read.
            reported = uvloop.run(reports.measure_reports(suite, SIZES[size]))
    return {"rows": rows, "bulk": imported, "hashing": hashed, "reports": reported}


def main() -> None:
    """Build, measure, print."""
    size = os.environ.get("SIZE") or "medium"
    if size not in SIZES:
        sys.exit(f"bench: SIZE is none of {', '.join(SIZES)}")
    machine = f"{psutil.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    found = _run(size)
    print_rows(found["rows"], machine)
    print_parts(found["rows"], CONNECTIONS[-1])
    print_bulk(found["bulk"])
    print_hashing(found["hashing"])
    print_reports(found["reports"])
    _RESULT.parent.mkdir(exist_ok=True)
    result = {"machine": machine, **found, "rows": [row.as_dict() for row in found["rows"]]}
    _RESULT.write_text(json.dumps(result, indent=2))
    print(f"\nThe same as JSON: {_RESULT}")


if __name__ == "__main__":
    main()
