"""User groups."""

from svc_users.user_groups.routes import routes

__all__ = ["routes"]
