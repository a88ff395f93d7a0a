"""The figures for people."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

FLOOR = "handler+proxy"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measurement; CPU is of the measured programs, the database's aside.

    `parts`: of the suite, the same by gateway, services and database.
    """

    operation: str
    target: str
    connections: int
    per_second: int
    p50_ms: float
    p99_ms: float
    cpu_ms_per_1000: int
    parts: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def print_rows(rows: Iterable[Row], machine: str) -> None:
    """The table; a ratio is suite / floor, and the floor is a bare handler behind a bare proxy."""
    found = {(row.operation, row.connections, row.target): row for row in rows}
    print(f"\n{machine}\n")
    print(
        "| operation | at once | suite req/s | p50 ms | p99 ms | CPU ms/1000 "
        "| bare handler | bare handler + proxy | suite / floor |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for (operation, connections, target), row in found.items():
        if target != "suite":
            continue
        bare = found[operation, connections, "handler"].per_second
        floor = found[operation, connections, FLOOR].per_second
        print(
            f"| {operation} | {connections} | {row.per_second:,} | {row.p50_ms} | {row.p99_ms} "
            f"| {row.cpu_ms_per_1000} | {bare:,} | {floor:,} | {row.per_second / floor:.2f} |"
        )


def print_parts(rows: Iterable[Row], connections: int) -> None:
    """Whose CPU time a request takes: what deploy/README.md reckons pods and cores with."""
    print("\nCPU ms of 1,000 requests, by part:\n")
    print("| operation | gateway | service | database |")
    print("|---|---|---|---|")
    for row in rows:
        if row.target == "suite" and row.connections == connections:
            gateway, services, database = row.parts.values()
            print(f"| {row.operation} | {gateway} | {services} | {database} |")


def print_bulk(figures: dict[str, Any]) -> None:
    """The bulk import beside raw INSERTs."""
    print(
        f"\nBulk import of {figures['rows']:,} rows: {figures['import_rows_per_s']:,} rows/s; "
        f"raw multi-row INSERTs: {figures['raw_rows_per_s']:,} rows/s; "
        f"ratio {figures['ratio']:.2f}"
    )
    _print_memory(figures["memory"], "the import")


def print_hashing(figures: Iterable[dict[str, Any]]) -> None:
    """How long a poller of agents/status waits while passwords are hashed."""
    print("\nOne poller of agents/status, by what else goes on:")
    for one in figures:
        beside = (
            f"{one['adding']} at once add users, cost {one['cost']}"
            if one["adding"]
            else "nothing else"
        )
        print(
            f"  {beside}: p50 {one['p50_ms']:.1f} ms, p99 {one['p99_ms']:.1f} ms"
            f" ({one['users_per_s']:.0f} users/s)"
        )


def print_reports(figures: dict[str, Any]) -> None:
    """Reports for one client, and exports beside a bare driver."""
    print(f"\nReports on {figures['calls']:,} outbound calls of 90 days, for one client:\n")
    print("| report | p50 ms |")
    print("|---|---|")
    for one in figures["requests"]:
        print(f"| {one['request']} | {one['p50_ms']:,} |")
    for one in figures["exports"]:
        print(
            f"\nExport of {one['rows']:,} {one['export']} ({one['mb']:,} MB):"
            f" {one['rows_per_s']:,} rows/s; fetched by a bare driver:"
            f" {one['floor_rows_per_s']:,} rows/s; ratio {one['ratio']:.2f}"
        )
        _print_memory(one["memory"], "the export")


def _print_memory(programs: dict[str, Any], during: str) -> None:
    for name, memory in programs.items():
        print(
            f"  {name}: {memory['before_mb']:.0f} MB before, at most {memory['peak_mb']:.0f} MB"
            f" during {during} ({memory['growth']:+.0%})"
        )
