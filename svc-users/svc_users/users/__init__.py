"""Users: the people who log in."""

from svc_users.users.routes import routes

__all__ = ["routes"]
