"""What the launcher reads from the environment."""

from dataclasses import dataclass, field
from pathlib import Path

from dialkit.settings import DatabaseSettings, log_level, port, timezone
from environs import Env
from marshmallow import ValidationError


@dataclass(frozen=True, kw_only=True)
class LauncherSettings:
    """How to run the suite; `database` is None where a private one is wanted.

    `report_replica`: whether reports shall have a private one of their own.
    """

    folder: Path
    api_host: str
    api_port: int
    api_key: str = field(repr=False)
    timezone: str
    log_level: str
    database: DatabaseSettings | None
    report_replica: bool


def launcher_settings(env: Env, folder: Path) -> LauncherSettings:
    """The launcher's settings; an `API_KEY` that is not set is empty here."""
    database = _existing_database(env) if env.str("DB_HOST", "") else None
    return LauncherSettings(
        folder=folder,
        api_host=env.str("API_HOST", "127.0.0.1"),
        api_port=port(env, "API_PORT", 8080),
        api_key=env.str("API_KEY", ""),
        timezone=timezone(env),
        log_level=log_level(env),
        database=database,
        report_replica=_report_replica(env, database),
    )


def _existing_database(env: Env) -> DatabaseSettings:
    return DatabaseSettings(
        host=env.str("DB_HOST"),
        port=port(env, "DB_PORT", 3306),
        user=env.str("DB_USER"),
        password=env.str("DB_PASSWORD"),
        name=env.str("DB_NAME", "asterisk"),
    )


def _report_replica(env: Env, database: DatabaseSettings | None) -> bool:
    def check(wanted: bool) -> None:
        if wanted and database is not None:
            raise ValidationError("Not beside DB_HOST: name its replica with REPORT_DB_HOST.")

    def check_replica(host: str) -> None:
        if host and database is None:
            raise ValidationError("Only beside DB_HOST; REPORT_REPLICA=1 starts a private one.")

    env.str("REPORT_DB_HOST", "", validate=check_replica)
    return env.bool("REPORT_REPLICA", False, validate=check)
