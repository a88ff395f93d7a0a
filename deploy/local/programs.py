"""The programs of the suite, each with the environment that it reads and no more."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dialkit.settings import DatabaseSettings

from deploy.local.ports import free_ports
from deploy.local.processes import stop_leftover
from deploy.local.settings import LauncherSettings

# One row a service; its module has the same name with underscores.
SERVICES = ("svc-leads", "svc-lists", "svc-users", "svc-telephony", "svc-reports")
# The one that reads a replica, where there is one.
REPORTS = "svc-reports"

_PATIENCE_S = 10
_SYSTEM = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
_FOR_GATEWAY = ("TRUSTED_PROXIES", "EXPORT_IDLE_SECONDS", "REPORT_SECONDS")
_FOR_SERVICES = ("DB_POOL_SIZE",)
_FOR_REPORTS = (
    "REPORT_WINDOW_SECONDS",
    "REPORT_STATEMENT_SECONDS",
    "REPORT_SECONDS",
    "REPORT_MAX_DAYS",
    "REPORT_CONCURRENCY",
    "EXPORT_MAX_DAYS",
    "EXPORT_MAX_STREAMS",
    "EXPORT_CHUNK_ROWS",
    "EXPORT_IDLE_SECONDS",
)
_REPLICA = (
    "REPORT_DB_HOST",
    "REPORT_DB_PORT",
    "REPORT_DB_USER",
    "REPORT_DB_PASSWORD",
    "REPORT_DB_NAME",
)


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program, as it is started and reached."""

    name: str
    module: str
    url: str
    pid_file: Path
    environment: dict[str, str] = field(repr=False)


def stop_leftover_programs(folder: Path) -> None:
    """Stop what a killed launcher left running, where the system does not do that by itself."""
    for name in ("gateway", *SERVICES):
        mark = f"-m {_module(name)}"
        stop_leftover(_pid_file(folder, name), mark, patience_s=_PATIENCE_S)


def plan_programs(
    settings: LauncherSettings,
    databases: Mapping[str, DatabaseSettings],
    replica: DatabaseSettings | None,
) -> list[Program]:
    """The gateway, then the services, each with its database access; reports with the replica."""
    ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
    common = {
        "TIMEZONE": settings.timezone,
        "LOG_LEVEL": settings.log_level,
        "LOG_FORMAT": "text",
        "INTERNAL_JWT_KEYS": f"k1:{secrets.token_hex(32)}",
    }
    variables = {name: common | _database_variables(databases[name]) for name in SERVICES}
    variables[REPORTS] |= _report_variables(settings, replica)
    services = [_service(settings, name, ports, variables[name]) for name in SERVICES]
    return [_gateway(settings, ports, common), *services]


def local_url(host: str, port: int) -> str:
    """Where this machine reaches what listens on that address."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read only
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _gateway(
    settings: LauncherSettings, ports: Mapping[str, int], common: Mapping[str, str]
) -> Program:
    own = {
        "API_HOST": settings.api_host,
        "API_PORT": str(settings.api_port),
        "API_KEY": settings.api_key,
    }
    return Program(
        name="gateway",
        module=_module("gateway"),
        url=local_url(settings.api_host, settings.api_port),
        pid_file=_pid_file(settings.folder, "gateway"),
        environment={**_inherited(_FOR_GATEWAY), **common, **own, **_urls(ports)},
    )


def _service(
    settings: LauncherSettings, name: str, ports: Mapping[str, int], variables: Mapping[str, str]
) -> Program:
    others = {other: port for other, port in ports.items() if other != name}
    own = {"HOST": "127.0.0.1", "PORT": str(ports[name])}
    return Program(
        name=name,
        module=_module(name),
        url=local_url("127.0.0.1", ports[name]),
        pid_file=_pid_file(settings.folder, name),
        environment={**_inherited(_FOR_SERVICES), **variables, **own, **_urls(others)},
    )


def _module(name: str) -> str:
    return name.replace("-", "_")


def _pid_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.pid"


def _inherited(names: tuple[str, ...]) -> dict[str, str]:
    return {**_given((*_SYSTEM, *names)), "PYTHONUNBUFFERED": "1"}


def _given(names: tuple[str, ...]) -> dict[str, str]:
    return {name: os.environ[name] for name in names if name in os.environ}


def _urls(ports: Mapping[str, int]) -> dict[str, str]:
    return {
        f"{name.upper().replace('-', '_')}_URL": local_url("127.0.0.1", port)
        for name, port in ports.items()
    }


def _database_variables(database: DatabaseSettings, prefix: str = "") -> dict[str, str]:
    return {
        f"{prefix}DB_HOST": database.host,
        f"{prefix}DB_PORT": str(database.port),
        f"{prefix}DB_USER": database.user,
        f"{prefix}DB_PASSWORD": database.password,
        f"{prefix}DB_NAME": database.name,
    }


def _report_variables(
    settings: LauncherSettings, replica: DatabaseSettings | None
) -> dict[str, str]:
    """What svc-reports alone reads: its limits, and where the replica is."""
    if replica is not None:
        return _given(_FOR_REPORTS) | _database_variables(replica, "REPORT_")
    # A replica that exists is one of a database that exists.
    return _given((*_FOR_REPORTS, *_REPLICA) if settings.database else _FOR_REPORTS)
