"""Calls by hour, status and disposition."""

from svc_reports.call_stats.routes import routes

__all__ = ["routes"]
