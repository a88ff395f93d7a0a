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

_PATIENCE_S = 10
_SYSTEM = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
_FOR_GATEWAY = ("TRUSTED_PROXIES",)
_FOR_SERVICES = ("DB_POOL_SIZE",)


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
    settings: LauncherSettings, databases: Mapping[str, DatabaseSettings]
) -> list[Program]:
    """The gateway, then the services, each with its database access."""
    ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
    common = {
        "TIMEZONE": settings.timezone,
        "LOG_LEVEL": settings.log_level,
        "LOG_FORMAT": "text",
        "INTERNAL_JWT_KEYS": f"k1:{secrets.token_hex(32)}",
    }
    services = [
        _service(settings, name, ports, common | _database_variables(databases[name]))
        for name in SERVICES
    ]
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
    settings: LauncherSettings, name: str, ports: Mapping[str, int], common: Mapping[str, str]
) -> Program:
    others = {other: port for other, port in ports.items() if other != name}
    own = {"HOST": "127.0.0.1", "PORT": str(ports[name])}
    return Program(
        name=name,
        module=_module(name),
        url=local_url("127.0.0.1", ports[name]),
        pid_file=_pid_file(settings.folder, name),
        environment={**_inherited(_FOR_SERVICES), **common, **own, **_urls(others)},
    )


def _module(name: str) -> str:
    return name.replace("-", "_")


def _pid_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.pid"


def _inherited(names: tuple[str, ...]) -> dict[str, str]:
    taken = {name: os.environ[name] for name in (*_SYSTEM, *names) if name in os.environ}
    return {**taken, "PYTHONUNBUFFERED": "1"}


def _urls(ports: Mapping[str, int]) -> dict[str, str]:
    return {
        f"{name.upper().replace('-', '_')}_URL": local_url("127.0.0.1", port)
        for name, port in ports.items()
    }


def _database_variables(database: DatabaseSettings) -> dict[str, str]:
    return {
        "DB_HOST": database.host,
        "DB_PORT": str(database.port),
        "DB_USER": database.user,
        "DB_PASSWORD": database.password,
        "DB_NAME": database.name,
    }
