"""The one public door of the suite: checks the API key, routes `/api/v1`, streams to the services."""

__version__ = "0.1.0"
