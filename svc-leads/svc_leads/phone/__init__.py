"""What is known of a phone number."""

from svc_leads.phone.routes import routes

__all__ = ["routes"]
