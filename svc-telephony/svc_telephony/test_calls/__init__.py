"""Test calls with a campaign's settings."""

from svc_telephony.test_calls.routes import routes

__all__ = ["routes"]
