"""DIDs: where calls to a number go."""

from svc_telephony.dids.routes import routes

__all__ = ["routes"]
