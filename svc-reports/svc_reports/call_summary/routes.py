"""The calls of a lead, for svc-leads."""

from __future__ import annotations

from aiohttp import web

routes = web.RouteTableDef()
