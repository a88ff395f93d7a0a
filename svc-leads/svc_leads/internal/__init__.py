"""What other services ask of svc-leads, with a service token."""

from svc_leads.internal.routes import routes

__all__ = ["routes"]
