"""SIP messages of calls."""

from svc_reports.sip.event_log.routes import routes

__all__ = ["routes"]
