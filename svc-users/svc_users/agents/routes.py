"""Endpoints of one agent: in-groups and campaigns."""

from __future__ import annotations

from aiohttp import web

routes = web.RouteTableDef()
