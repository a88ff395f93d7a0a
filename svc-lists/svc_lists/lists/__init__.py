"""Lists."""

from svc_lists.lists.routes import routes

__all__ = ["routes"]
