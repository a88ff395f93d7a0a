"""How svc-reports is put together."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from aiohttp import web
from dialkit.clock import Clock
from dialkit.service import database_context, service_app
from dialkit.sharing import SharedReads, shared_reads_context

from svc_reports import (
    agent_stats,
    call_stats,
    call_summary,
    calls,
    did_logs,
    kpi,
    log_entries,
    phone_logs,
    recordings,
    sip,
)
from svc_reports.databases import REPORT_DATABASE, DialerDatabase, ReportDatabase
from svc_reports.phone_logs.indexes import NUMBER_INDEXES, NumberIndexes
from svc_reports.settings import LIMITS, ReportSettings
from svc_reports.slots import SLOTS, Slots

NAME = "svc-reports"


def create_app(settings: ReportSettings, *, clock: Clock | None = None) -> web.Application:
    """The service, ready to be served; nothing is opened before it starts."""
    app = service_app(
        NAME,
        replace(settings, database=settings.dialer_database),
        [
            recordings.routes,
            did_logs.routes,
            phone_logs.routes,
            agent_stats.routes,
            call_stats.routes,
            calls.routes,
            log_entries.routes,
            sip.routes,
            kpi.routes,
            call_summary.routes,
        ],
        clock=clock,
        database=DialerDatabase,
    )
    app[LIMITS] = settings.limits
    app[SLOTS] = Slots(settings.limits)
    app[NUMBER_INDEXES] = NumberIndexes()
    open_reports = partial(ReportDatabase, settings.report_database, settings.timezone)
    app.cleanup_ctx.append(database_context(REPORT_DATABASE, open_reports, "reports"))
    reads = SharedReads(settings.dialer_database.acquire_timeout_s, DialerDatabase.busy)
    app.cleanup_ctx.append(partial(shared_reads_context, reads=reads))
    return app
