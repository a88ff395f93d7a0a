"""What goes wrong between the tests and an engine."""


class EngineMissing(Exception):
    """No container engine can be started here; the text says why."""


class CommandFailed(Exception):
    """A program ended with an error or not in time; the text holds its last lines."""
