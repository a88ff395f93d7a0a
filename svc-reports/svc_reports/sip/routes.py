"""What the carriers and Asterisk said of calls, and the channels that are up."""

from __future__ import annotations

from aiohttp import web

routes = web.RouteTableDef()
