"""The whole system: lists of audio, voicemail, call menus and containers; refresh of servers."""

from svc_telephony.system.routes import routes

__all__ = ["routes"]
