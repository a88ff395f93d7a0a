"""Endpoints of custom_fields."""

from __future__ import annotations

from aiohttp import web

routes = web.RouteTableDef()
