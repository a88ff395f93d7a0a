"""The definitions of custom fields, and the structure of `custom_<list_id>`."""

from svc_lists.custom_fields.routes import routes

__all__ = ["routes"]
