"""Monitoring: calls into agents' sessions."""

from svc_telephony.monitoring.routes import routes

__all__ = ["routes"]
