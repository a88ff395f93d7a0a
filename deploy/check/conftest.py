"""`make deploy-check`: engines, images and running suites as fixtures; what was proven."""

import pytest
from support.engines.report import PROOF, write_summary

pytest_plugins = ["support.engines.fixtures", "deploy.check.fixtures"]

# A cold machine makes its images in the first test that needs them.
_TIME_LIMIT_S = 900


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the time that making images may take."""
    for item in items:
        item.add_marker(pytest.mark.timeout(_TIME_LIMIT_S))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what ran, and what could only be read."""
    write_summary(terminalreporter, terminalreporter.config.stash[PROOF])
