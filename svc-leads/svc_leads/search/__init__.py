"""Finding leads."""

from svc_leads.search.routes import routes

__all__ = ["routes"]
