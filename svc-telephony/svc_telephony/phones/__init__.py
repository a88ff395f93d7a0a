"""Phones: what agents and administrators speak through."""

from svc_telephony.phones.routes import routes

__all__ = ["routes"]
