"""Calls by hour and status."""

from svc_reports.call_stats.status.routes import routes

__all__ = ["routes"]
