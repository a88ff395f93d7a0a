"""Dispositions by campaign and list."""

from svc_reports.dispositions.routes import routes

__all__ = ["routes"]
