"""What svc-reports reads from the environment (contract: reports.md, C9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web
from dialkit.settings import (
    DatabaseSettings,
    ServiceSettings,
    access,
    check_password,
    database_password,
    database_user,
    port,
    secret,
    service_settings,
)
from environs import Env
from marshmallow import validate

_DAY_S = 86_400
# How long a connection is waited for, by reports and by look-ups (C8).
_TURN_S = 5


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How reports are read, how long they may be, and how many there may be at once."""

    window_s: int = 3600
    statement_s: int = 20
    report_s: int = 55
    report_days: int = 93
    export_days: int = 366
    reports: int = 4
    streams: int = 4
    chunk_rows: int = 2000
    idle_s: int = 60


LIMITS = web.AppKey("LIMITS", Limits)


@dataclass(frozen=True, kw_only=True)
class ReportSettings(ServiceSettings):
    """What every service reads, and where reports are read: `replica` is None without one."""

    replica: DatabaseSettings | None = None
    limits: Limits = Limits()

    @property
    def dialer_database(self) -> DatabaseSettings:
        """The dialer's database, for what is asked there; with the patience of C8."""
        return self._patient(self.database)

    @property
    def report_database(self) -> DatabaseSettings:
        """The replica, or the dialer's database; a connection for each report that may run."""
        return replace(
            self._patient(self.replica or self.database),
            read_only=True,
            pool_size=self.limits.reports + self.limits.streams,
        )

    @property
    def secrets(self) -> tuple[object, ...]:
        """What may change while the service runs; of the replica too."""
        return *super().secrets, self.replica and self.replica.account

    def _patient(self, database: DatabaseSettings) -> DatabaseSettings:
        return replace(
            database,
            acquire_timeout_s=_TURN_S,
            connect_timeout_s=_TURN_S,
            statement_timeout_s=self.limits.statement_s,
        )


def report_settings(env: Env) -> ReportSettings:
    """The service's settings."""
    common = service_settings(env)
    replica = _replica(env, common.database) if env.str("REPORT_DB_HOST", "") else None
    return ReportSettings(**vars(common), replica=replica, limits=_limits(env, bool(replica)))


def _replica(env: Env, dialer: DatabaseSettings) -> DatabaseSettings:
    return replace(
        dialer,
        host=env.str("REPORT_DB_HOST"),
        port=port(env, "REPORT_DB_PORT", dialer.port),
        name=env.str("REPORT_DB_NAME", "") or dialer.name,
        **_replica_access(env),
    )


def _replica_access(env: Env) -> dict[str, Any]:
    """Its own user and password; what is not said is as for the dialer's database."""
    user = secret(env, "REPORT_DB_USER", str, default="")
    password = secret(env, "REPORT_DB_PASSWORD", check_password, default="")
    if not (user.is_given or password.is_given):
        return {}
    return access(
        user if user.is_given else database_user(env),
        password if password.is_given else database_password(env),
    )


def _limits(env: Env, has_replica: bool) -> Limits:
    def number(name: str, default: int, most: int) -> int:
        return env.int(name, default, validate=validate.Range(1, most))

    return Limits(
        window_s=number(
            "REPORT_WINDOW_SECONDS", _DAY_S if has_replica else Limits.window_s, 7 * _DAY_S
        ),
        statement_s=number("REPORT_STATEMENT_SECONDS", Limits.statement_s, 3600),
        report_s=number("REPORT_SECONDS", Limits.report_s, 3600),
        report_days=number("REPORT_MAX_DAYS", Limits.report_days, 3660),
        export_days=number("EXPORT_MAX_DAYS", Limits.export_days, 3660),
        reports=number("REPORT_CONCURRENCY", Limits.reports, 500),
        streams=number("EXPORT_MAX_STREAMS", Limits.streams, 500),
        chunk_rows=number("EXPORT_CHUNK_ROWS", Limits.chunk_rows, 50_000),
        idle_s=number("EXPORT_IDLE_SECONDS", Limits.idle_s, 3600),
    )
