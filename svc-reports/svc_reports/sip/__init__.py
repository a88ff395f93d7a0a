"""What the carriers and Asterisk said of calls, and the channels that are up."""

from svc_reports.sip import carrier_log, event_log, live_channels

__all__ = ["routes"]

routes = [*carrier_log.routes, *event_log.routes, *live_channels.routes]
