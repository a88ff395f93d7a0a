"""Servers: whose conf files are made anew."""

from svc_telephony.servers.routes import routes

__all__ = ["routes"]
