"""Calls from one service to another, over `/internal/v1`, with a service token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
from aiohttp import hdrs, web

from dialkit.errors import ApiError, BadGateway, TooSlow, Unavailable
from dialkit.pods import KEEP_IDLE_S, UNREACHED, Pods, Resolve, never_twice, watched_pods
from dialkit.settings import SETTINGS
from dialkit.tokens import Caller, Signer

# The whole call has a limit of its own.
_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=2)
_OK = 200
# Its own failure, and a token that it does not take: neither is the caller's affair.
_UNUSABLE = (401, 500)
_CLIENT_ERRORS = range(400, 500)


class ServiceClient:
    """The other services, as one service sees them."""

    def __init__(
        self, session: aiohttp.ClientSession, signer: Signer, services: Mapping[str, Pods]
    ):
        self._session = session
        self._signer = signer
        self._services = services

    async def call(
        self,
        service: str,
        method: str,
        path: str,
        *,
        caller: Caller,
        json: Any = None,
        timeout_s: float = 30,
    ) -> Any:
        """The `data` of the answer.

        Raises: Unavailable, TooSlow, BadGateway; ApiError with the status of a refusal.
        """
        pods = self._services.get(service)
        if pods is None:
            raise Unavailable(f"{service} is not available")
        authorization = self._signer.authorization(service, caller)

        async def ask(base: str) -> aiohttp.ClientResponse:
            response = await self._session.request(
                method,
                base + path,
                json=json,
                headers={hdrs.AUTHORIZATION: authorization, hdrs.HOST: pods.authority},
                server_hostname=pods.host,
            )
            await response.read()
            return response

        async def use(response: aiohttp.ClientResponse) -> Any:
            return _data(service, response.status, await response.read())

        try:
            async with asyncio.timeout(timeout_s):
                return await pods.answer(ask, use, repeatable=method == hdrs.METH_GET)
        except UNREACHED:
            raise Unavailable(f"{service} is not available") from None
        except TimeoutError:
            raise TooSlow(f"{service} took too long") from None
        except aiohttp.ClientError:
            raise BadGateway(f"{service} gave no usable answer") from None

    async def ask(
        self,
        service: str,
        path: str,
        body: dict[str, Any],
        *,
        caller: Caller,
        timeout_s: float = 30,
        **answered: type,
    ) -> dict[str, Any]:
        """What a POST is answered with: values of these names and types, at least.

        Raises: Unavailable, TooSlow, BadGateway; also for a refusal, as what we ask is not the
        caller's fault.
        """
        try:
            data = await self.call(
                service, "POST", path, caller=caller, json=body, timeout_s=timeout_s
            )
        except ApiError as refused:
            if refused.status in _CLIENT_ERRORS:
                raise BadGateway(f"{service} gave no usable answer") from refused
            raise
        if not isinstance(data, dict) or any(
            type(data.get(name)) is not kind for name, kind in answered.items()
        ):
            raise BadGateway(f"{service} gave no usable answer")
        return data


def _data(service: str, status: int, body: bytes) -> Any:
    try:
        envelope = orjson.loads(body)
        if status == _OK:
            return envelope["data"]
        error = ApiError(envelope["error"], details=envelope.get("details"))
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise BadGateway(f"{service} gave no usable answer") from None
    if status in _UNUSABLE:
        raise BadGateway(f"{service} gave no usable answer")
    error.status = status
    raise error


SERVICES = web.AppKey("SERVICES", ServiceClient)


def service_client_context(name: str, resolve: Resolve | None = None) -> Any:
    """For `cleanup_ctx`: `app[SERVICES]`, for the program of that name."""

    @asynccontextmanager
    async def context(app: web.Application) -> AsyncIterator[None]:
        settings = app[SETTINGS]
        async with (
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_IDLE_S),
                timeout=_TIMEOUT,
                middlewares=(never_twice,),
            ) as session,
            watched_pods(settings.service_urls, resolve) as services,
        ):
            app[SERVICES] = ServiceClient(session, Signer(name, settings.token_keys), services)
            yield

    return context
