"""What the whole system uses: audio, voicemail, call menus, containers, servers."""

from svc_telephony.system.routes import routes

__all__ = ["routes"]
