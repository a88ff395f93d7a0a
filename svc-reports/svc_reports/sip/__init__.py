"""What the carriers and Asterisk said of calls, and the channels that are up."""

from svc_reports.sip.routes import routes

__all__ = ["routes"]
