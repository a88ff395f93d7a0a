"""The suite and its floor, started for a measurement on a private database."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pymysql
from load.rows import fill

from deploy.db.schema import build_schema, create_database, fill_stock_rows
from deploy.local.ports import free_ports
from deploy.local.server import Server, open_server

PROGRAMS = ("gateway", "svc-leads", "svc-lists", "svc-users", "svc-telephony", "svc-reports")
TIMEZONE = "America/New_York"
_DATABASE = "asterisk"
_READY_S = 20


@dataclass(frozen=True, kw_only=True)
class Suite:
    """What runs: ports and processes of each target."""

    api_key: str
    ports: dict[str, int]
    processes: dict[str, list[psutil.Process]]
    database: dict[str, str] = field(repr=False)

    def cpu_seconds(self, target: str) -> float:
        """CPU time that the target's programs have used."""
        return _cpu_seconds(self.processes[target])

    def cpu_by_part(self) -> dict[str, float]:
        """CPU time that the suite's gateway, its services and the database server have used."""
        gateway, *services = self.processes["suite"]
        return {
            "gateway": _cpu_seconds([gateway]),
            "services": _cpu_seconds(services),
            "database": _cpu_seconds(self.processes["database"]),
        }

    def memory_mb(self, names: Collection[str]) -> dict[str, float]:
        """Resident memory of those programs."""
        return {
            name: process.memory_info().rss / 2**20
            for name, process in zip(PROGRAMS, self.processes["suite"], strict=True)
            if name in names
        }

    def connect(self) -> "pymysql.Connection[Any]":
        """A connection with the service's rights."""
        return pymysql.connect(**self.driver_options(), autocommit=True)

    def driver_options(self) -> dict[str, Any]:
        """What the driver is told to reach the database."""
        return {
            "host": self.database["DB_HOST"],
            "port": int(self.database["DB_PORT"]),
            "user": self.database["DB_USER"],
            "password": self.database["DB_PASSWORD"],
            "db": self.database["DB_NAME"],
            "charset": "utf8mb3",
        }


@contextmanager
def run_suite(folder: Path) -> Iterator[Suite]:
    """Build the database, start everything, and end it afterwards."""
    with ExitStack() as stack:
        server = stack.enter_context(open_server(folder, timezone=TIMEZONE))
        database = _build(server)
        names = ("suite", *PROGRAMS[1:], "handler", "handler+proxy")
        ports = dict(zip(names, free_ports(len(names)), strict=True))
        api_key = secrets.token_hex(16)
        started = _start_all(stack, ports, database, api_key)
        yield Suite(
            api_key=api_key,
            ports=ports,
            processes={
                "suite": [started[name] for name in PROGRAMS],
                "handler": [started["handler"]],
                "handler+proxy": [started["handler"], started["proxy"]],
                "database": _database_processes(),
            },
            database=database,
        )


def _database_processes() -> list[psutil.Process]:
    """The private server; none where it runs in a container."""
    ours = psutil.Process().children(recursive=True)
    return [process for process in ours if process.name() in ("mariadbd", "mysqld")]


def _cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    used = [process.cpu_times() for process in processes]
    return sum(times.user + times.system for times in used)


def _start_all(
    stack: ExitStack, ports: dict[str, int], database: dict[str, str], api_key: str
) -> dict[str, psutil.Process]:
    keys = {"INTERNAL_JWT_KEYS": f"k1:{secrets.token_hex(32)}", "LOG_LEVEL": "warning"}
    urls = {
        f"{name.upper().replace('-', '_')}_URL": f"http://127.0.0.1:{ports[name]}"
        for name in PROGRAMS[1:]
    }
    service = database | keys | urls
    gateway = keys | urls | {"API_KEY": api_key, "API_PORT": str(ports["suite"])}
    floor, handler = "load.floor", str(ports["handler"])
    proxy = ["proxy", str(ports["handler+proxy"]), f"http://127.0.0.1:{handler}"]
    started = {
        **{
            name: _start(stack, [name.replace("-", "_")], service | {"PORT": str(ports[name])})
            for name in PROGRAMS[1:]
        },
        "gateway": _start(stack, ["gateway"], gateway),
        "handler": _start(stack, [floor, "handler", handler], database),
        "proxy": _start(stack, [floor, *proxy], {}),
    }
    for url in urls.values():
        _wait_until_ready(f"{url}/health/ready")
    _wait_until_ready(f"http://127.0.0.1:{ports['suite']}/health")
    _wait_until_ready(f"http://127.0.0.1:{ports['handler+proxy']}/api/v1/version")
    return started


def _start(stack: ExitStack, command: Sequence[str], environment: dict[str, str]) -> psutil.Process:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={name: os.environ[name] for name in ("PATH", "PYTHONPATH")} | environment,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return psutil.Process(process.pid)


def _wait_until_ready(url: str) -> None:
    until = time.monotonic() + _READY_S
    while True:
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _build(server: Server) -> dict[str, str]:
    """The database with its leads; how programs reach it."""
    password = secrets.token_hex(16)
    with server.connect() as connection:
        create_database(connection, _DATABASE)
        build_schema(connection)
        fill_stock_rows(connection)
        with connection.cursor() as cursor:
            fill(cursor)
            cursor.execute("CREATE USER bench@'%%' IDENTIFIED BY %s", (password,))
            cursor.execute(f"GRANT ALL ON {_DATABASE}.* TO bench@'%'")
        connection.commit()
    return {
        "DB_HOST": "127.0.0.1",
        "DB_PORT": str(server.port),
        "DB_USER": "bench",
        "DB_PASSWORD": password,
        "DB_NAME": _DATABASE,
        "TIMEZONE": TIMEZONE,
    }
