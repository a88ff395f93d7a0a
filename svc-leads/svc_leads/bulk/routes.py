"""The endpoint that imports leads."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from dialkit.clock import CLOCK
from dialkit.db import DATABASE
from dialkit.errors import ApiError
from dialkit.http import answer, failure, takes
from dialkit.tokens import CALLER

from svc_leads.bulk.formats import format_of
from svc_leads.bulk.importer import Import
from svc_leads.bulk.known import load_known
from svc_leads.bulk.reading import read_blocks, read_rows
from svc_leads.bulk.schemas import BulkOptions

routes = web.RouteTableDef()


@routes.post("/api/v1/leads/bulk")
@takes("add_lead_bulk", query=BulkOptions())
async def import_leads(request: web.Request, query: dict[str, Any]) -> web.StreamResponse:
    """Import leads (contract: POST /leads/bulk)."""
    form, db, now = format_of(request, query), request.app[DATABASE], request.app[CLOCK].now()
    known = await load_known(db, query, now)
    job = Import(db, query, known, request[CALLER], now)
    try:
        problem = await job.run(read_rows(read_blocks(request.content), form), form)
        response = _envelope(job, problem)
        if query["results"] == "none":
            return response
        return await job.results.join(request, response)
    finally:
        await job.results.close()


def _envelope(job: Import, problem: ApiError | None) -> web.Response:
    """The counts; beside what has stopped the import, if rows were imported by then."""
    if problem is None:
        return answer("Leads imported", job.counts)
    if not job.counts["rows"] and problem.status < web.HTTPInternalServerError.status_code:
        raise problem
    problem.data = job.counts
    return failure(problem)
