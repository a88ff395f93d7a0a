"""Agents: users at work."""

from svc_users.agents.routes import routes

__all__ = ["routes"]
