"""The suite and its floor, started for a measurement on a private database."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pymysql
from load import statements
from load.requests import CAMPAIGNS, FIRST_LIST, LEADS, LEADS_EACH, LIST_ID, LISTS_EACH

from deploy.db.schema import build_schema, create_database, fill_stock_rows
from deploy.local.ports import free_ports
from deploy.local.server import Server, open_server

PROGRAMS = ("gateway", "svc-leads", "svc-lists")
_DATABASE = "asterisk"
_TIMEZONE = "America/New_York"
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
        used = [process.cpu_times() for process in self.processes[target]]
        return sum(times.user + times.system for times in used)

    def memory_mb(self) -> dict[str, float]:
        """Resident memory of gateway and svc-leads."""
        return {
            name: process.memory_info().rss / 2**20
            for name, process in zip(PROGRAMS, self.processes["suite"], strict=True)
            if name != "svc-lists"
        }

    def connect(self) -> "pymysql.Connection[Any]":
        """A connection with the service's rights."""
        return _connect(self.database)


@contextmanager
def run_suite(folder: Path) -> Iterator[Suite]:
    """Build the database, start everything, and end it afterwards."""
    with ExitStack() as stack:
        server = stack.enter_context(open_server(folder, timezone=_TIMEZONE))
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
            },
            database=database,
        )


def _start_all(
    stack: ExitStack, ports: dict[str, int], database: dict[str, str], api_key: str
) -> dict[str, psutil.Process]:
    keys = {"INTERNAL_JWT_KEYS": f"k1:{secrets.token_hex(32)}", "LOG_LEVEL": "warning"}
    urls = {
        "SVC_LEADS_URL": f"http://127.0.0.1:{ports['svc-leads']}",
        "SVC_LISTS_URL": f"http://127.0.0.1:{ports['svc-lists']}",
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
            _fill(cursor)
            cursor.execute("CREATE USER bench@'%%' IDENTIFIED BY %s", (password,))
            cursor.execute(f"GRANT ALL ON {_DATABASE}.* TO bench@'%'")
        connection.commit()
    return {
        "DB_HOST": "127.0.0.1",
        "DB_PORT": str(server.port),
        "DB_USER": "bench",
        "DB_PASSWORD": password,
        "DB_NAME": _DATABASE,
        "TIMEZONE": _TIMEZONE,
    }


def _fill(cursor: Any) -> None:
    cursor.execute("INSERT INTO vicidial_campaigns (campaign_id, active) VALUES ('BENCH', 'Y')")
    cursor.execute(
        "INSERT INTO vicidial_lists (list_id, campaign_id, active) VALUES (%s, 'BENCH', 'Y')",
        (LIST_ID,),
    )
    _fill_leads(cursor)
    _fill_campaigns(cursor)


def _fill_leads(cursor: Any) -> None:
    lead = statements.NEW_LEAD | {"list_id": LIST_ID}
    for start in range(0, LEADS, 1000):
        rows = [
            lead | {"phone_number": f"303555{n % 100:02d}{n // 100:04d}", "last_name": f"Doe {n}"}
            for n in range(start, start + 1000)
        ]
        sql = statements.insert_rows(rows[0], len(rows))
        cursor.execute(sql, [value for row in rows for value in row.values()])


def _fill_campaigns(cursor: Any) -> None:
    lists = CAMPAIGNS * LISTS_EACH
    cursor.execute(
        "INSERT INTO vicidial_campaigns (campaign_id, campaign_name, active)"
        f" SELECT CONCAT('CAMP', seq), CONCAT('Campaign ', seq), 'Y' FROM seq_1_to_{CAMPAIGNS}"
    )
    cursor.execute(
        "INSERT INTO vicidial_lists (list_id, list_name, campaign_id, active)"
        f" SELECT {FIRST_LIST} + seq, CONCAT('List ', seq), CONCAT('CAMP', seq % {CAMPAIGNS} + 1),"
        f" 'Y' FROM seq_0_to_{lists - 1}"
    )
    cursor.execute(
        "INSERT INTO vicidial_list (list_id, phone_number, phone_code, status)"
        f" SELECT {FIRST_LIST} + seq % {lists}, 7130000000 + seq, '1', 'NEW'"
        f" FROM seq_1_to_{lists * LEADS_EACH}"
    )


def _connect(database: dict[str, str]) -> "pymysql.Connection[Any]":
    return pymysql.connect(
        host=database["DB_HOST"],
        port=int(database["DB_PORT"]),
        user=database["DB_USER"],
        password=database["DB_PASSWORD"],
        database=database["DB_NAME"],
        charset="utf8mb3",
        autocommit=True,
    )
