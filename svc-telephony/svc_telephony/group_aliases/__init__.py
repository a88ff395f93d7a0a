"""Group aliases: caller ids that agents may choose."""

from svc_telephony.group_aliases.routes import routes

__all__ = ["routes"]
