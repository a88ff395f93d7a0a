"""The hopper: the leads that the dialer calls next."""

from svc_leads.hopper.routes import routes

__all__ = ["routes"]
