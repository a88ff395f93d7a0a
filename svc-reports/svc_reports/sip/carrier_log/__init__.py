"""How the carriers ended outbound calls."""

from svc_reports.sip.carrier_log.routes import routes

__all__ = ["routes"]
