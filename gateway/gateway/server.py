"""The HTTP server around the application: every answer is an envelope and carries a request id."""

from __future__ import annotations

import asyncio
import os
import re
from typing import Any

import structlog
from aiohttp import web
from aiohttp.http import RawRequestMessage
from dialkit.errors import ApiError, BadRequest
from dialkit.http import ID, REQUEST_ID, errors_to_envelopes, failure
from dialkit.serving import KEEP_IDLE_S, MAX_REQUEST_LINE
from multidict import istr

log = structlog.get_logger("gateway")

SERVICE = web.RequestKey("SERVICE", str)
_CONNECTION: dict[str, Any] = {
    "keepalive_timeout": KEEP_IDLE_S,
    "auto_decompress": False,
    "access_log": None,
    "max_line_size": MAX_REQUEST_LINE,
}
_SERVER_ERRORS = 500
_ID_HEADER = istr(REQUEST_ID)
_usable_id = re.compile(r"[-_.0-9A-Za-z]{1,64}").fullmatch


class GatewayRunner(web.AppRunner):
    """Runs an application behind `GatewayServer`."""

    async def _make_server(self) -> web.Server:
        server = await super()._make_server()
        return GatewayServer(server.request_handler, request_factory=server.request_factory)


class GatewayServer(web.Server):
    """Gives each request its id, and makes envelopes of what goes wrong."""

    def __init__(self, handler: Any, *, request_factory: Any) -> None:
        super().__init__(self._answer, request_factory=request_factory)
        self._handle = handler

    def __call__(self) -> web.RequestHandler:
        """A new connection."""
        return _Connection(self, loop=asyncio.get_running_loop(), **_CONNECTION)

    async def _answer(self, request: Any) -> web.StreamResponse:
        given = request.headers.get(_ID_HEADER)
        request[ID] = request_id = given if given and _usable_id(given) else new_id()
        response = await errors_to_envelopes(request, self._handle)
        if not response.prepared:
            response.headers[_ID_HEADER] = request_id
        if response.status >= _SERVER_ERRORS:
            _log_failure(request, response)
        return response


class _Connection(web.RequestHandler):
    """A client's connection; tells in an envelope what is wrong with malformed HTTP."""

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._messages and not isinstance(self._messages[-1][0], RawRequestMessage):
            self._break_off_body()

    def _break_off_body(self) -> None:
        """Malformed HTTP inside a body: whoever reads that body learns of it, and answers."""
        if len(self._messages) > 1:
            body = self._messages[-2][1]
        elif self._current_request is not None:
            body = self._current_request.content
        else:
            return
        if not body.is_eof():
            self._messages.pop()
            body.set_exception(web.RequestPayloadError("malformed"))
            body.feed_eof()
            self.close()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        # aiohttp's own text and log entry show what was sent, perhaps the key.
        if request.writer.output_size > 0:
            raise ConnectionError("An answer has begun already")
        if status < _SERVER_ERRORS:
            response = failure(BadRequest("Malformed HTTP request"))
        else:
            log.error("unforeseen error", exc_info=exc)
            response = failure(ApiError("Internal error"))
        response.headers[_ID_HEADER] = new_id()
        response.force_close()
        return response


def new_id() -> str:
    """An id that no other request has."""
    return os.urandom(16).hex()


def _log_failure(request: web.Request, response: web.StreamResponse) -> None:
    log.warning(
        "request failed",
        status=response.status,
        id=request[ID],
        method=request.method,
        path=request.path,
        service=request.get(SERVICE, "gateway"),
    )
