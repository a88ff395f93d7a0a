"""Numbers that may not be called."""

from svc_lists.dnc.routes import routes

__all__ = ["routes"]
