"""Transfer numbers of the agent screen."""

from svc_lists.presets.routes import routes

__all__ = ["routes"]
