"""What the gateway reads from the environment."""

from __future__ import annotations

from dataclasses import dataclass, field

from dialkit.settings import (
    ServingSettings,
    log_level,
    port,
    secret,
    service_urls,
    serving_settings,
    timezone,
    token_keys,
)
from dialkit.tokens import KeySource
from environs import Env
from marshmallow import ValidationError, validate

from gateway.address import Network, parse_networks
from gateway.rate_limit import parse_limits, storage_address


@dataclass(frozen=True, kw_only=True)
class GatewaySettings:
    """How the gateway listens, whom it believes, and where the services are."""

    host: str
    port: int
    api_key: str = field(repr=False)
    token_keys: KeySource
    service_urls: dict[str, str]
    trusted_proxies: tuple[Network, ...]
    timezone: str
    log_level: str
    connect_timeout_s: float = 2
    read_timeout_s: float = 40
    slow_read_timeout_s: float = 60
    # How long a client of a long answer may take nothing of it.
    idle_timeout_s: float = 60
    serving: ServingSettings = field(default_factory=ServingSettings)
    # Such as "100/second", for each address; none without it. Counted in this process, or in Redis.
    rate_limit: str = ""
    rate_limit_storage: str = field(default="", repr=False)


def gateway_settings(env: Env) -> GatewaySettings:
    """The gateway's settings."""
    return GatewaySettings(
        host=env.str("API_HOST", "127.0.0.1"),
        port=port(env, "API_PORT", 8080),
        api_key=secret(env, "API_KEY", _usable_key).text,
        token_keys=token_keys(env),
        service_urls=service_urls(env),
        trusted_proxies=_trusted_proxies(env),
        timezone=timezone(env),
        log_level=log_level(env),
        slow_read_timeout_s=_slow_read_timeout(env),
        idle_timeout_s=env.int("EXPORT_IDLE_SECONDS", 60, validate=validate.Range(1, 3600)),
        serving=serving_settings(env),
        rate_limit=env.str("RATE_LIMIT", "", validate=_known_limits),
        rate_limit_storage=secret(env, "RATE_LIMIT_STORAGE", _known_storage, default="").text,
    )


def _slow_read_timeout(env: Env) -> float:
    """A little more than a report may take, so that svc-reports says itself that it took long."""
    report_s = env.int("REPORT_SECONDS", 55, validate=validate.Range(1, 3600))
    return max(60, (report_s or 0) + 5)  # None: it was bad, and `seal` is about to say so


def _usable_key(key: str) -> None:
    if not key or key != key.strip():
        raise ValidationError("Must not be empty, nor begin or end with a space.")


def _known_limits(text: str) -> None:
    if not text:
        return
    try:
        parse_limits(text)
    except ValueError:
        raise ValidationError("Must be limits, such as 100/second; 5000/hour.") from None


def _known_storage(url: str) -> None:
    if not url:
        return
    try:
        storage_address(url)
    except ValueError as error:
        raise ValidationError(str(error)) from None


def _trusted_proxies(env: Env) -> tuple[Network, ...]:
    text = env.str("TRUSTED_PROXIES", "", validate=_known_networks)
    return parse_networks(text or "")


def _known_networks(text: str) -> None:
    try:
        parse_networks(text)
    except ValueError as error:
        raise ValidationError(f"Must be addresses or networks, comma-separated: {error}.") from None
