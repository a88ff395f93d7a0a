"""Campaigns."""

from svc_lists.campaigns.routes import routes

__all__ = ["routes"]
