"""Outbound dispositions by campaign and list."""

from svc_reports.kpi.routes import routes

__all__ = ["routes"]
