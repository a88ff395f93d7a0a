"""The report of dispositions."""

from svc_reports.call_stats.dispo.routes import routes

__all__ = ["routes"]
