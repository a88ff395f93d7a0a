"""What every service is made of, and how one is run."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar

import structlog
from aiohttp import web
from environs import Env

from dialkit.audit import api_log_context, log_calls
from dialkit.clock import CLOCK, Clock
from dialkit.db import DATABASE, ClockMismatch, Database
from dialkit.errors import Unavailable
from dialkit.http import answer, errors_to_envelopes
from dialkit.logs import configure_logs
from dialkit.secret_files import watching
from dialkit.serving import MAX_REQUEST_LINE, Address, check_not_ending, serve
from dialkit.settings import SETTINGS, ServiceSettings, read_settings
from dialkit.tokens import Verifier, require_token
from dialkit.turns import POOLS

D = TypeVar("D", bound=Database)
S = TypeVar("S", bound=ServiceSettings)
_health = web.RouteTableDef()


def service_app(
    name: str,
    settings: ServiceSettings,
    routes: Iterable[Iterable[web.AbstractRouteDef]],
    *,
    clock: Clock | None = None,
    database: type[Database] = Database,
) -> web.Application:
    """A service: envelope, tokens, clock, database, API log and health; nothing is opened yet."""
    app = web.Application(
        middlewares=[
            log_calls,
            errors_to_envelopes,
            require_token(Verifier(name, settings.token_keys)),
        ],
        handler_args={"max_line_size": MAX_REQUEST_LINE},
    )
    app[SETTINGS] = settings
    app[CLOCK] = clock or Clock(settings.timezone)
    app[POOLS] = {}
    app.cleanup_ctx.append(watching(settings.secrets))
    app.cleanup_ctx.append(
        database_context(DATABASE, partial(database, settings.database, settings.timezone))
    )
    app.cleanup_ctx.append(api_log_context)
    app.add_routes(_health)
    for table in routes:
        app.add_routes(table)
    return app


def database_context(
    key: web.AppKey[D], open_database: Callable[[], D], pool: str = "dialer"
) -> Any:
    """For `cleanup_ctx`: `app[key]`. A database that is away stops no start; a clock does.

    `pool` is its name in the metrics.
    """

    @asynccontextmanager
    async def context(app: web.Application) -> AsyncIterator[None]:
        database = open_database()
        try:
            await _greet(database)
            app[key] = database
            app[POOLS][pool] = database.turns
            yield
        finally:
            await database.close()

    return context


async def _greet(database: Database) -> None:
    try:
        await database.check()
    except ClockMismatch:
        raise
    except Unavailable as error:
        why: BaseException = error
        while why.__cause__ is not None:
            why = why.__cause__
        structlog.get_logger("db").warning("starting without a database", why=str(why))


@_health.get("/health/live")
async def tell_life(_request: web.Request) -> web.Response:
    """The process answers."""
    return answer("Alive", None)


@_health.get("/health/ready")
async def tell_readiness(request: web.Request) -> web.Response:
    """The database answers too, and its clock agrees. Raises: Unavailable."""
    check_not_ending(request)
    await request.app[DATABASE].check()
    return answer("Ready", None)


def run_service(
    name: str,
    create_app: Callable[[S], web.Application],
    read: Callable[[Env], S],
) -> None:
    """Serve until told to stop; a bad setting or a wrong clock ends it with one line."""
    settings = read_settings(name, read)
    configure_logs(settings.log_level)
    address = Address(host=settings.host, port=settings.port)
    try:
        serve(name, create_app(settings), address, settings.serving)
    except ClockMismatch as mismatch:
        sys.exit(f"{name}: {mismatch}")
