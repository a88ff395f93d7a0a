"""The one public door of the suite: checks the API key, routes, streams to the services."""

__version__ = "0.1.0"
BUILD = "261124-0100"
