"""Phone aliases: logins that stand for one of several phones."""

from svc_telephony.phone_aliases.routes import routes

__all__ = ["routes"]
