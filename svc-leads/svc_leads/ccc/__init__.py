"""Leads of calls that another cluster transfers."""

from svc_leads.ccc.routes import routes

__all__ = ["routes"]
