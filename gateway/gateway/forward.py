"""Requests passed on to a service, and its answers passed back, as bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import aiohttp
import structlog
from aiohttp import hdrs, web
from dialkit.body import FORM
from dialkit.errors import BadGateway, BodyTooLarge, Unavailable
from dialkit.http import ID, REQUEST_ID
from dialkit.streaming import break_off, write_patiently
from dialkit.tokens import Signer
from multidict import CIMultiDict

from gateway.admission import NAME, Admission
from gateway.forms import receive
from gateway.headers import answer_headers, request_headers
from gateway.routes import IMPORT_PATH, Route
from gateway.server import SERVICE
from gateway.services import (
    FAILURES,
    NO_USABLE_ANSWER,
    NOT_AVAILABLE,
    SMALL,
    Body,
    Call,
    Services,
    is_small,
    meaning,
)
from gateway.settings import GatewaySettings
from gateway.upload import Upload

log = structlog.get_logger("gateway")

MAX_BODY = 1024**2
MAX_IMPORT = 1024**3


class Forwarder:
    """Passes requests on to the services, in the name of their callers."""

    def __init__(self, settings: GatewaySettings, admission: Admission, services: Services) -> None:
        self._admission = admission
        self._services = services
        self._signer = Signer(NAME, settings.token_keys)
        self._urls = settings.service_urls
        self._patience_s = settings.read_timeout_s
        self._idle_s = settings.idle_timeout_s

    def routes(self, table: Iterable[Route]) -> Iterator[web.RouteDef]:
        """The routes of the table; a GET route answers HEAD too."""
        for route in table:
            add = web.get if route.method == hdrs.METH_GET else partial(web.route, route.method)
            yield add(route.path, partial(self._forward, route))

    async def _forward(self, route: Route, request: web.Request) -> web.StreamResponse:
        caller, query, form = await self._admission.admit(request)
        request[SERVICE] = route.service
        if route.service not in self._urls:
            raise Unavailable(NOT_AVAILABLE)
        path = request.rel_url.raw_path
        authorization = self._signer.authorization(route.service, caller)
        headers = request_headers(request.headers, authorization, request[ID])
        if form is None:
            body = await self._body(request, route, headers)
        else:
            body, headers[hdrs.CONTENT_TYPE] = form, FORM
        target = f"{path}?{query}" if query else path
        call = Call(request.method, target, headers, body, slow=route.slow)
        try:
            return await self._services.answer(route.service, call, partial(self._pass_on, request))
        except FAILURES as error:
            raise meaning(error, body) from None

    async def _pass_on(
        self, request: web.Request, answer: aiohttp.ClientResponse
    ) -> web.StreamResponse:
        _refuse_unauthorized(answer, request)
        if is_small(request.method, answer):
            return await _small(request.method, answer)
        return await _streamed(request, answer, self._idle_s)

    async def _body(self, request: web.Request, route: Route, headers: CIMultiDict[str]) -> Body:
        """The body, whole if it is small. Raises: BodyTooLarge, BadRequest."""
        if not request.body_exists:
            return None
        endless = route.path == IMPORT_PATH
        limit = MAX_IMPORT if endless else MAX_BODY
        length = request.content_length
        if length is None:
            return Upload(request.content, limit=limit, endless=endless)
        if length > limit:
            raise BodyTooLarge("Body too large")
        if length <= SMALL:
            return await receive(request, web.Request.read, self._patience_s)
        headers[hdrs.CONTENT_LENGTH] = str(length)
        return Upload(request.content, limit=limit, endless=endless)


def _refuse_unauthorized(answer: aiohttp.ClientResponse, request: web.Request) -> None:
    """A service that refuses our token is no fault of the caller's. Raises: BadGateway."""
    if answer.status == web.HTTPUnauthorized.status_code:
        answer.close()
        log.error("a service refuses our token: INTERNAL_JWT_KEYS differ", path=request.path)
        raise BadGateway(NO_USABLE_ANSWER)


async def _small(method: str, answer: aiohttp.ClientResponse) -> web.Response:
    headers = answer_headers(answer.headers)
    if method == hdrs.METH_HEAD and hdrs.CONTENT_LENGTH in answer.headers:
        headers[hdrs.CONTENT_LENGTH] = answer.headers[hdrs.CONTENT_LENGTH]
    return web.Response(status=answer.status, body=await answer.read(), headers=headers)


async def _streamed(
    request: web.Request, answer: aiohttp.ClientResponse, idle_s: float
) -> web.StreamResponse:
    """Pass an answer on as fast as the client takes it; one that breaks off, breaks off there."""
    response = web.StreamResponse(status=answer.status, headers=answer_headers(answer.headers))
    response.headers[REQUEST_ID] = request[ID]
    response.content_length = answer.content_length
    try:
        await response.prepare(request)
        async for piece in answer.content.iter_any():
            await write_patiently(request, response, piece, idle_s)
        await response.write_eof()
    except (*FAILURES, ConnectionError) as error:
        # A clean end would make the part that came look like the whole.
        break_off(request)
        if not isinstance(error, ConnectionError):
            log.warning("answer broke off", id=request[ID], path=request.path)
    finally:
        answer.close()
    return response
