"""Calls that arrived on DIDs."""

from svc_reports.did_logs.routes import routes

__all__ = ["routes"]
