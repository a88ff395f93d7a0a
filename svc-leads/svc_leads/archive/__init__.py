"""Archived leads."""

from svc_leads.archive.routes import routes

__all__ = ["routes"]
