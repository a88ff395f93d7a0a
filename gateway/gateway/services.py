"""The kept-alive connections to the services, and what their failures mean to a client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import hdrs, web
from aiohttp.client_middlewares import ClientHandlerType
from dialkit.errors import ApiError, BadGateway, BadRequest, TooSlow, Unavailable
from dialkit.service import MAX_REQUEST_LINE
from multidict import CIMultiDict
from yarl import URL

from gateway.upload import Upload

Body = bytes | Upload | None

NOT_AVAILABLE = "Service not available"
NO_USABLE_ANSWER = "Service gave no usable answer"
FAILURES = (aiohttp.ClientError, TimeoutError)
_CONNECTIONS_PER_SERVICE = 500
# Shorter than the 75 s after which a service closes an idle connection.
_KEEP_IDLE_S = 30
# The header `Link` repeats the URL of a request.
_MAX_HEADER = 2 * MAX_REQUEST_LINE
# aiohttp sends these again when a kept-alive connection breaks; here they may have been obeyed.
_CHANGES = (hdrs.METH_PUT, hdrs.METH_DELETE)
_NO_CONTENT_TYPE = (hdrs.CONTENT_TYPE,)


class Services:
    """The services, as the gateway calls them."""

    def __init__(self, connect_s: float, read_s: float, slow_read_s: float) -> None:
        self._read_s = {False: read_s, True: slow_read_s}
        self._timeouts = {
            slow: aiohttp.ClientTimeout(
                total=None, connect=connect_s, sock_connect=connect_s, sock_read=seconds
            )
            for slow, seconds in self._read_s.items()
        }

    @asynccontextmanager
    async def connected(self, _app: web.Application) -> AsyncIterator[None]:
        """For `cleanup_ctx`: calls are possible inside."""
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, limit_per_host=_CONNECTIONS_PER_SERVICE, keepalive_timeout=_KEEP_IDLE_S
            ),
            headers={hdrs.ACCEPT_ENCODING: "identity", hdrs.USER_AGENT: "gateway"},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_field_size=_MAX_HEADER,
        ) as self._session:
            yield

    async def ask(
        self, method: str, url: URL, headers: CIMultiDict[str], body: Body, *, slow: bool
    ) -> aiohttp.ClientResponse:
        """Send a request; the answer's body is still to be read. Raises: one of FAILURES."""
        streamed = isinstance(body, Upload)
        asking = self._session.request(
            method,
            url,
            headers=headers,
            data=body,
            allow_redirects=False,
            timeout=self._timeouts[slow],
            skip_auto_headers=_guessed(method, headers),
            middlewares=(_never_twice,) if streamed or method in _CHANGES else None,
        )
        if not isinstance(body, Upload):
            return await asking
        async with body.within(self._read_s[slow]):
            return await asking


def meaning(error: Exception, body: Body) -> ApiError:
    """What a failed call is to the client."""
    if isinstance(body, Upload) and body.refusal is not None:
        return body.refusal
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Unavailable(NOT_AVAILABLE)
    if not isinstance(error, TimeoutError):
        return BadGateway(NO_USABLE_ANSWER)
    if isinstance(body, Upload) and body.stalled:
        return BadRequest("Body did not arrive in time")
    return TooSlow("Service took too long")


def _guessed(method: str, headers: CIMultiDict[str]) -> tuple[str, ...] | None:
    """What aiohttp would say of a body whose sender has not said what it is."""
    return None if method == hdrs.METH_GET or hdrs.CONTENT_TYPE in headers else _NO_CONTENT_TYPE


class _Broken(aiohttp.ClientError):
    """The connection broke after a request was sent that must not be sent again."""


async def _never_twice(
    request: aiohttp.ClientRequest, send: ClientHandlerType
) -> aiohttp.ClientResponse:
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _Broken from error
