"""The bulk import of leads."""

from svc_leads.bulk.routes import routes

__all__ = ["routes"]
