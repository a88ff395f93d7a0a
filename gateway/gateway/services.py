"""The kept-alive connections to the services, and what their failures mean to a client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import NamedTuple, TypeVar

import aiohttp
from aiohttp import hdrs, web
from dialkit.errors import ApiError, BadGateway, BadRequest, TooSlow, Unavailable
from dialkit.pods import KEEP_IDLE_S, UNREACHED, Resolve, Use, never_twice, watched_pods
from dialkit.serving import MAX_REQUEST_LINE
from multidict import CIMultiDict
from yarl import URL

from gateway.settings import GatewaySettings
from gateway.upload import Upload

Body = bytes | Upload | None
T = TypeVar("T")

NOT_AVAILABLE = "Service not available"
NO_USABLE_ANSWER = "Service gave no usable answer"
FAILURES = (aiohttp.ClientError, TimeoutError)
# Bodies up to this size are passed on in one piece, larger ones as they come.
SMALL = 64 * 1024
_CONNECTIONS_PER_POD = 500
# The header `Link` repeats the URL of a request.
_MAX_HEADER = 2 * MAX_REQUEST_LINE
_READS = (hdrs.METH_GET, hdrs.METH_HEAD)
_WITHOUT_BODY = (204, 304)
_NO_CONTENT_TYPE = (hdrs.CONTENT_TYPE,)


class Call(NamedTuple):
    """A request to a service; `target` is its path and query."""

    method: str
    target: str
    headers: CIMultiDict[str]
    body: Body
    slow: bool

    @property
    def is_repeatable(self) -> bool:
        """Whether it may reach a service twice."""
        return self.method in _READS and not isinstance(self.body, Upload)


class Services:
    """The services, as the gateway calls them."""

    def __init__(self, settings: GatewaySettings, resolve: Resolve | None = None) -> None:
        self._urls = settings.service_urls
        self._resolve = resolve
        connect_s = settings.connect_timeout_s
        self._read_s = {False: settings.read_timeout_s, True: settings.slow_read_timeout_s}
        self._timeouts = {
            slow: aiohttp.ClientTimeout(
                total=None, connect=connect_s, sock_connect=connect_s, sock_read=seconds
            )
            for slow, seconds in self._read_s.items()
        }

    @asynccontextmanager
    async def connected(self, _app: web.Application) -> AsyncIterator[None]:
        """For `cleanup_ctx`: calls are possible inside."""
        async with (
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0, limit_per_host=_CONNECTIONS_PER_POD, keepalive_timeout=KEEP_IDLE_S
                ),
                headers={hdrs.ACCEPT_ENCODING: "identity", hdrs.USER_AGENT: "gateway"},
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                max_field_size=_MAX_HEADER,
                middlewares=(never_twice,),
            ) as self._session,
            watched_pods(self._urls, self._resolve) as self._pods,
        ):
            yield

    async def answer(self, service: str, call: Call, use: Use[T]) -> T:
        """What `use` makes of the answer, of which a small body has been read.

        Raises: one of FAILURES, and what `use` does.
        """
        pods = self._pods[service]
        if pods.is_named:
            call.headers[hdrs.HOST] = pods.authority
        ask = partial(self._ask, call, pods.host)
        return await pods.answer(ask, use, repeatable=call.is_repeatable)

    async def _ask(self, call: Call, name: str, base: str) -> aiohttp.ClientResponse:
        asking = self._session.request(
            call.method,
            URL(base + call.target, encoded=True),
            headers=call.headers,
            data=call.body,
            allow_redirects=False,
            timeout=self._timeouts[call.slow],
            skip_auto_headers=_guessed(call.method, call.headers),
            server_hostname=name,
        )
        if isinstance(call.body, Upload):
            async with call.body.within(self._read_s[call.slow]):
                answer = await asking
        else:
            answer = await asking
        if is_small(call.method, answer):
            await answer.read()
        return answer


def is_small(method: str, answer: aiohttp.ClientResponse) -> bool:
    """Whether an answer is passed on in one piece."""
    length = answer.content_length
    return (
        (length is not None and length <= SMALL)
        or method == hdrs.METH_HEAD
        or answer.status in _WITHOUT_BODY
    )


def meaning(error: Exception, body: Body) -> ApiError:
    """What a failed call is to the client."""
    if isinstance(body, Upload) and body.refusal is not None:
        return body.refusal
    if isinstance(error, UNREACHED):
        return Unavailable(NOT_AVAILABLE)
    if not isinstance(error, TimeoutError):
        return BadGateway(NO_USABLE_ANSWER)
    if isinstance(body, Upload) and body.stalled:
        return BadRequest("Body did not arrive in time")
    return TooSlow("Service took too long")


def _guessed(method: str, headers: CIMultiDict[str]) -> tuple[str, ...] | None:
    """What aiohttp would say of a body whose sender has not said what it is."""
    return None if method == hdrs.METH_GET or hdrs.CONTENT_TYPE in headers else _NO_CONTENT_TYPE
