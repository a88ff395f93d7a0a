"""Calls from and to phone numbers."""

from svc_reports.phone_logs.routes import routes

__all__ = ["routes"]
