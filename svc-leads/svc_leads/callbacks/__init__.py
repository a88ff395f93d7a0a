"""Callbacks: leads that are called again at a promised time."""

from svc_leads.callbacks.routes import routes

__all__ = ["routes"]
