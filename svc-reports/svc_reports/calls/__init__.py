"""One call."""

from svc_reports.calls.routes import routes

__all__ = ["routes"]
