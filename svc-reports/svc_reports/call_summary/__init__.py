"""The calls of a lead, for svc-leads."""

from svc_reports.call_summary.routes import routes

__all__ = ["routes"]
