"""Activity of agents."""

from svc_reports.agent_stats.routes import routes

__all__ = ["routes"]
