"""Leads: add, change, delete, show."""

from svc_leads.leads.routes import routes

__all__ = ["routes"]
