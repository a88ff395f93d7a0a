"""Filter phone groups: numbers that are filtered on inbound DIDs."""

from svc_lists.fpg.routes import routes

__all__ = ["routes"]
