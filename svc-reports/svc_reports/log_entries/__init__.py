"""Changes of a call's log record."""

from svc_reports.log_entries.routes import routes

__all__ = ["routes"]
