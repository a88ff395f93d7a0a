"""Service tokens: who calls, for whom, for a minute.

HS256; claims `iss` (the calling program), `aud` (the called one), `sub` (the request's tag; empty
when none was given), `ip` (the client's address as VICIdial's columns hold it), `iat`, `exp`.
The header names the key (`kid`): services accept a list of keys, so one is replaced without a stop.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import jwt
from aiohttp import web

from dialkit.errors import AuthenticationNeeded, InvalidInput

LIFETIME_S = 60
DEFAULT_TAG = "api"
_REMEMBERED = 4096
_TAG = re.compile(r"[-_.0-9A-Za-z]{1,20}\Z")
_CODEC = jwt.PyJWT(
    {
        "require": ["iss", "aud", "sub", "iat", "exp"],
        "strict_aud": True,
        "enforce_minimum_key_length": True,
    }
)


@dataclass(frozen=True)
class TokenKeys:
    """Secrets by key id; the first signs, all are accepted."""

    by_id: Mapping[str, str] = field(repr=False)

    @property
    def signing(self) -> tuple[str, str]:
        """Id and secret of the key that signs."""
        return next(iter(self.by_id.items()))

    @property
    def current(self) -> TokenKeys:
        """These: they do not change."""
        return self


class KeySource(Protocol):
    """Where the keys come from; changed ones are another object."""

    @property
    def current(self) -> TokenKeys:
        """The keys that are in use now."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is behind a request: the tag it carries (if any) and its client's address."""

    given_tag: str
    ip: str
    issuer: str

    @property
    def tag(self) -> str:
        """The tag that logs and columns record."""
        return self.given_tag or DEFAULT_TAG


CALLER = web.RequestKey("CALLER", Caller)


def check_tag(value: object) -> str:
    """A usable tag. Raises: InvalidInput on `user`."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not _TAG.match(text):
        raise InvalidInput({"user": ["Must be 1 to 20 characters of A-Z a-z 0-9 - _ ."]})
    return text


def take_tag(request: web.Request, tag: object) -> None:
    """Let `user` of a body be the tag, unless header or query has one. Raises: InvalidInput."""
    if tag is None or tag == "":
        return
    caller, checked = request[CALLER], check_tag(tag)
    if not caller.given_tag:
        request[CALLER] = replace(caller, given_tag=checked)


class Signer:
    """Makes tokens in the name of one program, and makes each only as often as it must."""

    def __init__(self, issuer: str, keys: KeySource) -> None:
        self._issuer = issuer
        self._source = keys
        self._keys = keys.current
        self._made: dict[tuple[str, str, str], tuple[float, str]] = {}

    def authorization(self, audience: str, caller: Caller) -> str:
        """The `Authorization` header of a call to `audience`."""
        if self._keys is not self._source.current:
            self._keys = self._source.current
            self._made.clear()
        wanted = (audience, caller.given_tag, caller.ip)
        now = time.time()
        fresh_until, header = self._made.get(wanted, (0.0, ""))
        if now < fresh_until:
            return header
        if len(self._made) >= _REMEMBERED:
            self._made.clear()
        header = f"Bearer {self._sign(*wanted, now)}"
        self._made[wanted] = (now + LIFETIME_S / 2, header)
        return header

    def _sign(self, audience: str, tag: str, ip: str, now: float) -> str:
        kid, secret = self._keys.signing
        claims = {
            "iss": self._issuer,
            "aud": audience,
            "sub": tag,
            "ip": ip,
            "iat": int(now),
            "exp": int(now) + LIFETIME_S,
        }
        return _CODEC.encode(claims, secret, algorithm="HS256", headers={"kid": kid})


class Verifier:
    """Reads tokens that are meant for one program, and remembers good ones until they expire."""

    def __init__(self, audience: str, keys: KeySource) -> None:
        self._audience = audience
        self._source = keys
        self._keys = keys.current
        self._good: dict[str, tuple[float, Caller]] = {}

    def caller(self, authorization: str) -> Caller:
        """Who signed the header's token. Raises: AuthenticationNeeded."""
        if self._keys is not self._source.current:
            self._keys = self._source.current
            self._good.clear()
        expires, caller = self._good.get(authorization, (0.0, None))
        if caller is not None and time.time() < expires:
            return caller
        claims = self._claims(authorization)
        caller = Caller(given_tag=claims["sub"], ip=claims.get("ip", ""), issuer=claims["iss"])
        if len(self._good) >= _REMEMBERED:
            self._good.clear()
        self._good[authorization] = (float(claims["exp"]), caller)
        return caller

    def _claims(self, authorization: str) -> dict[str, Any]:
        token = authorization.removeprefix("Bearer ")
        try:
            secret = self._keys.by_id[str(jwt.get_unverified_header(token).get("kid"))]
            return _CODEC.decode(token, secret, algorithms=["HS256"], audience=self._audience)
        except (jwt.InvalidTokenError, KeyError):
            raise AuthenticationNeeded("A valid service token is needed") from None


def require_token(verifier: Verifier) -> Callable[..., Awaitable[web.StreamResponse]]:
    """A middleware that lets nothing pass without a token, `/health/` aside."""

    @web.middleware
    async def check(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        authorization = request.headers.get("Authorization")
        if authorization is not None:
            request[CALLER] = verifier.caller(authorization)
        elif not request.path.startswith("/health/"):
            raise AuthenticationNeeded("A service token is needed")
        return await handler(request)

    return check
