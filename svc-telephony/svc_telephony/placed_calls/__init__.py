"""Calls that were placed: the state of one, and recent test calls."""

from svc_telephony.placed_calls.routes import routes

__all__ = ["routes"]
