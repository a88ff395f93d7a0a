"""Settings from the environment; a bad one ends the start with one line that names it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from aiohttp import web
from environs import Env
from environs.exceptions import EnvValidationError
from marshmallow import ValidationError, validate
from yarl import URL

from dialkit.secret_files import GivenSecret, LiveSecret, secret_in
from dialkit.tokens import KeySource, TokenKeys

DEFAULT_TIMEZONE = "America/New_York"
SERVICES = ("svc-leads", "svc-lists", "svc-users", "svc-telephony", "svc-reports")
_MIN_SECRET = 32
_URL = re.compile(r"https?://[^/?#@\s]+/?\Z")
_NOT_EMPTY = validate.Length(min=1, error="Must not be empty.")
T = TypeVar("T")


@dataclass(frozen=True)
class Account:
    """A user of the database, and its password."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class DatabaseSettings:
    """Where VICIdial's database is, and how much of it one process may take.

    `account` is there where user or password came from files: what they are by now.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    name: str
    pool_size: int = 10
    connect_timeout_s: float = 5
    acquire_timeout_s: float = 10
    statement_timeout_s: float = 30
    read_only: bool = False
    account: LiveSecret[Account] | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class ServingSettings:
    """How a program ends, and where its metrics are read; without a port there are none.

    A program that is told to end serves on for `drain_s` seconds, saying so with each answer. Then
    it takes no more connections, and what still runs has `shutdown_s`.
    """

    drain_s: int = 0
    shutdown_s: int = 8
    metrics_port: int | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """What every service reads."""

    host: str
    port: int
    database: DatabaseSettings
    token_keys: KeySource
    timezone: str
    log_level: str
    service_urls: dict[str, str]
    serving: ServingSettings = field(default_factory=ServingSettings)

    @property
    def secrets(self) -> tuple[object, ...]:
        """What may change while the service runs."""
        return self.token_keys, self.database.account


SETTINGS = web.AppKey("SETTINGS", ServiceSettings)


def service_settings(env: Env) -> ServiceSettings:
    """A service's settings."""
    return ServiceSettings(
        host=env.str("HOST", "127.0.0.1"),
        port=port(env, "PORT", 8081),
        database=DatabaseSettings(
            host=env.str("DB_HOST", validate=_NOT_EMPTY),
            port=port(env, "DB_PORT", 3306),
            **access(database_user(env), database_password(env)),
            name=env.str("DB_NAME", "asterisk", validate=_NOT_EMPTY),
            pool_size=env.int("DB_POOL_SIZE", 10, validate=validate.Range(1, 1000)),
        ),
        token_keys=token_keys(env),
        timezone=timezone(env),
        log_level=log_level(env),
        service_urls=service_urls(env),
        serving=serving_settings(env),
    )


def serving_settings(env: Env) -> ServingSettings:
    """`DRAIN_SECONDS`, `SHUTDOWN_SECONDS`, `METRICS_PORT`."""
    metrics_port = port(env, "METRICS_PORT", 0) if env.str("METRICS_PORT", "") else None
    return ServingSettings(
        drain_s=env.int("DRAIN_SECONDS", 0, validate=validate.Range(0, 600)),
        shutdown_s=env.int("SHUTDOWN_SECONDS", 8, validate=validate.Range(1, 3600)),
        metrics_port=metrics_port,
    )


def port(env: Env, name: str, default: int) -> int:
    """A TCP port."""
    return env.int(name, default, validate=validate.Range(1, 65535))


def timezone(env: Env) -> str:
    """`TIMEZONE`: the zone that the database server runs in."""
    return env.str("TIMEZONE", DEFAULT_TIMEZONE, validate=_known_zone)


def log_level(env: Env) -> str:
    """`LOG_LEVEL`."""
    levels = validate.OneOf(["debug", "info", "warning", "error"])
    level = env.str("LOG_LEVEL", "info", validate=lambda text: levels(text.lower()))
    return (level or "").lower()  # None: it was bad, and `seal` is about to say so


def token_keys(env: Env) -> KeySource:
    """`INTERNAL_JWT_KEYS`: `kid:secret`, comma-separated; the first signs."""
    given = secret(env, "INTERNAL_JWT_KEYS", _parse_keys)
    keys = _token_keys(given.text) if given.text else TokenKeys({})
    return LiveSecret(keys, _token_keys, given) if given.path else keys


def secret(
    env: Env, name: str, check: Callable[[str], object], default: str | None = None
) -> GivenSecret:
    """The variable `name`, or the content of the file that the variable `<name>_FILE` names."""
    in_file = f"{name}_FILE"
    if path := env.str(in_file, ""):
        env.str(name, "", validate=validate.Equal("", error=f"Not beside {in_file}."))
        return _secret_in_file(env, in_file, path, check)
    if default is None:
        text = env.str(name, validate=check)
    else:
        text = env.str(name, default, validate=check)
    return GivenSecret(variable=name, text=text or "", check=check)


def database_user(env: Env) -> GivenSecret:
    """`DB_USER`."""
    return secret(env, "DB_USER", _NOT_EMPTY)


def database_password(env: Env) -> GivenSecret:
    """`DB_PASSWORD`."""
    return secret(env, "DB_PASSWORD", check_password)


def check_password(password: str) -> None:
    """Whether the driver can send it. Raises: ValidationError."""
    try:
        password.encode("latin-1")
    except UnicodeEncodeError:
        raise ValidationError("Must be characters of Latin-1.") from None


def access(user: GivenSecret, password: GivenSecret) -> dict[str, Any]:
    """What `DatabaseSettings` say of the account."""
    account = Account(user.text, password.text)
    live = LiveSecret(account, Account, user, password) if user.path or password.path else None
    return {"user": user.text, "password": password.text, "account": live}


def _secret_in_file(
    env: Env, variable: str, path: str, check: Callable[[str], object]
) -> GivenSecret:
    texts: list[str] = []

    def read(path: str) -> None:
        texts.append(secret_in(Path(path), check))

    env.str(variable, validate=read)
    text = texts[0] if texts else ""  # none: it was bad, and `seal` is about to say so
    return GivenSecret(variable=variable, text=text, check=check, path=Path(path))


def service_urls(env: Env) -> dict[str, str]:
    """`SVC_LEADS_URL` and the others, by service; those that are not set are missing."""
    urls = {
        name: env.str(f"{name.upper().replace('-', '_')}_URL", "", validate=_check_url)
        for name in SERVICES
    }
    return {name: url.rstrip("/") for name, url in urls.items() if url}


def read_settings(program: str, read: Callable[[Env], T]) -> T:
    """The program's settings, or its end with one line that names what is wrong."""
    env = Env(eager=False)
    try:
        settings = read(env)
        env.seal()
    except EnvValidationError as error:
        sys.exit(f"{program}: {error}")
    return settings


def _known_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValidationError("Not a time zone, such as America/New_York.") from None


def _check_url(text: str) -> None:
    try:
        if not text or (_URL.match(text) and URL(text).host):
            return
    except ValueError:  # a port beyond 65535, an IPv6 address without its end
        pass
    raise ValidationError("Not an address, such as http://127.0.0.1:8081.")


def _token_keys(text: str) -> TokenKeys:
    return TokenKeys(_parse_keys(text))


def _parse_keys(text: str) -> dict[str, str]:
    keys: dict[str, str] = {}
    for pair in text.split(","):
        kid, colon, secret = pair.strip().partition(":")
        usable = len(secret) >= _MIN_SECRET and pair.strip().isprintable()
        if not (kid and colon and usable) or kid in keys:
            raise ValidationError(
                f"Must be kid:secret[,kid:secret...], secrets of {_MIN_SECRET} characters or more."
            )
        keys[kid] = secret
    return keys
