"""Outbound caller IDs by area code or state."""

from svc_lists.cid_groups.routes import routes

__all__ = ["routes"]
