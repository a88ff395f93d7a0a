"""In-groups: inbound queues and their live numbers."""

from svc_telephony.in_groups.routes import routes

__all__ = ["routes"]
