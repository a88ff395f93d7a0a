"""Fixtures by topic, in `support/`."""

pytest_plugins = [
    "support.database_server",
    "support.database",
    "support.replica",
    "support.apps",
    "support.pool",
    "support.gateway",
    "support.pods",
    "support.redis_server",
    "support.suite",
    "support.monitoring",
    "support.phone_logs",
    "support.setup",
    "support.secret_files",
]
