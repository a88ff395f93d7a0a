"""What an endpoint may refuse with; the middleware of `dialkit.http` makes envelopes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Details = dict[str, list[str]]


class ApiError(Exception):
    """An answer that is not a success: `status`, a text for people, `details` for programs."""

    status = 500

    def __init__(
        self,
        message: str,
        *,
        details: Mapping[str, Any] | None = None,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        self.data = data
        self.headers = headers


class BadRequest(ApiError):
    """400: the request as a whole makes no sense."""

    status = 400


class NothingToUpdate(BadRequest):
    """400: an update without any field."""

    def __init__(self, message: str = "No fields to update") -> None:
        super().__init__(message)


class InvalidInput(BadRequest):
    """400: fields of the request; `Invalid parameters: <field>: <why> (and N more)`."""

    def __init__(self, details: Mapping[str, Any]) -> None:
        flat = dict(flatten(details))
        field, reasons = next(iter(flat.items()))
        more = f" (and {len(flat) - 1} more)" if len(flat) > 1 else ""
        super().__init__(f"Invalid parameters: {field}: {reasons[0]}{more}", details=flat)


class AuthenticationNeeded(ApiError):
    """401: no key or token, or a wrong one."""

    status = 401


class NotFound(ApiError):
    """404: what the path names does not exist."""

    status = 404


class Conflict(ApiError):
    """409: it exists already, or is in a state that forbids the change."""

    status = 409


class BodyTooLarge(ApiError):
    """413: more bytes or rows than the endpoint takes."""

    status = 413


class UnsupportedMediaType(ApiError):
    """415: a body of another kind than the endpoint takes."""

    status = 415


class TooManyRequests(ApiError):
    """429: not now, but after `retry_after_s`."""

    status = 429

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message, headers={"Retry-After": str(retry_after_s)})


class BadGateway(ApiError):
    """502: another service gave no usable answer."""

    status = 502


class Unavailable(ApiError):
    """503: something that this service needs does not answer now; trying again may help."""

    status = 503


class TooSlow(ApiError):
    """504: a time limit has passed."""

    status = 504


def flatten(details: Mapping[Any, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Nested messages as `("alt_phones.0.phone_number", [why, ...])`."""
    for key, value in details.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from flatten(value, f"{name}.")
        else:
            yield name, [value] if isinstance(value, str) else list(value)
