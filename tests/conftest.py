"""Fixtures by topic, in `support/`."""

pytest_plugins = [
    "support.database_server",
    "support.database",
    "support.apps",
    "support.gateway",
    "support.suite",
]
