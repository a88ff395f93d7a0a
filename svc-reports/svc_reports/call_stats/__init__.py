"""Calls by hour and status, and the report of dispositions."""

from svc_reports.call_stats import dispo, status

__all__ = ["routes"]

routes = [*status.routes, *dispo.routes]
