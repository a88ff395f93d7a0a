"""The channels that are up now."""

from svc_reports.sip.live_channels.routes import routes

__all__ = ["routes"]
