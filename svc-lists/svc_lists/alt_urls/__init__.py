"""Several URLs where a campaign, in-group or list says `ALT`."""

from svc_lists.alt_urls.routes import routes

__all__ = ["routes"]
