"""Who may pass: the API key is checked and taken out, the tag and the address are noted.

Where there is a rate limit, requests are counted before anything else.
"""

from __future__ import annotations

import hmac
from typing import NamedTuple

from aiohttp import hdrs, web
from dialkit.errors import AuthenticationNeeded, InvalidInput
from dialkit.tokens import Caller, check_tag
from multidict import istr

from gateway.address import ClientAddresses
from gateway.forms import form_kind, read_form
from gateway.lift import API_KEY, USER, Lifted, lift
from gateway.rate_limit import Counts, count_or_refuse
from gateway.settings import GatewaySettings

NAME = "gateway"
_KEY_HEADER = istr("X-API-Key")
_USER_HEADER = istr("X-User")


class Admitted(NamedTuple):
    """A request that may pass: who sent it, and what is left of it without the API key."""

    caller: Caller
    query: str
    form: bytes | None


class Admission:
    """Lets in who knows the API key."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._key = settings.api_key.encode()
        self._addresses = ClientAddresses(settings.trusted_proxies)
        self._patience_s = settings.read_timeout_s

    async def admit(self, request: web.Request) -> Admitted:
        """Check the key: the header's wins over the query's, the query's over a form's.

        Raises: AuthenticationNeeded, InvalidInput, BadRequest, BodyTooLarge.
        """
        headers = request.headers
        query, lifted = lift(request.rel_url.raw_query_string, (API_KEY, USER))
        key = headers.get(_KEY_HEADER) or _key(lifted)
        if key:
            self._check(key)
        form = None
        if request.body_exists and (kind := form_kind(headers.get(hdrs.CONTENT_TYPE, ""))):
            form, in_form = await read_form(request, kind, self._patience_s)
            key = key or self._check(_key(in_form))
        if not key:
            raise AuthenticationNeeded("Authentication required")
        tag = _tag(headers.get(_USER_HEADER), lifted.get(USER))
        return Admitted(Caller(tag, self._addresses.of(request), NAME), query, form)

    def _check(self, key: str) -> str:
        """The key, if it is the right one; an empty one is none."""
        if key and not hmac.compare_digest(key.encode(errors="surrogateescape"), self._key):
            raise AuthenticationNeeded("Authentication failed")
        return key


class LimitedAdmission(Admission):
    """Lets in who knows the API key and does not ask too often."""

    def __init__(self, settings: GatewaySettings, counts: Counts) -> None:
        super().__init__(settings)
        self._counts = counts

    async def admit(self, request: web.Request) -> Admitted:
        """Count first: so keys are guessed slowly. Raises: TooManyRequests and as above."""
        await count_or_refuse(self._counts, self._addresses.counted(request))
        return await super().admit(request)


def _key(lifted: Lifted) -> str:
    return next(iter(lifted.get(API_KEY, ())), "")


def _tag(header: str | None, in_query: list[str] | None) -> str:
    """The checked tag; empty when the request carries none outside its body."""
    if in_query and len(in_query) > 1:
        raise InvalidInput({USER: ["Given more than once"]})
    given = header or (in_query[0] if in_query else "")
    return check_tag(given) if given else ""
