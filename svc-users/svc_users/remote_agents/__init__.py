"""Remote agents: lines that the dialer works for a user without a screen."""

from svc_users.remote_agents.routes import routes

__all__ = ["routes"]
