"""Recordings."""

from svc_reports.recordings.routes import routes

__all__ = ["routes"]
