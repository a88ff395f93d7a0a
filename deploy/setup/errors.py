"""What ends a command with one clear text instead of a traceback."""


class CannotSetUp(Exception):
    """The command cannot do its work; the text says why, and what to do."""
